import Synchronization

/// A value that this process keeps, and the stamps under which it is valid.
struct LocalEntry: Sendable {
    let value: [UInt8]
    let lsn: UInt64?
    /// When it began to be read, on the clock `Seams.uptime`.
    let readAt: Double
    let cells: [TagCell]
    /// By cell; none is 0.
    let stamps: [UInt64]

    var isValid: Bool {
        for index in cells.indices where cells[index].stamp != stamps[index] { return false }
        return true
    }
}

/// The first level: the entries that were used last, within a limit of entries and of bytes.
///
/// Keys are spread over shards with a lock each. Each shard keeps its share of both limits, and lets go
/// of the least recently used of its own.
///
/// A hit, through `ReadCache.read`, took 370 to 530 ns of processor time and 1.0 to 2.3 million came in
/// a second, on two cores that others used (`TCBench read-cache memory`).
final class LocalEntries: Sendable {
    private final class Shard: Sendable {
        let entries: Mutex<RecentlyUsed>

        init(entries: Int, bytes: Int) {
            self.entries = Mutex(RecentlyUsed(entryLimit: entries, byteLimit: bytes))
        }
    }

    private let shards: [Shard]

    init(entries: Int, bytes: Int) {
        // Sixteen lose little to an uneven spread where each has hundreds of entries.
        let count = max(1, min(16, entries / 64))
        shards = (0..<count).map { number in
            Shard(entries: (entries + number) / count, bytes: bytes / count)
        }
    }

    /// The valid entry under `key` that began to be read at `earliest` or later, which counts as a hit.
    func hit(_ key: String, notBefore earliest: Double) -> LocalEntry? {
        shard(key).entries.withLock { $0.hit(key, notBefore: earliest) }
    }

    func insert(_ key: String, _ entry: LocalEntry) {
        shard(key).entries.withLock { $0.insert(key, entry) }
    }

    func removeAll() {
        for shard in shards { shard.entries.withLock { $0.removeAll() } }
    }

    /// Hits, evictions, entries and bytes, added up.
    func count(into statistics: inout ReadCacheStatistics) {
        for shard in shards {
            shard.entries.withLock { entries in
                statistics.localHits += entries.hits
                statistics.evictions += entries.evictions
                statistics.localEntries += entries.count
                statistics.localBytes += entries.bytes
            }
        }
    }

    private func shard(_ key: String) -> Shard {
        shards[(key.hashValue & .max) % shards.count]
    }
}
