import TCCore
import TCEngines
import TCStore
import Testing

/// The limiter on each engine, and both on one schedule.
@Suite("rate limit") struct RateLimitTests {
    private static let start: Int64 = 1_800_000_000_000

    private static func at(_ milliseconds: Int64) -> Instant {
        Instant(milliseconds: start + milliseconds)
    }

    @Test(
        "in every stretch of a minute 100 pass, and the answer says exactly when the next does",
        arguments: CacheEngine.available)
    func anyMinute(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let limiter = RateLimiter(.standard, on: cache)
            let subject = freshKey()
            // 60 at 0 s, 40 at 50 s: full, until the first 60 leave the window at 60 s.
            for number in 0..<60 {
                let answer = try await limiter.admit(subject, at: Self.at(0))
                #expect(answer.isAllowed && answer.remaining == 99 - number)
            }
            for _ in 0..<40 {
                #expect(try await limiter.admit(subject, at: Self.at(50_000)).isAllowed)
            }
            for (ms, wait) in [(50_000, 10_000), (59_000, 1000), (59_999, 1)] as [(Int64, Int)] {
                let answer = try await limiter.admit(subject, at: Self.at(ms))
                #expect(!answer.isAllowed && answer.remaining == 0)
                #expect(answer.untilNext == .milliseconds(wait))
            }
            for number in 0..<60 {
                let answer = try await limiter.admit(subject, at: Self.at(60_000))
                #expect(answer.isAllowed && answer.remaining == 59 - number)
            }
            let answer = try await limiter.admit(subject, at: Self.at(60_000))
            #expect(!answer.isAllowed && answer.untilNext == .milliseconds(50_000))
        }
    }

    @Test("subjects and rules do not share what is left", arguments: CacheEngine.available)
    func subjects(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let one = try RateLimit(name: "one", limit: 1, window: .seconds(60))
            let two = try RateLimit(name: "two", limit: 1, window: .seconds(60))
            let (first, second) = (freshKey(), freshKey())
            for rule in [one, two] {
                let limiter = RateLimiter(rule, on: cache)
                for subject in [first, second] {
                    #expect(try await limiter.admit(subject).isAllowed)
                    #expect(try await !limiter.admit(subject).isAllowed)
                }
            }
        }
    }

    @Test(
        "two nodes on one cache let 100 through together, by its clock",
        arguments: CacheEngine.available)
    func twoNodes(_ engine: CacheEngine) async throws {
        try await engine.use { one in
            try await engine.use { two in
                // In memory two clients are two callers of one cache.
                let nodes = [one, engine == .memory ? one : two]
                let subject = freshKey()
                let passed = try await withThrowingTaskGroup(of: Int.self) { group in
                    for task in 0..<40 {
                        let limiter = RateLimiter(.standard, on: nodes[task % 2])
                        group.addTask {
                            var passed = 0
                            for _ in 0..<10 {
                                let answer = try await limiter.admit(subject)
                                if answer.isAllowed { passed += 1 }
                                #expect(answer.untilNext <= .seconds(60))
                            }
                            return passed
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(passed == 100)
            }
        }
    }

    @Test(
        "a clock that is set back keeps nobody out for longer than a window",
        arguments: CacheEngine.available)
    func clockSetBack(_ engine: CacheEngine) async throws {
        try await engine.use { cache in
            let rule = try RateLimit(name: "back", limit: 2, window: .seconds(600))
            let limiter = RateLimiter(rule, on: cache)
            let subject = freshKey()
            for _ in 0..<2 { _ = try await limiter.admit(subject, at: Self.at(3_600_000)) }
            let refused = try await limiter.admit(subject, at: Self.at(0))
            #expect(!refused.isAllowed && refused.untilNext == .seconds(600))
            #expect(try await !limiter.admit(subject, at: Self.at(599_999)).isAllowed)
            #expect(try await limiter.admit(subject, at: Self.at(600_000)).isAllowed)
        }
    }

    /// The limiter as its promise reads: all times that passed, and how many lie in the window.
    private struct Model {
        var passed: [Int64] = []

        mutating func admit(_ rule: RateLimit, _ now: Int64) -> RateLimitAnswer {
            let window = rule.window.milliseconds
            var inWindow = passed.filter { $0 > now - window }
            let isAllowed = inWindow.count < rule.limit
            if isAllowed {
                passed.append(now)
                inWindow.append(now)
            }
            return RateLimitAnswer(
                rule: rule, isAllowed: isAllowed, remaining: rule.limit - inWindow.count,
                untilNext: .milliseconds(inWindow[0] + window - now))
        }
    }

    @Test("both engines and a plain model answer alike on one schedule", arguments: 0..<8)
    func oneSchedule(_ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let rule = try RateLimit(
            name: "seeded", limit: .random(in: 1...20, using: &random),
            // So long that nothing expires in real time meanwhile, on however slow a machine.
            window: .milliseconds(.random(in: 300_000...1_500_000, using: &random)))
        var caches: [any Cache] = []
        for engine in CacheEngine.available { caches.append(try engine.open()) }
        let subjects = (0..<3).map { _ in freshKey() }
        var models = [Model](repeating: Model(), count: subjects.count)
        var now: Int64 = 0
        for step in 0..<400 {
            now += .random(in: 0...120_000, using: &random)
            let who = Int.random(in: 0..<subjects.count, using: &random)
            let expected = models[who].admit(rule, Self.at(now).milliseconds)
            for cache in caches {
                let answer = try await RateLimiter(rule, on: cache)
                    .admit(subjects[who], at: Self.at(now))
                #expect(answer == expected, "seed \(seed), step \(step)")
            }
        }
        for cache in caches { await cache.close() }
    }

    @Test(
        "without its server each node counts alone, says so once, and returns by itself",
        .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
    func resilience() async throws {
        let server = try RedisServer()
        var options = CacheOptions()
        options.timeout = .seconds(1)
        let rule = try RateLimit(name: "nodes", limit: 10, window: .seconds(3600))
        let seams = Seams.forTests
        func node() throws -> (RateLimiter, any Cache, ChangeLog) {
            let log = ChangeLog()
            let cache = FallbackCache(
                shared: try openCache(url: server.url(), seams: seams, options: options),
                own: try MemoryCache(seams: seams), onChange: log.note)
            return (RateLimiter(rule, on: cache), cache, log)
        }
        let nodes = [try node(), try node()]
        func passed(_ count: Int, _ subject: String) async throws -> [Int] {
            var passed = [0, 0]
            for number in 0..<count where try await nodes[number % 2].0.admit(subject).isAllowed {
                passed[number % 2] += 1
            }
            return passed
        }
        #expect(try await passed(40, "before") == [5, 5])
        server.pause()
        #expect(try await passed(60, "during") == [10, 10])
        for (_, _, log) in nodes {
            #expect(log.changes.count == 1)
            guard case .alone(let error)? = log.changes.first else {
                Issue.record("\(log.changes)")
                continue
            }
            #expect(error.kind == .unavailable)
        }
        server.resume()
        for (limiter, _, log) in nodes {
            try await eventually("counts together again") {
                _ = try await limiter.admit("other")
                return log.changes.last == .together
            }
            #expect(log.changes.count == 2)
        }
        // What was counted together is not forgotten.
        #expect(try await passed(20, "before") == [0, 0])
        for (_, cache, _) in nodes { await cache.close() }
    }
}
