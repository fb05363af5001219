import TCCore
import TCStore

/// The masters of a Redis Cluster, each asked for the keys of its slots.
///
/// Which node has which slot is learned from any node that answers, at first from those of the URL. A
/// node that has given a slot away says so (`MOVED`): that is noted, and the whole map is asked for
/// anew. A slot that is being moved is asked for at its new node once (`ASK`). A request is sent on
/// `mostRedirections` times at most.
///
/// When a node is lost, its requests wait for the cluster to name another, until their time-out has
/// passed since the loss; after that they fail at once, and the first that finds the map changed is
/// served again. What a node may have carried out before it was lost is not sent again, but for `GET`.
///
/// A master tells its replicas after it has answered. So what was changed right before a master died
/// may be lost with it.
///
/// Messages go from node to node by the cluster's own connections, and Redis does not tell when it
/// drops one there. Who must miss none numbers them.
final class RedisCluster: RedisRoute {
    static let mostRedirections = 5

    private let map: ClusterMap
    private let options: CacheOptions
    private let seams: Seams

    /// - Parameter seeds: some nodes of the cluster, at least one.
    init(_ seeds: [RedisAddress], options: CacheOptions, seams: Seams) throws {
        map = ClusterMap(seeds, options: options, seams: seams)
        self.options = options
        self.seams = seams
    }

    var counters: ClusterCounters { map.counters }

    /// Where to hear messages: by turns at any master that is not known to be down.
    @Sendable func nextListeningPost() -> RedisAddress { map.nextListeningPost() }

    // MARK: RedisRoute

    var name: String { map.name }

    /// By slot: a node refuses keys of several, even of its own.
    func groups(_ keys: [String]) -> [[String]] {
        Array(Dictionary(grouping: keys, by: CacheKey.slot).values)
    }

    func send(
        for key: String, repeats: Bool, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply {
        let slot = CacheKey.slot(key)
        let end = seams.uptime() + options.timeout.inSeconds
        var redirections = 0
        var asked: RedisNode?
        while true {
            do {
                guard let node = try asked ?? map.owner(of: slot) else {
                    try await pause(until: end, because: nil)
                    continue
                }
                let reply = try await node.attempt(asking: asked != nil, request)
                asked = nil
                guard case .failure(let error) = reply else { return reply }
                if let target = error.target?.endpoint(from: node.address.host) {
                    redirections += 1
                    guard redirections <= RedisCluster.mostRedirections else {
                        throw named(RedisCluster.tooManyRedirections)
                    }
                    asked = try map.follow(target, for: slot, isMove: error.code == "MOVED")
                } else if RedisCluster.passing.contains(error.code) {
                    try await pause(until: end, because: node.named(error.error))
                } else {
                    return reply
                }
            } catch let loss as RedisLoss {
                asked = nil
                guard repeats || !loss.wasSent, loss.error.kind == .unavailable else {
                    map.refreshSoon()
                    throw loss.error
                }
                try await pause(
                    until: min(end, loss.since + options.timeout.inSeconds), because: loss.error)
            }
        }
    }

    /// By a node that the channel's name chooses, or the next that can be reached.
    func publish(
        _ channel: String, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply {
        if map.masters.isEmpty {
            try await pause(until: seams.uptime() + options.timeout.inSeconds, because: nil)
        }
        let masters = map.masters
        var failure = map.unreachable
        for number in 0..<masters.count {
            let node = masters[(CacheKey.slot(channel) + number) % masters.count]
            guard node.isUp || number == masters.count - 1 else { continue }
            do { return try await node.attempt(request) } catch let loss as RedisLoss {
                map.refreshSoon()
                failure = loss.error
                if loss.wasSent { break }
            }
        }
        throw failure
    }

    func check() async throws -> [RedisReply] {
        try await map.refresh().value.get()
        var replies: [RedisReply] = []
        for node in map.masters { replies += try await node.check() }
        return replies
    }

    func stop() { map.stop() }

    func close() async { await map.close() }

    private static let tooManyRedirections = TCError(
        .unavailable, "sent a request on more than \(mostRedirections) times")

    /// What a node says while it is not ready, or the cluster is not whole.
    private static let passing: Set = ["TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN"]

    /// Waits for a newer map, and a moment more if there was one already; throws the reason when the
    /// time is up.
    private func pause(until end: Double, because reason: TCError?) async throws {
        guard seams.uptime() < end, !Task.isCancelled else {
            map.refreshSoon()
            throw reason ?? map.unreachable
        }
        let isFirst = map.masters.isEmpty
        switch await map.refresh().value {
        case .success: if isFirst { return }
        case .failure(let error): if error.kind == .configuration { throw error }
        }
        // A task that is cancelled meanwhile tries once more and then ends above.
        try? await Task.sleep(for: .milliseconds(20))
    }
}
