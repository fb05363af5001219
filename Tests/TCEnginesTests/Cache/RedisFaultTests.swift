import Glibc
import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What happens when the server is killed, paused, or shows us the door; each test has a server of
/// its own.
@Suite(
    "redis faults", .enabled(if: RedisServer.isInstalled, "redis-server is not installed"),
    .timeLimit(.minutes(2)))
struct RedisFaultTests {
    private static let script = CacheContractTests.append

    private func open(
        _ url: String, _ change: (inout CacheOptions) -> Void = { _ in }
    ) throws -> any Cache {
        var options = CacheOptions()
        // Long enough for an honest answer on a busy machine.
        options.timeout = .seconds(2)
        change(&options)
        return try openCache(url: url, seams: .forTests, options: options)
    }

    private func isBack(_ cache: any Cache) async throws {
        try await eventually("the cache comes back by itself") {
            await failure { try await cache.check() } == nil
        }
    }

    /// How many of `count` calls at once succeed; the others must throw `unavailable`.
    private func successes(_ count: Int, _ cache: any Cache) async -> Int {
        await withTaskGroup(of: TCError?.self) { group in
            for _ in 0..<count {
                group.addTask { await failure { try await cache.get("key") } }
            }
            return await group.reduce(into: 0) { sum, error in
                if let error { #expect(error.kind == .unavailable) } else { sum += 1 }
            }
        }
    }

    @Test("a server that is killed and started again is used again, scripts and messages too")
    func killed() async throws {
        let server = try RedisServer()
        let cache = try open(server.url())
        let subscription = try await cache.subscribe("channel")
        let arguments: [CacheArgument] = [.bytes([1]), .integer(60_000)]
        _ = try await cache.run(Self.script, keys: ["key"], arguments: arguments)
        server.kill()
        #expect(await subscription.next() == .lost)
        try await eventually("the loss is noticed without a call") {
            await failure { try await cache.get("key") }?.message.contains("refused") == true
        }
        try server.start()
        try await isBack(cache)
        // The new server has never seen the script, nor the key.
        #expect(
            try await cache.run(Self.script, keys: ["key"], arguments: arguments)
                == .list([.integer(1), .bytes([1]), .null, .list([.integer(60_000)])]))
        #expect(await subscription.next() == .resumed)
        try await cache.publish("channel", [7])
        #expect(await subscription.next() == .message([7]))
        await cache.close()
    }

