import Synchronization
import TCCore
import TCStore

/// What a client knows of a cluster: its nodes, and which of them has which slot.
final class ClusterMap: Sendable {
    private struct State {
        var table = SlotTable()
        /// In the order of the table's.
        var nodes: [RedisNode] = []
        /// Those of the table, of the URL, and that were just heard of.
        var known: [RedisEndpoint: RedisNode] = [:]
        /// Those that have left the cluster and may still owe an answer.
        var leaving: [RedisNode] = []
        var refresh: Task<Result<Void, TCError>, Never>?
        var refreshedAt = -Double.infinity
        /// Why there is no map, or no newer one.
        var failure: TCError?
        var isClosed = false
        var counters = ClusterCounters()
    }

    let name: String
    private let seeds: [RedisAddress]
    private let options: CacheOptions
    private let seams: Seams
    private let turn = Atomic(0)
    private let state = Mutex(State())

    init(_ seeds: [RedisAddress], options: CacheOptions, seams: Seams) {
        precondition(!seeds.isEmpty)
        self.seeds = seeds
        self.options = options
        self.seams = seams
        name = "redis cluster of " + seeds.map { "\($0.host):\($0.port)" }.joined(separator: ", ")
    }

    var counters: ClusterCounters { state.withLock { $0.counters } }

    func nextListeningPost() -> RedisAddress {
        let masters = self.masters
        let candidates = masters.filter(\.isUp).map(\.address)
        let choice = candidates.isEmpty ? masters.map(\.address) + seeds : candidates
        return choice[nextTurn % choice.count]
    }

    func stop() {
        let nodes = state.withLock { state in
            state.isClosed = true
            return Array(state.known.values)
        }
        for node in nodes { node.stop() }
    }

    func close() async {
        stop()
        if let refresh = state.withLock({ $0.refresh }) { _ = await refresh.value }
        for node in state.withLock({ $0.known.values + $0.leaving }) { await node.close() }
    }

    // MARK: Nodes

    private var nextTurn: Int { turn.wrappingAdd(1, ordering: .relaxed).oldValue & .max }

    /// Why nobody is known who has a slot.
    var unreachable: TCError {
        state.withLock { $0.failure }
            ?? TCError(.unavailable, "\(name): no node has told which one has the key")
    }

    /// In the order of their names, which is the same for all clients.
    var masters: [RedisNode] {
        state.withLock { state in
            zip(state.table.nodes, state.nodes)
                .filter { state.table.owners.contains($0.0) }.map(\.1)
        }.sorted { ($0.address.host, $0.address.port) < ($1.address.host, $1.address.port) }
    }

    /// The node that has `slot`, as far as is known.
    func owner(of slot: Int) throws -> RedisNode? {
        try state.withLock { state in
            if state.isClosed { throw TCError.cacheIsClosed }
            return state.table[slot].map { state.nodes[$0] }
        }
    }

    /// Notes where a slot is, or is going; the node to ask once, where it is going.
    func follow(
        _ endpoint: RedisEndpoint, for slot: Int, isMove: Bool
    ) throws -> RedisNode? {
        defer { if isMove { refreshSoon() } }
        return try state.withLock { state in
            let node = try node(at: endpoint, &state)
            guard isMove else {
                state.counters.asked += 1
                return node
            }
            state.counters.moved += 1
            try state.table.assign(slot, to: endpoint)
            if state.table.nodes.count > state.nodes.count { state.nodes.append(node) }
            return nil
        }
    }

    private func node(at endpoint: RedisEndpoint, _ state: inout State) throws -> RedisNode {
        if state.isClosed { throw TCError.cacheIsClosed }
        if let node = state.known[endpoint] { return node }
        let address = seeds[0].node(host: endpoint.host, port: endpoint.port)
        let node = try RedisNode(address, options: options, seams: seams)
        state.known[endpoint] = node
        return node
    }

    // MARK: Asking for the map

    /// Asks for the map unless that was done a moment ago; nobody waits for it.
    func refreshSoon() {
        let isDue = state.withLock {
            !$0.isClosed && seams.uptime() > $0.refreshedAt + 0.1
        }
        if isDue { _ = refresh() }
    }

    /// Asks for the map; who asks while that is under way gets the same.
    func refresh() -> Task<Result<Void, TCError>, Never> {
        state.withLock { state in
            if let running = state.refresh { return running }
            // Ends by itself within a time-out; waited for by `close` and by who needs the map.
            let task = Task {
                self.install(await self.newTable())
            }
            state.refresh = task
            return task
        }
    }

