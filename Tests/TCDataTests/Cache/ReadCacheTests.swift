import TCCore
import TCStore
import Testing

@testable import TCData

/// What a read cache does for its callers, on each engine of the second level.
@Suite("read cache") struct ReadCacheTests {
    private let row = CacheTag.row(table: "vehicles", key: "7")

    private func value(
        _ cache: ReadCache, key: String = "key", tags: [CacheTag]? = nil, _ loaded: UInt8,
        lsn: UInt64? = nil
    ) async throws -> Cached {
        try await cache.read(key: key, tags: tags ?? [row], maxAge: .seconds(600)) { _ in
            Loaded([loaded], from: .primary, lsn: lsn)
        }
    }

    @Test(
        "a value comes from the loader, then from this process, and from the shared cache elsewhere",
        arguments: SharedEngine.available)
    func sources(_ engine: SharedEngine) async throws {
        try await engine.use { one, two in
            let options = freshOptions()
            let cache = try ReadCache(shared: one, seams: .forTests, options: options)
            let other = try ReadCache(shared: two, seams: .forTests, options: options)
            try await cache.whileRunning {
                let loaded = try await value(cache, 1, lsn: 77)
                #expect(loaded.value == [1] && loaded.source == .loader(.primary))
                #expect(loaded.lsn == 77)
                let local = try await value(cache, 2)
                #expect(local.value == [1] && local.source == .l1 && local.lsn == 77)
                for _ in 0..<2 {
                    // Without `run` it relies on nothing of its own.
                    let shared = try await value(other, 3)
                    #expect(shared.value == [1] && shared.source == .l2 && shared.lsn == 77)
                    #expect(shared.age >= .zero)
                }
                let statistics = cache.statistics
                #expect(statistics.mode == .shared)
                #expect(statistics.localHits == 1 && statistics.misses == 1)
                #expect(statistics.localEntries == 1 && statistics.localBytes > 1)
                #expect(other.statistics.sharedHits == 2)
            }
        }
    }

    @Test(
        "a change on one node makes invalid what depends on it, and nothing else, on every node",
        arguments: SharedEngine.available)
    func invalidation(_ engine: SharedEngine) async throws {
        try await engine.use { one, two in
            let options = freshOptions()
            let cache = try ReadCache(shared: one, seams: .forTests, options: options)
            let other = try ReadCache(shared: two, seams: .forTests, options: options)
            let reads: [(key: String, tags: [CacheTag])] = [
                ("row 7", [row]), ("row 8", [.row(table: "vehicles", key: "8")]),
                ("list", [.table("vehicles")]), ("users", [.table("users")]), ("fixed", []),
            ]
            func loads(_ node: ReadCache) async throws -> Set<String> {
                var loaded: Set<String> = []
                for read in reads {
                    let cached = try await value(node, key: read.key, tags: read.tags, 1)
                    if case .loader = cached.source { loaded.insert(read.key) }
                }
                return loaded
            }
            let all = Set(reads.map(\.key))
            try await cache.whileRunning {
                try await other.whileRunning {
                    #expect(try await loads(cache) == all)
                    #expect(try await loads(other) == [])
                    for (tags, gone) in [
                        ([row], ["row 7", "list"]),
                        ([.table("vehicles")], ["row 7", "row 8", "list"]),
                        ([.table("users"), .row(table: "vehicles", key: "9")], ["users", "list"]),
                        ([], []),
                    ] as [([CacheTag], Set<String>)] {
                        _ = try await other.write(tags: tags) { Written(0, lsn: 5) }
                        // At once where it was written.
                        #expect(try await loads(other) == gone)
                        try await eventually("the other node hears of it") {
                            for read in reads where gone.contains(read.key) {
                                let cached = try await value(
                                    cache, key: read.key, tags: read.tags, 1)
                                if cached.source == .l2 { return true }
                            }
                            return gone.isEmpty
                        }
                        #expect(try await loads(cache) == [])
                    }
                    try await cache.invalidate([row])
                    #expect(try await loads(cache) == ["row 7", "list"])
                    try await cache.invalidate(nil)
                    #expect(try await loads(cache) == all)
                }
            }
        }
    }

    @Test("a process alone keeps values by the same rules, and says so")
    func alone() async throws {
        let clock = MovedClock()
        let cache = try ReadCache(shared: nil, seams: clock.seams)
        await cache.run()
        #expect(try await value(cache, 1).source == .loader(.primary))
        clock.advance(.seconds(20))
        let hit = try await value(cache, 2)
        #expect(hit.source == .l1 && hit.value == [1] && hit.age == .seconds(20))
        #expect(cache.statistics.mode == .alone)
        _ = try await cache.write(tags: [row]) { Written(0) }
        #expect(try await value(cache, 3).value == [3])
        clock.advance(.seconds(601))
        #expect(try await value(cache, 4).value == [4])
        // Nothing is older than the most age, and nothing is kept for who wants none.
        func read(_ maxAge: Duration) async throws -> Cached.Source {
            try await cache.read(key: "key", tags: [row], maxAge: maxAge) { _ in
                Loaded([5], from: .primary)
            }.source
        }
        clock.advance(.seconds(899))
        #expect(try await read(.seconds(100_000)) == .l1)
        #expect(try await read(.seconds(898)) == .loader(.primary))
        #expect(try await read(.zero) == .loader(.primary))
        clock.advance(.seconds(901))
        #expect(try await read(.seconds(100_000)) == .loader(.primary))
    }

