import TCCore
import TCStore
import Testing

/// What every engine promises, on each that is there.
@Suite("cache contract") struct CacheContractTests {
    @Test(
        "a Redis server is part of this run",
        .enabled(if: CacheEngine.sharedRedis != nil, "TC_TEST_REDIS names no server: memory alone"))
    func redisTakesPart() async throws {
        try await CacheEngine.redis.use { try await $0.check() }
    }

    @Test("a value is what was last set, until it is deleted", arguments: CacheEngine.available)
    func values(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let (key, other) = (freshKey(), freshKey())
            #expect(try await cache.get(key) == nil)
            try await cache.set(key, [0, 13, 10, 255], expiresAfter: nil)
            #expect(try await cache.get(key) == [0, 13, 10, 255])
            try await cache.set(key, [], expiresAfter: .seconds(60))
            #expect(try await cache.get(key) == [])
            try await cache.set(other, [1], expiresAfter: nil)
            #expect(try await cache.delete([key, freshKey(), other]) == 2)
            #expect(try await cache.get(key) == nil)
            #expect(try await cache.delete([]) == 0)
        }
    }

    @Test("keys of hundreds of slots are deleted in one call", arguments: CacheEngine.available)
    func deleteMany(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let keys = (0..<600).map { _ in freshKey() }
            for key in keys { try await cache.set(key, [1], expiresAfter: .seconds(600)) }
            #expect(try await cache.delete(Array(keys[..<599]) + [freshKey()]) == 599)
            #expect(try await cache.get(keys[0]) == nil)
            #expect(try await cache.get(keys[599]) == [1])
        }
    }

    @Test(
        "values expire, and one set anew without an expiry does not",
        arguments: CacheEngine.available)
    func expiry(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let (short, kept, zero) = (freshKey(), freshKey(), freshKey())
            try await cache.set(kept, [1], expiresAfter: .milliseconds(40))
            try await cache.set(kept, [2], expiresAfter: nil)
            try await cache.set(short, [1], expiresAfter: .milliseconds(40))
            try await cache.set(zero, [1], expiresAfter: .zero)
            try await eventually("expires") { try await cache.get(short) == nil }
            try await eventually("expires") { try await cache.get(zero) == nil }
            #expect(try await cache.delete([short]) == 0)
            #expect(try await cache.get(kept) == [2])
            // Longer than a server can express.
            try await cache.set(kept, [3], expiresAfter: .seconds(Int64.max / 1000))
            #expect(try await cache.get(kept) == [3])
        }
    }

    @Test("a counter expires as from when it was made", arguments: CacheEngine.available)
    func counterExpiry(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let key = freshKey()
            #expect(try await cache.increment(key, by: 5, expiresAfter: .milliseconds(60)) == 5)
            try await eventually("starts again though it is added to without a pause") {
                try await cache.increment(key, by: 1, expiresAfter: .seconds(60)) == 1
            }
            #expect(try await cache.increment(key, by: -3, expiresAfter: nil) == -2)
            #expect(try await cache.get(key) == .init(text: "-2"))
        }
    }

    @Test("additions of 50 tasks are each counted once", arguments: CacheEngine.available)
    func concurrentIncrements(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let key = freshKey()
            let sums = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for task in 0..<50 {
                    group.addTask {
                        var sums: [Int64] = []
                        for _ in 0..<100 {
                            // Both ways of counting at once.
                            sums.append(
                                try await cache.increment(
                                    key, by: 1, expiresAfter: task % 2 == 0 ? nil : .seconds(60)))
                        }
                        return sums
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(sums.sorted() == Array(1...5000))
        }
    }

    @Test("what is no counter is not added to and stays", arguments: CacheEngine.available)
    func notACounter(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let key = freshKey()
            for value in ["word", "", "1.5", "\(Int64.max)"] {
                try await cache.set(key, .init(text: value), expiresAfter: nil)
                for expiry in [nil, Duration.seconds(60)] {
                    #expect(
                        await failure {
                            try await cache.increment(key, by: 1, expiresAfter: expiry)
                        }
                            == .notCountable)
                }
                #expect(try await cache.get(key) == .init(text: value))
            }
        }
    }

    /// Appends its argument, unless what is there ends with it, and answers with all kinds of reply.
    static let append = CacheScript(
        "append",
        lua: """
            local value = redis.call('GET', KEYS[1]) or ''
            value = value .. ARGV[1]
            redis.call('SET', KEYS[1], value, 'PX', ARGV[2])
            return {#value, value, false, {tonumber(ARGV[2])}}
            """
    ) { store, keys, arguments in
        let value = (store.get(keys[0]) ?? []) + arguments[0].bytes
        try store.set(
            keys[0], value, expiresAfter: .milliseconds(arguments[1].integer))
        return .list([
            .integer(Int64(value.count)), .bytes(value), .null,
            .list([.integer(try arguments[1].integer)]),
        ])
    }

    @Test(
        "a script gets its arguments and answers with values of every kind",
        arguments: CacheEngine.available)
    func scriptReplies(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let key = freshKey()
            try await cache.set(key, [0xFF], expiresAfter: nil)
            let reply = try await cache.run(
                Self.append, keys: [key], arguments: [.bytes([0, 13]), .integer(60_000)])
            #expect(
                reply
                    == .list([
                        .integer(3), .bytes([0xFF, 0, 13]), .null, .list([.integer(60_000)]),
                    ]))
        }
    }

    @Test("scripts of 50 tasks do not see each other's steps", arguments: CacheEngine.available)
    func concurrentScripts(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let key = freshKey()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<50 {
                    group.addTask {
                        for _ in 0..<20 {
                            _ = try await cache.run(
                                Self.append, keys: [key],
                                arguments: [.bytes([UInt8(task)]), .integer(60_000)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try #require(try await cache.get(key))
            #expect(value.sorted() == (0..<50).flatMap { Array(repeating: UInt8($0), count: 20) })
        }
    }

    @Test("keys of a script that share no slot are refused", arguments: CacheEngine.available)
    func scriptSlots(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let arguments: [CacheArgument] = [.bytes([1]), .integer(1000)]
            for keys in [["a", "b"], ["{a}1", "{b}1"], []] {
                let error = await failure {
                    try await cache.run(Self.append, keys: keys, arguments: arguments)
                }
                #expect(error?.kind == .bug)
            }
            let tag = freshKey()
            _ = try await cache.run(
                Self.append, keys: ["{\(tag)}1", "{\(tag)}2"], arguments: arguments)
        }
    }

    @Test("what is too long is refused and harms nothing", arguments: CacheEngine.available)
    func limits(_ engine: CacheEngine) async throws {
        var options = CacheOptions()
        options.valueBytes = 1000
        options.keyBytes = 100
        try await engine.use(options) { cache in
            let key = freshKey()
            let longKey = String(repeating: "k", count: 101)
            let tooLong = [UInt8](repeating: 1, count: 1001)
            try await cache.set(key, Array(tooLong.dropLast()), expiresAfter: nil)
            let refusals = [
                await failure { try await cache.set(key, tooLong, expiresAfter: nil) },
                await failure { try await cache.publish(key, tooLong) },
                await failure { try await cache.set(longKey, [], expiresAfter: nil) },
                await failure { try await cache.get(longKey) },
                await failure { try await cache.get("") },
                await failure { try await cache.delete([key, longKey]) },
                await failure { try await cache.increment(longKey, by: 1, expiresAfter: nil) },
                await failure { try await cache.subscribe(longKey) },
                await failure {
                    try await cache.run(Self.append, keys: [longKey], arguments: [])
                },
            ]
            for refusal in refusals { #expect(refusal?.kind == .badInput) }
            #expect(try await cache.get(key)?.count == 1000)
        }
    }

    @Test("a closed cache refuses and its subscriptions end", arguments: CacheEngine.available)
    func closing(_ engine: CacheEngine) async throws {
        let cache = try engine.open()
        let subscription = try await cache.subscribe(freshKey())
        try await cache.set(freshKey(), [1], expiresAfter: .seconds(1))
        await cache.close()
        #expect(await subscription.next() == nil)
        #expect(await failure { try await cache.get("key") } == .cacheIsClosed)
        #expect(await failure { try await cache.check() } == .cacheIsClosed)
        #expect(await failure { try await cache.subscribe("key") } == .cacheIsClosed)
        await cache.close()
    }
}
