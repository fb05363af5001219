import Synchronization
import TCCore

/// The cache in this process, for `memory:`: bounded, fast, gone with the process.
///
/// Keys are spread by their slot over shards, each a table under a lock of its own, so that threads
/// seldom wait for each other; a script's keys share a slot and so a shard. A lock is held for less
/// than a microsecond, or for as long as a script's twin runs. Nothing here suspends: the calls are
/// synchronous for who knows the type.
public final class MemoryCache: Cache {
    private final class Shard: Sendable {
        let table: Mutex<MemoryShard>

        init(limit: Int, seams: Seams) {
            table = Mutex(MemoryShard(limit: limit, seams: seams))
        }
    }

    private let options: CacheOptions
    private let shards: [Shard]
    private let feeds: Mutex<FeedTable>
    private let isClosed = Atomic(false)

    /// - Throws: `configuration` where `memoryBytes` would not hold four of the longest values.
    public init(seams: Seams, options: CacheOptions = CacheOptions()) throws {
        let longest = options.valueBytes + options.keyBytes + MemoryShard.entryBytes
        guard options.memoryBytes >= 4 * longest else {
            throw TCError(
                .configuration,
                "a memory cache of \(options.memoryBytes) bytes is too small for values of up to "
                    + "\(options.valueBytes) bytes: it needs \(4 * longest)")
        }
        // A shard must hold a longest value and still be a cache; more than 16 gain nothing.
        let count = min(16, options.memoryBytes / (4 * longest))
        self.options = options
        shards = (0..<count).map { _ in Shard(limit: options.memoryBytes / count, seams: seams) }
        feeds = Mutex(FeedTable(limit: options.subscriptions))
    }

    public func get(_ key: String) throws -> [UInt8]? {
        try shard(key).table.withLock { $0.get(key) }
    }

    public func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) throws {
        try options.check(value: value)
        try shard(key).table.withLock { $0.set(key, value, expiresAfter: expiresAfter) }
    }

    @discardableResult
    public func delete(_ keys: [String]) throws -> Int {
        // All are looked at before any is removed, as a server would.
        try keys.map(shard).enumerated().reduce(0) { count, next in
            next.element.table.withLock { $0.delete(keys[next.offset]) } ? count + 1 : count
        }
    }

    public func increment(
        _ key: String, by amount: Int64, expiresAfter: Duration?
    ) throws -> Int64 {
        try shard(key).table.withLock {
            try $0.increment(key, by: amount, expiresAfter: expiresAfter)
        }
    }

    public func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) throws -> CacheReply {
        let slot = try options.check(scriptKeys: keys, of: script)
        try checkOpen()
        return try shards[slot % shards.count].table.withLock { table in
            try script.twin(
                ScriptStep(table: table, keys: keys, options: options), keys, arguments)
        }
    }

    public func publish(_ channel: String, _ message: [UInt8]) throws {
        try options.check(key: channel)
        try options.check(value: message)
        try checkOpen()
        for feed in feeds.withLock({ $0.listeners(on: channel) }) { feed.deliver(message) }
    }

    public func subscribe(_ channel: String) throws -> CacheSubscription {
        try options.check(key: channel)
        try checkOpen()
        let feed = CacheFeed(limit: options.waitingMessages)
        let id = try feeds.withLock { try $0.add(feed, on: channel).id }
        // Who closes meanwhile may have ended all feeds just before this one was added.
        if isClosed.load(ordering: .acquiring) { feed.end() }
        return CacheSubscription(feed) { [weak self] in
            _ = self?.feeds.withLock { $0.remove(id, from: channel) }
        }
    }

    public func check() throws { try checkOpen() }

    public func close() {
        isClosed.store(true, ordering: .releasing)
        for feed in feeds.withLock({ $0.removeAll() }) { feed.end() }
    }

    /// What has happened since the cache was made, and what it holds now.
    public var statistics: CacheStatistics {
        shards.reduce(into: CacheStatistics()) { sum, shard in
            shard.table.withLock { table in
                sum.hits += table.statistics.hits
                sum.misses += table.statistics.misses
                sum.evictions += table.statistics.evictions
                sum.expirations += table.statistics.expirations
                sum.entries += table.count
                sum.bytes += table.bytes
            }
        }
    }

    private func shard(_ key: String) throws -> Shard {
        try options.check(key: key)
        try checkOpen()
        return shards[CacheKey.slot(key) % shards.count]
    }

    private func checkOpen() throws {
        if isClosed.load(ordering: .acquiring) { throw TCError.cacheIsClosed }
    }
}

/// Counters of a memory cache, for metrics.
public struct CacheStatistics: Sendable, Equatable {
    /// Reads that found something, and those that did not.
    public var hits = 0
    public var misses = 0
    /// Entries that went because the limit was reached, and because their time had come.
    public var evictions = 0
    public var expirations = 0
    /// What is held now, expired entries that nobody has met yet included.
    public var entries = 0
    /// Never above `CacheOptions.memoryBytes`.
    public var bytes = 0
}

extension TCError {
    package static let cacheIsClosed = TCError(.unavailable, "the cache is closed")
}

/// A running script's view of its shard, which holds it to the keys that it named.
private final class ScriptStep: CacheScriptStore {
    private let table: MemoryShard
    private let keys: [String]
    private let options: CacheOptions

    init(table: MemoryShard, keys: [String], options: CacheOptions) {
        self.table = table
        self.keys = keys
        self.options = options
    }

    var now: Instant { table.now }

    func get(_ key: String) -> [UInt8]? {
        checkNamed(key)
        return table.get(key)
    }

    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) throws {
        checkNamed(key)
        try options.check(value: value)
        table.set(key, value, expiresAfter: expiresAfter)
    }

    func delete(_ key: String) -> Bool {
        checkNamed(key)
        return table.delete(key)
    }

    func increment(_ key: String, by amount: Int64, expiresAfter: Duration?) throws -> Int64 {
        checkNamed(key)
        return try table.increment(key, by: amount, expiresAfter: expiresAfter)
    }

    private func checkNamed(_ key: String) {
        precondition(keys.contains(key), "a script touched a key that it did not name")
    }
}