    @Test("while a change goes on, and when its outcome is unknown, nothing is kept")
    func marks() async throws {
        let clock = MovedClock()
        let cache = try ReadCache(shared: nil, seams: clock.seams)
        var fences: [Fence] = []
        func read() async throws -> Cached.Source {
            try await cache.read(key: "key", tags: [row], maxAge: .seconds(600)) { fence in
                fences.append(fence)
                return Loaded([1], from: .primary, lsn: 10)
            }.source
        }
        #expect(try await read() == .loader(.primary))
        // A tag that is new to the cache may have been changed before.
        #expect(fences.last?.needsPrimary == true)
        #expect(try await read() == .l1)
        _ = try await cache.write(tags: [row]) {
            for _ in 0..<2 {
                let source = try await read()
                #expect(source == .loader(.primary))
            }
            return Written(0, lsn: 30)
        }
        #expect(try await read() == .loader(.primary))
        #expect(
            fences.last == Fence(leastLSN: 30, needsPrimary: false, isPartial: false))
        #expect(cache.statistics.fillsRefused == 2)
        // What has surely not happened leaves nothing behind.
        await #expect(throws: TCError.self) {
            _ = try await cache.write(tags: [row]) { () async throws -> Written<Int> in
                throw TCError(.tryAgain, "rolled back")
            }
        }
        #expect(try await read() == .loader(.primary))
        #expect(try await read() == .l1)
        await #expect(throws: UnknownOutcome.self) {
            _ = try await cache.write(tags: [row]) { () async throws -> Written<Int> in
                throw UnknownOutcome(reason: "lost")
            }
        }
        for _ in 0..<2 { #expect(try await read() == .loader(.primary)) }
        clock.advance(.seconds(61))
        #expect(try await read() == .loader(.primary))
        #expect(fences.last?.needsPrimary == true)
        #expect(try await read() == .l1)
    }

    @Test("a loader that reads where it must not is found out")
    func wrongLoader() async throws {
        let cache = try ReadCache(shared: nil, seams: MovedClock().seams)
        func read(_ loaded: Loaded) async -> TCError? {
            do {
                _ = try await cache.read(key: "key", tags: [row], maxAge: .seconds(600)) { _ in
                    loaded
                }
                return nil
            } catch { return error as? TCError }
        }
        let replica = ReadOrigin.replica("r1")
        // The first read of a tag is the primary's, whatever a replica says of itself.
        #expect(await read(Loaded([1], from: replica, lsn: .max))?.kind == .bug)
        #expect(await read(Loaded([1], from: .primary, lsn: 20)) == nil)
        _ = try await cache.write(tags: [row]) { Written(0, lsn: 30) }
        #expect(await read(Loaded([2], from: replica, lsn: 29))?.kind == .bug)
        #expect(await read(Loaded([2], from: replica))?.kind == .bug)
        #expect(await read(Loaded([2], from: replica, lsn: 30)) == nil)
        #expect(cache.statistics.localEntries == 1)
    }

    @Test("tags, values and options have limits")
    func limits() async throws {
        var options = ReadCacheOptions()
        options.valueBytes = 100
        options.localBytes = 16_000
        options.localEntries = 20
        let cache = try ReadCache(shared: nil, seams: MovedClock().seams, options: options)
        func read(_ key: String, _ count: Int) async throws -> Cached.Source {
            try await cache.read(key: key, tags: [row], maxAge: .seconds(600)) { _ in
                Loaded([UInt8](repeating: 1, count: count), from: .primary)
            }.source
        }
        for _ in 0..<2 { #expect(try await read("long", 101) == .loader(.primary)) }
        #expect(cache.statistics.fillsRefused == 2)
        for number in 0..<100 { _ = try await read("key\(number)", 100) }
        #expect(try await read("key99", 100) == .l1)
        #expect(try await read("key0", 100) == .loader(.primary))
        let statistics = cache.statistics
        #expect(statistics.localEntries == 20 && statistics.localBytes <= 16_000)
        #expect(statistics.evictions == 81)
        let many = (0..<257).map { CacheTag.table("t\($0)") }
        await #expect(throws: TCError.self) {
            try await cache.read(key: "key", tags: Array(many[..<33]), maxAge: .seconds(1)) { _ in
                Loaded([], from: .primary)
            }
        }
        let ran = Tally()
        await #expect(throws: TCError.self) {
            _ = try await cache.write(tags: many) {
                ran.add()
                return Written(0)
            }
        }
        #expect(ran.count == 0)
        for change: (inout ReadCacheOptions) -> Void in [
            { $0.space = "" }, { $0.localEntries = 0 }, { $0.mostAge = .zero },
            { $0.window = .zero }, { $0.longestChange = .seconds(3601) },
        ] {
            var wrong = ReadCacheOptions()
            change(&wrong)
            #expect(throws: TCError.self) {
                try ReadCache(shared: nil, seams: .forTests, options: wrong)
            }
        }
    }
}
