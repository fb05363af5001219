import Synchronization
import TCCore
import TCStore

/// The cache on a Redis server or cluster that all nodes share (version 5 or later, whose scripts
/// replicate what they did, so that they may ask for the time).
///
/// Nothing is connected before the first call. Requests share `CacheOptions.connections` connections
/// to each server; messages have one more.
final class RedisCache: Cache {
    /// Where requests go.
    let route: any RedisRoute
    private let options: CacheOptions
    private let subscriber: RedisSubscriber
    /// By script name: the text that was loaded and what servers call it.
    private let loaded = Mutex<[String: (lua: String, digest: [UInt8])]>([:])

    init(_ address: RedisAddress, seams: Seams, options: CacheOptions) throws {
        self.options = options
        route = try RedisNode(address, options: options, seams: seams)
        subscriber = try RedisSubscriber({ address }, options: options, seams: seams)
    }

    /// - Parameter seeds: nodes of the cluster, at least one.
    init(cluster seeds: [RedisAddress], seams: Seams, options: CacheOptions) throws {
        self.options = options
        let cluster = try RedisCluster(seeds, options: options, seams: seams)
        route = cluster
        subscriber = try RedisSubscriber(
            cluster.nextListeningPost, options: options, seams: seams)
    }

    deinit {
        route.stop()
        subscriber.stop()
    }

    func get(_ key: String) async throws -> [UInt8]? {
        try options.check(key: key)
        let reply = try await ask(key, repeats: true) { request in
            request.begin(2)
            request.word("GET")
            request.word(key)
        }
        switch reply {
        case .null: return nil
        case .bytes(let value): return value
        default: throw unexpected("GET")
        }
    }

    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) async throws {
        try options.check(key: key)
        try options.check(value: value)
        _ = try await ask(key) { request in
            request.begin(expiresAfter == nil ? 3 : 5)
            request.word("SET")
            request.word(key)
            request.word(value)
            if let expiresAfter {
                request.word("PX")
                request.word(expiresAfter.expiryMilliseconds)
            }
        }
    }

    func delete(_ keys: [String]) async throws -> Int {
        for key in keys { try options.check(key: key) }
        let groups = route.groups(keys)
        if groups.count == 1 { return try await delete(group: groups[0]) }
        // Not all at once: there may be as many groups as slots, and only so many requests may wait.
        return try await withThrowingTaskGroup(of: Int.self) { tasks in
            var count = 0
            for (number, group) in groups.enumerated() {
                if number >= 256 { count += try await tasks.next() ?? 0 }
                tasks.addTask { try await self.delete(group: group) }
            }
            return try await tasks.reduce(count, +)
        }
    }

    private func delete(group keys: [String]) async throws -> Int {
        let reply = try await ask(keys[0]) { request in
            request.begin(keys.count + 1)
            request.word("DEL")
            for key in keys { request.word(key) }
        }
        guard case .integer(let count) = reply else { throw unexpected("DEL") }
        return Int(count)
    }

    func increment(
        _ key: String, by amount: Int64, expiresAfter: Duration?
    ) async throws -> Int64 {
        try options.check(key: key)
        let reply: RedisReply
        if let expiresAfter {
            reply = try await answer(
                RedisCache.increment, [key],
                [.integer(amount), .integer(expiresAfter.expiryMilliseconds)])
        } else {
            reply = try await route.send(for: key, repeats: false) { request in
                request.begin(3)
                request.word("INCRBY")
                request.word(key)
                request.word(amount)
            }
        }
        if case .failure(let error) = reply, error.code == "ERR" { throw TCError.notCountable }
        guard case .integer(let sum) = try value(reply) else { throw unexpected("INCRBY") }
        return sum
    }

    /// INCRBY and PEXPIRE one after the other would leave a counter that never ends where the
    /// connection is lost between them.
    private static let increment = CacheScript(
        "increment",
        lua: """
            local isNew = redis.call('EXISTS', KEYS[1]) == 0
            local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
            if isNew then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return sum
            """
    ) { store, keys, arguments in
        .integer(
            try store.increment(
                keys[0], by: arguments[0].integer,
                expiresAfter: .milliseconds(arguments[1].integer)))
    }

    func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) async throws -> CacheReply {
        _ = try options.check(scriptKeys: keys, of: script)
        return try value(await answer(script, keys, arguments))
    }

    func publish(_ channel: String, _ message: [UInt8]) async throws {
        try options.check(key: channel)
        try options.check(value: message)
        let reply = try await route.publish(channel) { request in
            request.begin(3)
            request.word("PUBLISH")
            request.word(channel)
            request.word(message)
        }
        _ = try value(reply)
    }

    func subscribe(_ channel: String) async throws -> CacheSubscription {
        try options.check(key: channel)
        return try await subscriber.subscribe(channel)
    }

    func check() async throws {
        for reply in try await route.check() { _ = try value(reply) }
    }

    func close() async {
        await route.close()
        await subscriber.close()
    }

    // MARK: Requests

    private func ask(
        _ key: String, repeats: Bool = false, _ request: (inout RESPWriter) -> Void
    ) async throws -> CacheReply {
        try value(await route.send(for: key, repeats: repeats, request))
    }

    private func value(_ reply: RedisReply) throws -> CacheReply {
        do { return try reply.get() } catch { throw route.named(error.error) }
    }

    private func unexpected(_ verb: String) -> TCError {
        TCError(.unavailable, "\(route.name): answered \(verb) with another type")
    }

    // MARK: Scripts

    /// Runs by the digest that a server gave when it was first handed the text; a server that does not
    /// know it, because it was restarted or is another node, is handed the text again.
    private func answer(
        _ script: CacheScript, _ keys: [String], _ arguments: [CacheArgument]
    ) async throws -> RedisReply {
        let known = loaded.withLock { $0[script.name] }
        let digest: [UInt8]
        if let known, known.lua == script.lua {
            digest = known.digest
        } else {
            digest = try await load(script, for: keys[0])
        }
        func evaluate(_ verb: String, _ what: [UInt8]) async throws -> RedisReply {
            try await route.send(for: keys[0], repeats: false) { request in
                request.begin(3 + keys.count + arguments.count)
                request.word(verb)
                request.word(what)
                request.word(Int64(keys.count))
                for key in keys { request.word(key) }
                for argument in arguments { request.word(argument.bytes) }
            }
        }
        let reply = try await evaluate("EVALSHA", digest)
        guard reply == .failure(RedisServerError(code: "NOSCRIPT")) else { return reply }
        return try await evaluate("EVAL", Array(script.lua.utf8))
    }

    private func load(_ script: CacheScript, for key: String) async throws -> [UInt8] {
        let reply = try await ask(key, repeats: true) { request in
            request.begin(3)
            request.word("SCRIPT")
            request.word("LOAD")
            request.word(script.lua)
        }
        guard case .bytes(let digest) = reply else { throw unexpected("SCRIPT LOAD") }
        loaded.withLock { $0[script.name] = (script.lua, digest) }
        return digest
    }
}
