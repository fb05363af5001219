import Synchronization
import TCCore
import Testing

@testable import TCStore

/// A clock that only moves when told to.
final class MovedClock: Sendable {
    private let milliseconds = Mutex<Int64>(0)

    func advance(_ duration: Duration) { milliseconds.withLock { $0 += duration.milliseconds } }

    var seams: Seams {
        Seams(
            now: { Instant(milliseconds: 1_800_000_000_000 + self.milliseconds.withLock { $0 }) },
            uptime: { Double(self.milliseconds.withLock { $0 }) / 1000 }, random: { 4 })
    }
}

@Suite("memory cache") struct MemoryCacheTests {
    private let clock = MovedClock()

    private func small(_ bytes: Int = 40_000) throws -> MemoryCache {
        var options = CacheOptions()
        options.memoryBytes = bytes
        options.valueBytes = 1000
        options.keyBytes = 100
        return try MemoryCache(seams: clock.seams, options: options)
    }

    @Test("an entry is gone at its moment and not before")
    func expiry() throws {
        let cache = try small()
        try cache.set("key", [1], expiresAfter: .seconds(10))
        clock.advance(.milliseconds(9999))
        #expect(try cache.get("key") == [1])
        clock.advance(.milliseconds(1))
        #expect(try cache.get("key") == nil)
        #expect(try cache.delete(["key"]) == 0)
        #expect(try cache.increment("key", by: 2, expiresAfter: .seconds(5)) == 2)
        clock.advance(.seconds(4))
        #expect(try cache.increment("key", by: 2, expiresAfter: .seconds(5)) == 4)
        clock.advance(.seconds(1))
        #expect(try cache.increment("key", by: 2, expiresAfter: nil) == 2)
        #expect(cache.statistics.expirations == 2)
    }

    @Test("what expires and is never asked for again is freed by later writes")
    func sweeping() throws {
        let cache = try MemoryCache(seams: clock.seams)
        for number in 0..<1000 {
            try cache.set("old\(number)", [1], expiresAfter: .seconds(1))
        }
        clock.advance(.seconds(2))
        // Each write looks at two places of its shard.
        for number in 0..<2000 { try cache.set("new\(number)", [1], expiresAfter: nil) }
        let statistics = cache.statistics
        #expect(statistics.expirations == 1000)
        #expect(statistics.entries == 2000)
        #expect(statistics.evictions == 0)
    }

    @Test("what is read between two rounds stays when the limit is reached")
    func secondChance() throws {
        let cache = try small()
        try cache.set("read", [7], expiresAfter: nil)
        try cache.set("unread", [7], expiresAfter: nil)
        for number in 0..<5000 {
            try cache.set("filler\(number)", [UInt8](repeating: 0, count: 100), expiresAfter: nil)
            if number % 10 == 0 { #expect(try cache.get("read") == [7]) }
        }
        #expect(try cache.get("unread") == nil)
        #expect(cache.statistics.evictions > 4000)
    }

    @Test("random calls keep the limit, the counters and a model's values", arguments: 0..<6)
    func model(_ seed: UInt64) throws {
        var random = SplitMix(seed)
        let cache = try small(30_000)
        var values: [String: [UInt8]] = [:]
        for step in 0..<4000 {
            let key = "key\(random.below(200))"
            switch random.below(10) {
            case 0:
                #expect(try cache.delete([key]) <= 1)
                values[key] = nil
            case 1...5:
                let value = [UInt8](repeating: UInt8(step & 255), count: random.below(1000))
                try cache.set(key, value, expiresAfter: nil)
                values[key] = value
                #expect(try cache.get(key) == value, "what was just written is not evicted")
            default:
                // It may have been evicted; it must not be anything else.
                if let value = try cache.get(key) {
                    #expect(value == values[key], "seed \(seed), step \(step)")
                }
            }
            #expect(cache.statistics.bytes <= 30_000)
        }
        let held = try values.reduce(0) { sum, entry in
            try cache.get(entry.key) == nil
                ? sum : sum + entry.key.utf8.count + entry.value.count + MemoryShard.entryBytes
        }
        #expect(cache.statistics.bytes == held)
    }

    @Test("a limit that holds no four of the longest values is refused")
    func tooSmall() {
        #expect(throws: TCError.self) { try small(5000) }
    }
}

@Suite("cache subscriptions") struct CacheFeedTests {
    @Test("lost and resumed come in turn, however often a connection flaps unheard")
    func turns() async {
        let feed = CacheFeed(limit: 4)
        let subscription = CacheSubscription(feed) {}
        feed.resume()
        feed.lose()
        feed.lose()
        feed.deliver([1])
        for _ in 0..<100 {
            feed.resume()
            feed.deliver([2])
            feed.lose()
        }
        feed.resume()
        feed.deliver([3])
        var events: [CacheEvent] = []
        while events.last != .message([3]), let event = await subscription.next() {
            events.append(event)
        }
        let turns = events.filter { $0 == .lost || $0 == .resumed }
        #expect(turns.first == .lost)
        for (one, next) in zip(turns, turns.dropFirst()) { #expect(one != next) }
        #expect(turns.last == .resumed)
        // The first was dropped while lost; and no more wait than may, with the two words.
        #expect(!events.contains(.message([1])))
        #expect(events.count <= 4 + 3)
    }

    @Test("a queue keeps its order through any mix of adding and taking", arguments: 0..<4)
    func queue(_ seed: UInt64) {
        var random = SplitMix(seed)
        var queue = Queue<Int>()
        var (added, taken) = (0, 0)
        for _ in 0..<20_000 {
            if random.below(100) < 52 {
                queue.append(added)
                added += 1
            } else if let item = queue.popFirst() {
                #expect(item == taken)
                taken += 1
            }
            #expect(queue.count == added - taken)
            #expect(queue.first == (queue.count > 0 ? taken : nil))
        }
        #expect(queue.removeAll() == Array(taken..<added))
        #expect(queue.count == 0)
    }
}

/// The same numbers for the same seed.
struct SplitMix {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(limit))
    }
}
