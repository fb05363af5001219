import Synchronization
import TCCore
import TCStore

/// Asks each server of a cluster again and again what it is, on connections of its own, and keeps what
/// is known of them.
///
/// Each is asked ten times a second by a task of its own, so that one that is paused delays no other.
/// After an answer that does not come the server is left out, and asked again after a pause that
/// doubles from 200 ms to 2 s. Whoever finds a server lost has it asked at once.
final class ClusterMonitor: Sendable {
    /// How often a server is asked.
    static let interval = Duration.milliseconds(100)
    /// How long an answer may take before the server is left out.
    static let answerLimit = Duration.seconds(2)
    /// The longest pause before a server is asked again that does not answer.
    static let longestPause = Duration.seconds(2)

    private struct Server {
        let database: PostgresDatabase
        /// One connection, which calls cannot take.
        let probe: PostgresDatabase
        /// Ends the pause before it is asked again.
        let nudge = ChangeSignal()
    }

    private let servers: [Server]
    private let uptime: @Sendable () -> Double
    private let view: Mutex<ClusterView>
    /// Nil when it was stopped.
    private let watchers = Mutex<[Task<Void, Never>]?>([])
    /// Somebody else is the primary, or nobody.
    let primaryChanges = ChangeSignal()
    /// Anything was heard.
    let answers = ChangeSignal()

    /// - Parameter urls: at least one.
    init(
        _ urls: [PostgresURL], _ libpq: LibPQ, seams: Seams, options: DatabaseOptions
    ) throws(TCError) {
        var probing = options
        probing.poolSize = 1
        probing.connectTimeout = ClusterMonitor.answerLimit
        probing.statementTimeout = ClusterMonitor.answerLimit
        var servers: [Server] = []
        for url in urls {
            servers.append(
                Server(
                    database: try PostgresDatabase(url, libpq, seams: seams, options: options),
                    probe: try PostgresDatabase(url, libpq, seams: seams, options: probing)))
        }
        self.servers = servers
        uptime = seams.uptime
        view = Mutex(ClusterView(names: urls.map(\.address)))
    }

    // MARK: What is known

    /// What `body` makes of what is known now.
    func look<Result>(_ body: (ClusterView) -> sending Result) -> sending Result {
        view.withLock { body($0) }
    }

    /// The pools of the servers, in the order of the URLs.
    var pools: [PostgresDatabase] { servers.map(\.database) }

    /// Why a server takes no writes; nil where it does.
    func refusal(ofWritesTo index: Int) -> TCError? {
        look { view in
            view.primary == index
                ? nil : TCError(.unavailable, "'\(view.name(of: index))' is no longer the primary")
        }
    }

    /// Has every server asked again at once.
    func askSoon() { for server in servers { server.nudge.give() } }

    /// A call found a server lost.
    func lost(_ index: Int, _ error: TCError) {
        change { $0.missed(index, error.message) }
        servers[index].nudge.give()
    }

    private func change(_ body: (inout ClusterView) -> Void) {
        let (isAnother, replaced) = view.withLock { view in
            let (primary, last) = (view.primary, view.lastPrimary)
            body(&view)
            return (view.primary != primary, view.lastPrimary == last ? nil : last)
        }
        // Nobody stays with a primary that was replaced.
        if let replaced { servers[replaced].database.abandonCalls() }
        if isAnother { primaryChanges.give() }
        answers.give()
    }

    // MARK: Asking

    /// Begins to ask, unless it has begun or was stopped.
    func start() {
        watchers.withLock { watchers in
            guard watchers?.isEmpty == true else { return }
            // Waited for by `stop`, and cancelled with the cluster.
            watchers = servers.indices.map { index in Task { await watch(index) } }
        }
    }

    /// Ends asking; returns when every connection is closed.
    func stop() async {
        for watcher in cancel() { await watcher.value }
        for server in servers {
            await server.probe.close()
            await server.database.close()
        }
    }

    /// Ends asking without waiting for it.
    @discardableResult
    func cancel() -> [Task<Void, Never>] {
        let watchers = watchers.withLock { watchers in
            defer { watchers = nil }
            return watchers ?? []
        }
        for watcher in watchers { watcher.cancel() }
        return watchers
    }

    private func watch(_ index: Int) async {
        var pause = ClusterMonitor.interval
        while !Task.isCancelled {
            let nudges = servers[index].nudge.count
            await ask(index)
            pause =
                look { $0.answers(index) }
                ? ClusterMonitor.interval : min(pause * 2, ClusterMonitor.longestPause)
            // So that those who find it lost all the time do not make this a loop without a pause.
            await rest(.milliseconds(2))
            await servers[index].nudge.wait(after: nudges, atMost: pause)
        }
    }

    private func ask(_ index: Int) async {
        let asked = uptime()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    let state = try await ServerState(of: self.servers[index].probe)
                    self.change { $0.heard(state, from: index, asked: asked) }
                } catch is CancellationError {
                    // Told by whoever cancelled.
                } catch {
                    let problem = (error as? any TCErrorConvertible)?.tcError.message
                    self.leaveOut(index, problem ?? "\(error)")
                }
            }
            group.addTask {
                await self.rest(ClusterMonitor.answerLimit)
                guard !Task.isCancelled else { return }
                self.leaveOut(index, "it did not answer within \(ClusterMonitor.answerLimit.text)")
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Its only error is the cancellation, which the caller sees.
    private func rest(_ pause: Duration) async { try? await Task.sleep(for: pause) }

    /// A server does not answer. Nobody goes on to wait for a replica, since others can answer; what is
    /// in flight at a primary might still be done.
    private func leaveOut(_ index: Int, _ problem: String) {
        change { $0.missed(index, problem) }
        if look({ $0.lastPrimary != index }) { servers[index].database.abandonCalls() }
    }
}
