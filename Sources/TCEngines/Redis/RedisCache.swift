import Synchronization
import TCCore
import TCStore

/// The cache on a Redis server that all nodes share (version 5 or later, whose scripts replicate what
/// they did, so that they may ask for the time).
///
/// Nothing is connected before the first call. Requests share `CacheOptions.connections` connections;
/// messages have one more.
final class RedisCache: Cache {
    private let address: RedisAddress
    private let options: CacheOptions
    private let connections: [RedisConnection]
    private let subscriber: RedisSubscriber
    private let turn = Atomic(0)
    /// By script name: the text that was loaded and what the server calls it.
    private let loaded = Mutex<[String: (lua: String, digest: [UInt8])]>([:])

    init(_ address: RedisAddress, seams: Seams, options: CacheOptions) throws {
        self.address = address
        self.options = options
        connections = try (0..<max(1, options.connections)).map { _ in
            try RedisConnection(address, options: options, seams: seams)
        }
        subscriber = try RedisSubscriber(address, options: options, seams: seams)
    }

    deinit {
        for connection in connections { connection.stop() }
        subscriber.stop()
    }

    func get(_ key: String) async throws -> [UInt8]? {
        try options.check(key: key)
        let reply = try await ask(key) { request in
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
        guard let first = keys.first else { return 0 }
        let reply = try await ask(first) { request in
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
            reply = try await connection(key).send { request in
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
        _ = try await ask(channel) { request in
            request.begin(3)
            request.word("PUBLISH")
            request.word(channel)
            request.word(message)
        }
    }

    func subscribe(_ channel: String) async throws -> CacheSubscription {
        try options.check(key: channel)
        return try await subscriber.subscribe(channel)
    }

    func check() async throws {
        for connection in connections {
            try connection.start()
            _ = try value(
                await connection.send { request in
                    request.begin(1)
                    request.word("PING")
                })
        }
    }

    func close() async {
        for connection in connections { await connection.close() }
        await subscriber.close()
    }

    // MARK: Requests

    /// The connection for a key: by turns, passing over those that are down. A cluster would choose
    /// by `CacheKey.slot(key)` here.
    private func connection(_ key: String) throws(TCError) -> RedisConnection {
        let first = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        let turns = (0..<connections.count).lazy.map { [connections] in
            connections[(first &+ $0) & .max % connections.count]
        }
        let connection = turns.first(where: \.isUp) ?? connections[0]
        try connection.start()
        return connection
    }

    private func ask(
        _ key: String, _ request: (inout RESPWriter) -> Void
    ) async throws -> CacheReply {
        try value(await connection(key).send(request))
    }

    private func value(_ reply: RedisReply) throws -> CacheReply {
        do { return try reply.get() } catch { throw address.named(error.error) }
    }

    private func unexpected(_ verb: String) -> TCError {
        TCError(.unavailable, "\(address.name): answered \(verb) with another type")
    }

    // MARK: Scripts

    /// Runs by the digest that the server gave when it was first handed the text; a server that has
    /// forgotten it, because it was restarted, is handed the text again.
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
            try await connection(keys[0]).send { request in
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
        let reply = try await ask(key) { request in
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
