import Glibc
import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What only a cluster does: slots that move while requests run, masters that die. Each test has a
/// cluster of its own.
@Suite(
    "redis cluster",
    .enabled(if: RedisClusterServers.isInstalled, "redis-server and redis-cli are not installed"),
    .serialized, .timeLimit(.minutes(4)))
struct RedisClusterTests {
    private func open(
        _ url: String, _ change: (inout CacheOptions) -> Void = { _ in }
    ) throws -> (any Cache, RedisCluster) {
        var options = CacheOptions()
        options.timeout = .seconds(10)
        change(&options)
        let cache = try openCache(url: url, seams: .forTests, options: options)
        let route = try #require((cache as? RedisCache)?.route as? RedisCluster)
        return (cache, route)
    }

    /// Adds to `key` until told to stop; how often it was answered, and that each sum is one more.
    private func count(
        _ key: String, on cache: any Cache, until isOver: Flag
    ) async throws -> Int64 {
        var sum: Int64 = 0
        while !isOver.isSet {
            sum += 1
            #expect(try await cache.increment(key, by: 1, expiresAfter: nil) == sum)
        }
        return sum
    }

    @Test("a slot that moves while requests run loses none and doubles none")
    func resharding() async throws {
        let cluster = try RedisClusterServers()
        let (cache, route) = try open(cluster.url())
        let (key, other) = ("{moving}counter", "{moving}other")
        let slot = CacheKey.slot(key)
        try await cache.set(other, [1], expiresAfter: nil)
        let isOver = Flag()
        let counting = Task { try await count(key, on: cache, until: isOver) }
        let masters = try cluster.nodes.filter {
            try cluster.cli($0, "ROLE").hasPrefix("master")
        }
        for _ in 0..<4 {
            let from = try cluster.owner(of: slot, askedAt: cluster.nodes[0])
            let to = try #require(masters.first { $0 !== from })
            try cluster.cli(to, "CLUSTER", "SETSLOT", "\(slot)", "IMPORTING", cluster.id(of: from))
            try cluster.cli(from, "CLUSTER", "SETSLOT", "\(slot)", "MIGRATING", cluster.id(of: to))
            // Only what is not there any more is asked for at the new node.
            try cluster.cli(from, "MIGRATE", "127.0.0.1", "\(to.port)", key, "0", "5000")
            let asked = route.counters.asked
            try await eventually("a request is sent on once") { route.counters.asked > asked }
            // One key here and one there: what touches both must wait, and then goes through.
            async let both = cache.run(
                RedisClusterTests.both, keys: [other, "\(key)s"], arguments: [])
            try cluster.cli(from, "MIGRATE", "127.0.0.1", "\(to.port)", other, "0", "5000")
            let moved = route.counters.moved
            for node in [to] + masters.filter({ $0 !== to }) {
                try cluster.cli(
                    node, "CLUSTER", "SETSLOT", "\(slot)", "NODE", cluster.id(of: to))
            }
            #expect(try await both == .integer(1))
            try await eventually("a request is sent on for good") { route.counters.moved > moved }
        }
        isOver.set()
        let sum = try await counting.value
        #expect(try await cache.get(key) == .init(text: "\(sum)"))
        #expect(try await cache.get(other) == [1])
        await cache.close()
    }

    /// How many of two keys are there.
    private static let both = CacheScript(
        "both", lua: "return redis.call('EXISTS', KEYS[1]) + redis.call('EXISTS', KEYS[2])"
    ) { store, keys, _ in
        .integer(Int64(keys.count { store.get($0) != nil }))
    }

