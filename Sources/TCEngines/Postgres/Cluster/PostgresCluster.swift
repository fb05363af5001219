import Synchronization
import TCCore
import TCStore

/// A PostgreSQL primary and its streaming replicas, any of which may become the primary.
///
/// Each server has a pool. `ClusterMonitor` watches them from the first call on, and `ClusterView`
/// decides.
final class PostgresCluster: DatabaseCluster {
    let dialect = SQLDialect.postgres
    private let monitor: ClusterMonitor
    private let databases: [MemberDatabase]
    private let names: [String]
    private let seams: Seams
    private let options: DatabaseOptions
    /// Counts readers, so that replicas that are equally busy take turns.
    private let turns = Atomic(0)
    /// How many calls wait for a server.
    private let waiting = Atomic(0)

    /// - Parameter urls: at least one.
    init(
        _ urls: [PostgresURL], _ libpq: LibPQ, seams: Seams, options: DatabaseOptions
    ) throws(TCError) {
        let monitor = try ClusterMonitor(urls, libpq, seams: seams, options: options)
        self.monitor = monitor
        self.seams = seams
        self.options = options
        names = urls.map(\.address)
        databases = urls.indices.map { index in
            MemberDatabase(monitor.pools[index]) {
                monitor.refusal(ofWritesTo: index)
            } lost: {
                monitor.lost(index, $0)
            }
        }
    }

    deinit { monitor.cancel() }

    func primary() async throws -> ClusterMember {
        monitor.start()
        let limit = options.waitLimit
        let index = try await found(within: limit, on: monitor.primaryChanges) {
            monitor.look(\.primary)
        }
        guard let index else { throw monitor.look { $0.noPrimary(waited: limit) } }
        return ClusterMember(
            name: "primary", role: .primary, database: databases[index], lag: .zero)
    }

    func reader(_ bound: ReadBound) async throws -> ClusterMember {
        monitor.start()
        if let replica = replica(bound) { return replica }
        // Only a position is worth waiting for: it is on its way to those who keep up.
        if bound.minLSN != nil, replica(ReadBound(maxLag: bound.maxLag)) != nil {
            let replica = try await found(within: bound.patience, on: monitor.answers) {
                let replica = self.replica(bound)
                if replica == nil { monitor.askSoon() }
                return replica
            }
            if let replica { return replica }
        }
        return try await primary()
    }

    /// What `look` gives, which is asked again after each change that `signal` tells of; nil after
    /// `limit`. At most `queueLimit` calls may wait.
    private func found<Result>(
        within limit: Duration, on signal: ChangeSignal, _ look: () -> Result?
    ) async throws -> Result? {
        let deadline = seams.uptime() + Double(limit.milliseconds) / 1000
        let count = waiting.add(1, ordering: .relaxed).newValue
        defer { waiting.subtract(1, ordering: .relaxed) }
        while true {
            let changes = signal.count
            if let result = look() { return result }
            guard count <= options.queueLimit else {
                throw TCError(
                    .tryAgain, "\(count - 1) calls wait for a server of the cluster already",
                    hint: "there is no primary, or it does not answer")
            }
            let rest = deadline - seams.uptime()
            guard rest > 0 else { return nil }
            try Task.checkCancellation()
            await signal.wait(
                after: changes, atMost: .milliseconds(Int64((rest * 1000).rounded(.up))))
        }
    }

    private func replica(_ bound: ReadBound) -> ClusterMember? {
        let candidates = monitor.look { view in
            view.readers(bound, now: seams.uptime()).map { ($0, view.lag(of: $0)) }
        }
        let turn = turns.add(1, ordering: .relaxed).newValue
        let loads = candidates.indices.map { place in
            let pool = databases[candidates[place].0].poolStatus
            return (pool.map { $0.inUse + $0.waiting } ?? 0, (place + turn) % candidates.count)
        }
        guard let place = candidates.indices.min(by: { loads[$0] < loads[$1] }) else { return nil }
        let (index, lag) = candidates[place]
        return ClusterMember(
            name: names[index], role: .replica, database: databases[index], lag: lag ?? .zero)
    }

    func writePosition(on member: ClusterMember) async throws -> LSN? {
        try await ServerState.writePosition(on: member.database)
    }

    func status() async -> [MemberStatus] {
        monitor.start()
        // A caller who was cancelled gets what is known.
        _ = try? await found(within: ClusterMonitor.answerLimit, on: monitor.answers) {
            monitor.look(\.isComplete) ? true : nil
        }
        return names.indices.map { index in
            monitor.look { $0.status(of: index, pool: databases[index].poolStatus) }
        }
    }

    func close() async { await monitor.stop() }
}