    private func install(_ result: Result<SlotTable, TCError>) -> Result<Void, TCError> {
        let dropped = state.withLock { state -> [RedisNode] in
            state.refresh = nil
            state.refreshedAt = seams.uptime()
            do {
                let table = try result.get()
                state.nodes = try table.nodes.map { try node(at: $0, &state) }
                state.table = table
                state.failure = nil
                state.counters.refreshes += 1
            } catch {
                state.failure = (error as? TCError) ?? TCError(.bug, "\(error)")
                return []
            }
            let kept = Set(state.table.nodes).union(
                seeds.compactMap { RedisEndpoint(host: $0.host, port: Int64($0.port)) })
            let dropped = state.known.filter { !kept.contains($0.key) }
            for endpoint in dropped.keys { state.known[endpoint] = nil }
            state.leaving += dropped.values
            return Array(dropped.values)
        }
        retire(dropped)
        return state.withLock { $0.failure }.map { .failure($0) } ?? .success(())
    }

    private func retire(_ dropped: [RedisNode]) {
        guard !dropped.isEmpty else { return }
        // What was sent to them is answered or has failed by then; nobody waits for it.
        Task { [options] in
            try? await Task.sleep(for: options.timeout * 2)
            for node in dropped { node.stop() }
            state.withLock { state in
                state.leaving.removeAll { node in dropped.contains { $0 === node } }
            }
        }
    }

    private enum Answer: Sendable {
        case table(SlotTable)
        case failure(TCError)
        case tick
    }

    /// The map from whichever node answers first. Each further one is asked when one has failed, or
    /// none has answered for 50 ms: a node that is dead in silence holds up nobody for longer.
    private func newTable() async -> Result<SlotTable, TCError> {
        let end = seams.uptime() + options.timeout.inSeconds
        let (answers, sink) = AsyncStream.makeStream(of: Answer.self)
        // Ends when it is cancelled below.
        let ticker = Task {
            while (try? await Task.sleep(for: .milliseconds(50))) != nil { sink.yield(.tick) }
        }
        defer { ticker.cancel() }
        var rest = candidates[...]
        var asked = 0
        func askNext() {
            guard let node = rest.popFirst() else { return }
            asked += 1
            // Ends within a time-out; if that is too late, its answer has no taker.
            Task { sink.yield(await self.answer(of: node)) }
        }
        askNext()
        var failure = TCError(.unavailable, "\(name): no node has answered")
        for await answer in answers {
            switch answer {
            case .table(let table): return .success(table)
            case .failure(let error):
                // What will not pass by itself says most.
                if failure.kind != .configuration { failure = error }
                asked -= 1
                askNext()
            case .tick: askNext()
            }
            if asked == 0 || seams.uptime() >= end { break }
        }
        return .failure(failure)
    }

    /// Whom to ask for the map: masters by turns, those of the URL, then whoever is known; those that
    /// are down last.
    private var candidates: [RedisNode] {
        let masters = self.masters
        let first = masters.isEmpty ? 0 : nextTurn % masters.count
        let others = state.withLock { state -> [RedisNode] in
            let named = seeds.compactMap { seed in
                RedisEndpoint(host: seed.host, port: Int64(seed.port)).flatMap { endpoint in
                    // An error here would be that the system has no descriptor to give: then those
                    // that are known already must do.
                    try? node(at: endpoint, &state)
                }
            }
            return named + state.known.values
        }
        var seen: Set<ObjectIdentifier> = []
        let all = (masters[first...] + masters[..<first] + others).filter {
            seen.insert(ObjectIdentifier($0)).inserted
        }
        return all.filter(\.isUp) + all.filter { !$0.isUp }
    }

    private func answer(of node: RedisNode) async -> Answer {
        do {
            let reply = try await node.attempt { request in
                request.begin(2)
                request.word("CLUSTER")
                request.word("SLOTS")
            }
            let value = try reply.mapError { error in
                // A server that is part of no cluster does not know the command.
                error.code == "ERR"
                    ? TCError(.configuration, "is no node of a cluster") : error.error
            }.get()
            return .table(try SlotTable(value, from: node.address.host))
        } catch let loss as RedisLoss {
            return .failure(loss.error)
        } catch {
            return .failure(node.address.named(error))
        }
    }
}

/// What a client of a cluster has met since it was opened.
struct ClusterCounters: Equatable, Sendable {
    /// Requests that a node sent on, for good and for once.
    var moved = 0
    var asked = 0
    /// Maps that were taken.
    var refreshes = 0
}