    @Test("a master that is killed is replaced by its replica, and messages come again")
    func failover() async throws {
        let cluster = try RedisClusterServers(nodeTimeout: 1000)
        let (cache, route) = try open(cluster.url())
        let (other, _) = try open(cluster.url())
        let keys = (0..<200).map { "key\($0)" }
        for key in keys { try await cache.set(key, .init(text: key), expiresAfter: nil) }
        _ = try await cache.run(
            CacheContractTests.append, keys: ["script"], arguments: [.bytes([1]), .integer(60_000)])
        // The master that hears for us is the one to die.
        let subscription = try await cache.subscribe("channel")
        let listening = try #require(
            try cluster.nodes.first {
                try cluster.cli($0, "PUBSUB", "NUMSUB", "channel").hasSuffix("1")
            })
        for node in cluster.nodes where try cluster.cli(node, "ROLE").hasPrefix("master") {
            // What was written has reached the replica.
            #expect(try cluster.cli(node, "WAIT", "1", "10000") == "1")
        }
        listening.kill()
        #expect(await subscription.next() == .lost)
        try await eventually("the cluster is whole again") {
            for key in keys {
                let value: [UInt8]?
                do { value = try await cache.get(key) } catch { return false }
                #expect(value == .init(text: key))
            }
            return true
        }
        #expect(await subscription.next() == .resumed)
        // By whichever node, and also by a client that has not heard of the loss.
        for publisher in [cache, other] {
            try await eventually("a message comes through") {
                await failure { try await publisher.publish("channel", [7]) } == nil
            }
            #expect(await subscription.next() == .message([7]))
        }
        // The promoted node may not know the script.
        let owner = try cluster.owner(of: CacheKey.slot("script"), askedAt: try living(cluster))
        try cluster.cli(owner, "SCRIPT", "FLUSH")
        let reply = try await cache.run(
            CacheContractTests.append, keys: ["script"], arguments: [.bytes([2]), .integer(60_000)])
        #expect(
            reply == .list([.integer(2), .bytes([1, 2]), .null, .list([.integer(60_000)])]))
        #expect(route.counters.refreshes >= 2)
        // The old master comes back as a replica, and its client with it.
        try listening.start()
        for key in keys { #expect(try await other.get(key) == .init(text: key)) }
        try await other.check()
        await cache.close()
        await other.close()
    }

    private func living(_ cluster: RedisClusterServers) throws -> RedisServer {
        try #require(cluster.nodes.first { $0.process != 0 })
    }

    @Test("while a slot has no node its keys fail after one time-out, then at once")
    func lostMaster() async throws {
        // So long that nobody is promoted meanwhile.
        let cluster = try RedisClusterServers(nodeTimeout: 600_000)
        let (cache, _) = try open(cluster.url()) { $0.timeout = .seconds(2) }
        try await cache.check()
        let victim = try cluster.owner(of: CacheKey.slot("a"), askedAt: cluster.nodes[0])
        let survivor = try #require(
            ["b", "c", "d", "e", "f"].first {
                try cluster.owner(of: CacheKey.slot($0), askedAt: cluster.nodes[0]) !== victim
            })
        victim.kill()
        let uptime = Seams.forTests.uptime
        let error = try #require(await failure { try await cache.get("a") })
        #expect(error.kind == .unavailable)
        #expect(error.message.contains("127.0.0.1:\(victim.port)"))
        try await eventually("nobody waits any more") {
            let began = uptime()
            #expect(await failure { try await cache.get("a") }?.kind == .unavailable)
            return uptime() - began < 1
        }
        try await cache.set(survivor, [5], expiresAfter: nil)
        #expect(try await cache.get(survivor) == [5])
        // The same node again, empty.
        try victim.start()
        try await eventually("it is used again") {
            await failure { try await cache.get("a") } == nil
        }
        await cache.close()
    }

    @Test("any node of the URL that answers tells of the others")
    func seeds() async throws {
        let cluster = try RedisClusterServers(password: "hunter2")
        cluster.nodes[0].pause()
        defer { cluster.nodes[0].resume() }
        let (cache, _) = try open(cluster.url(":hunter2@", count: 2)) { $0.timeout = .seconds(5) }
        let key = try #require(
            (0..<100).map { "key\($0)" }.first {
                let slot = CacheKey.slot($0)
                return try cluster.owner(of: slot, askedAt: cluster.nodes[1]) !== cluster.nodes[0]
            })
        try await cache.set(key, [1], expiresAfter: nil)
        #expect(try await cache.get(key) == [1])
        await cache.close()
        let (stranger, _) = try open(cluster.url(":wrong@")) { $0.timeout = .seconds(2) }
        let error = try #require(await failure { try await stranger.get("key") })
        #expect(error.kind == .configuration)
        #expect(!"\(error)".contains("wrong"))
        await stranger.close()
    }

    @Test("a server that is part of no cluster is no cluster")
    func single() async throws {
        let server = try RedisServer()
        let (cache, _) = try open("redis-cluster://127.0.0.1:\(server.port)") {
            $0.timeout = .seconds(1)
        }
        let error = try #require(await failure { try await cache.get("key") })
        #expect(error.kind == .configuration)
        #expect(error.message.contains("is no node of a cluster"))
        await cache.close()
    }
}

/// Something that one task tells another.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
