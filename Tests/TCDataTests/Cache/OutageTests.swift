import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCData

/// A shared cache that can be taken away.
private final class FlakyCache: Cache {
    private let cache: MemoryCache
    let isDown = Mutex(false)

    init() throws { cache = try MemoryCache(seams: .forTests) }

    private func reach() throws -> MemoryCache {
        if isDown.withLock({ $0 }) { throw TCError(.unavailable, "it is down") }
        return cache
    }

    func get(_ key: String) async throws -> [UInt8]? { try reach().get(key) }
    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) async throws {
        try reach().set(key, value, expiresAfter: expiresAfter)
    }
    func delete(_ keys: [String]) async throws -> Int { try reach().delete(keys) }
    func increment(
        _ key: String, by amount: Int64, expiresAfter: Duration?
    ) async throws -> Int64 {
        try reach().increment(key, by: amount, expiresAfter: expiresAfter)
    }
    func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) async throws -> CacheReply {
        try reach().run(script, keys: keys, arguments: arguments)
    }
    func publish(_ channel: String, _ message: [UInt8]) async throws {
        try reach().publish(channel, message)
    }
    func subscribe(_ channel: String) async throws -> CacheSubscription {
        try reach().subscribe(channel)
    }
    func check() async throws { try reach().check() }
    func close() async { cache.close() }
}

/// What happens while the shared cache is away, and afterwards.
@Suite("read cache outages") struct OutageTests {
    private let tag = CacheTag.row(table: "t", key: "1")

    private func read(_ cache: ReadCache, _ value: UInt8) async throws -> Cached {
        try await cache.read(key: "key", tags: [tag], maxAge: .seconds(600)) { fence in
            #expect(!fence.needsPrimary || !fence.isPartial)
            return Loaded([value], from: .primary, lsn: 1)
        }
    }

    @Test("reads and writes go on without the shared cache, and nothing from before is given after")
    func outage() async throws {
        let (flaky, clock) = (try FlakyCache(), MovedClock())
        let cache = try ReadCache(shared: flaky, seams: clock.seams)
        let other = try ReadCache(shared: flaky, seams: clock.seams)
        #expect(try await read(cache, 1).value == [1])
        #expect(try await read(other, 2).source == .l2)
        flaky.isDown.withLock { $0 = true }
        for number in 3...4 {
            let cached = try await read(cache, UInt8(number))
            #expect(cached.source == .loader(.primary) && cached.value == [UInt8(number)])
        }
        guard case .bypassed(let reason) = cache.statistics.mode else {
            Issue.record("it says that it works without the shared cache")
            return
        }
        #expect(reason.message == "it is down")
        let written = try await cache.write(tags: [tag]) { Written("done", lsn: 9) }
        #expect(written.value == "done")
        #expect(try await read(other, 5).value == [5])
        flaky.isDown.withLock { $0 = false }
        // Left alone for a while, and by the one that owes until it has told.
        #expect(try await read(cache, 6).source == .loader(.primary))
        clock.advance(.seconds(6))
        #expect(try await read(cache, 7).source == .loader(.primary))
        #expect(try await read(other, 8).value == [1], "nobody has told of the change yet")
        await cache.confirm()
        #expect(cache.outage.debts.isEmpty)
        #expect(cache.statistics.mode == .shared)
        // The change may still go on for all that is known.
        #expect(try await read(other, 9).value == [9])
        clock.advance(.seconds(1))
        #expect(try await read(cache, 10).value == [10])
    }

    @Test("a change that cannot be told of elsewhere is an error and is told later")
    func invalidate() async throws {
        let flaky = try FlakyCache()
        let cache = try ReadCache(shared: flaky, seams: MovedClock().seams)
        flaky.isDown.withLock { $0 = true }
        await #expect(throws: TCError.self) { try await cache.invalidate([tag]) }
        #expect(cache.outage.debts.count == 2)
        flaky.isDown.withLock { $0 = false }
        await cache.confirm()
        #expect(cache.outage.debts.isEmpty)
    }

    @Test("what is owed is bounded: too much of it is everything")
    func debts() {
        let outage = Outage(settling: 5)
        for number in 0..<50 { outage.owe((0..<200).map { "\(number):\($0)" }) }
        #expect(outage.debts.count == 10_000)
        let earlier = outage.debts
        outage.owe(["one more"])
        #expect(Array(outage.debts.keys) == [CacheTag.everything])
        outage.paid(earlier)
        #expect(outage.debts.count == 1)
        outage.paid(outage.debts)
        #expect(outage.debts.isEmpty)
    }
}