    @Test("requests in flight at a kill fail and none is answered with another's answer")
    func killedUnderLoad() async throws {
        let server = try RedisServer()
        let cache = try open(server.url())
        for number in 0..<64 {
            try await cache.set("key\(number)", [UInt8(number)], expiresAfter: nil)
        }
        let answered = Tally()
        let failed = Tally()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    while true {
                        do {
                            let value = try await cache.get("key\(number)")
                            #expect(value == [UInt8(number)])
                            answered.add()
                        } catch {
                            #expect((error as? TCError)?.kind == .unavailable)
                            failed.add()
                            return
                        }
                    }
                }
            }
            while answered.count < 5000 { await Task.yield() }
            server.kill()
        }
        #expect(failed.count == 64)
        await cache.close()
    }

    @Test("a paused server costs one time-out, then nobody waits, and nothing piles up")
    func paused() async throws {
        let server = try RedisServer()
        let cache = try open(server.url())
        try await cache.check()
        server.pause()
        let uptime = Seams.forTests.uptime
        var began = uptime()
        #expect(await successes(500, cache) == 0)
        #expect(uptime() - began < 8)
        began = uptime()
        #expect(await successes(5000, cache) == 0)
        // Less than one time-out for all: nobody waits for it any more.
        #expect(uptime() - began < 2)
        let error = await failure { try await cache.get("key") }
        #expect(error?.message.hasPrefix("redis at 127.0.0.1:\(server.port): ") == true)
        server.resume()
        try await isBack(cache)
        await cache.close()
    }

    @Test("a paused server is a loss to subscribers, who hear of its return")
    func pausedSubscription() async throws {
        let server = try RedisServer()
        let cache = try open(server.url())
        let subscription = try await cache.subscribe("channel")
        server.pause()
        #expect(await subscription.next() == .lost)
        let late = try await cache.subscribe("other")
        #expect(await late.next() == .lost)
        server.resume()
        #expect(await subscription.next() == .resumed)
        #expect(await late.next() == .resumed)
        try await isBack(cache)
        try await cache.publish("other", [1])
        #expect(await late.next() == .message([1]))
        await cache.close()
    }

    @Test("no more requests wait than may")
    func boundedQueue() async throws {
        let server = try RedisServer()
        let cache = try open(server.url()) {
            $0.waitingRequests = 10
            $0.timeout = .seconds(30)
        }
        try await cache.check()
        server.pause()
        let refused = Tally()
        let served = Tally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    let error = await failure { try await cache.get("key") }
                    guard let error else {
                        served.add()
                        return
                    }
                    #expect(error.message.contains("10 requests waiting"))
                    refused.add()
                }
            }
            while refused.count < 20 { await Task.yield() }
            server.resume()
        }
        #expect(served.count == 10)
        await cache.close()
    }

    @Test("connections that the server ends are made again")
    func clientKill() async throws {
        let server = try RedisServer()
        let (cache, other) = (try open(server.url()), try open(server.url()))
        let subscription = try await cache.subscribe("channel")
        try await cache.check()
        for kind in ["normal", "pubsub"] {
            try await server.command(["CLIENT", "KILL", "TYPE", kind])
        }
        #expect(await subscription.next() == .lost)
        #expect(await subscription.next() == .resumed)
        try await isBack(cache)
        try await isBack(other)
        try await other.publish("channel", [9])
        #expect(await subscription.next() == .message([9]))
        await cache.close()
        await other.close()
    }

    @Test("requests go by turns over as many connections as are asked for")
    func severalConnections() async throws {
        let server = try RedisServer()
        let cache = try open(server.url()) { $0.connections = 3 }
        let clients = CacheScript("clients", lua: "return redis.call('INFO', 'clients')") {
            _, _, _ in
            .null
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask { _ = try await cache.increment("key", by: 1, expiresAfter: nil) }
            }
            try await group.waitForAll()
        }
        #expect(try await cache.get("key") == .init(text: "60"))
        guard case .bytes(let text) = try await cache.run(clients, keys: ["key"], arguments: [])
        else {
            Issue.record("INFO is a text")
            return
        }
        #expect(String(decoding: text, as: UTF8.self).contains("connected_clients:3\r\n"))
        await cache.close()
    }

    @Test("a server that is not there yet is no error until it is asked")
    func startedLater() async throws {
        let server = try RedisServer(isStarted: false)
        let cache = try open(server.url())
        let error = await failure { try await cache.get("key") }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("Connection refused") == true)
        let subscription = try await cache.subscribe("channel")
        #expect(await subscription.next() == .lost)
        try server.start()
        #expect(await subscription.next() == .resumed)
        try await isBack(cache)
        await cache.close()
    }

    @Test("users, passwords and databases are those of the URL, and no error shows a password")
    func credentials() async throws {
        let server = try RedisServer(["--requirepass", "p@ss/word"])
        let good = try open(server.url(":p%40ss%2Fword@", database: 3))
        try await good.set("key", [1], expiresAfter: nil)
        try await server.command(
            ["AUTH", "p@ss/word"],
            ["ACL", "SETUSER", "worker", "on", ">secret", "~*", "&*", "+@all"])
        let worker = try open(server.url("worker:secret@", database: 3))
        #expect(try await worker.get("key") == [1])
        let elsewhere = try open(server.url("worker:secret@"))
        #expect(try await elsewhere.get("key") == nil)
        for wrong in ["", ":hunter2@", "worker:hunter2@", "nobody:hunter2@"] {
            let cache = try open(server.url(wrong))
            let error = try #require(await failure { try await cache.get("key") })
            #expect(error.kind == .configuration)
            #expect(!"\(error)".contains("hunter2"))
            await cache.close()
        }
        let noSuch = try open(server.url(":p%40ss%2Fword@", database: 99))
        #expect(await failure { try await noSuch.get("key") }?.kind == .configuration)
        for cache in [good, worker, elsewhere, noSuch] { await cache.close() }
    }

    @Test("a server without room left says so and keeps the connection")
    func outOfMemory() async throws {
        let server = try RedisServer(["--maxmemory", "2mb", "--maxmemory-policy", "noeviction"])
        let cache = try open(server.url())
        let value = [UInt8](repeating: 1, count: 500_000)
        var error: TCError?
        for number in 0..<8 where error == nil {
            error = await failure {
                try await cache.set("key\(number)", value, expiresAfter: nil)
            }
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("OOM") == true)
        #expect(try await cache.get("nothing") == nil)
        await cache.close()
    }
}

extension RedisServer {
    /// Sends requests over a connection of their own and returns when all are answered.
    func command(_ requests: [String]...) async throws {
        var writer = RESPWriter()
        for request in requests {
            writer.begin(request.count)
            for word in request { writer.word(word) }
        }
        let socket = RedisServer.socket()
        defer { close(socket) }
        try #require(RedisServer.onLoopback(port, { connect(socket, $0, $1) }) == 0)
        try #require(send(socket, writer.bytes, writer.count, 0) == writer.count)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var lines = 0
        while lines < requests.count {
            let count = recv(socket, &buffer, buffer.count, 0)
            // CLIENT KILL may end this connection too.
            guard count > 0 else { return }
            try #require(buffer[0] != UInt8(ascii: "-"))
            lines += buffer[..<count].count { $0 == 0x0A }
        }
    }
}
