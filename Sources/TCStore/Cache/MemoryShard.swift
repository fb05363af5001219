import TCCore

/// A part of a `MemoryCache`: a table with a limit in bytes. Used under its shard's lock.
///
/// What goes when the limit is reached is decided by the second-chance form of CLOCK, which
/// approximates least recently used: entries stand in a ring, a read marks its entry, and a hand that
/// goes round removes the first entry without a mark, taking marks away as it passes. So a read costs
/// one store where exact order would relink four neighbours, and an entry that is read between two
/// rounds of the hand stays. A new entry has no mark: it takes the place that the hand has just
/// emptied, so that a round passes before it is looked at. Entries that have expired go without regard to marks, when they are met
/// by a read, by the hand, or by the look at two further places that each write pays for.
///
/// Invariants: `index[entries[i].key] == i` for every place in use; `free` holds exactly the places
/// that are not; `bytes` is the sum of `cost` over the entries, and at most `limit` between calls.
final class MemoryShard {
    private struct Entry {
        var key: String
        var value: [UInt8]
        /// On the clock `Seams.uptime`; infinite where it stays.
        var expiresAt: Double
        var isMarked: Bool
        var isInUse: Bool
    }

    /// What an entry takes beside its bytes: its place, its share of the hash table, and the heads of
    /// two allocations. A process that came to hold a million entries grew by 198 bytes for each
    /// beside its key and value (`TCBench cache memory`).
    static let entryBytes = 200

    private let limit: Int
    private let seams: Seams
    private var index: [String: Int] = [:]
    private var entries: [Entry] = []
    private var free: [Int] = []
    private var hand = 0
    private var sweep = 0
    private(set) var bytes = 0
    private(set) var statistics = CacheStatistics()

    init(limit: Int, seams: Seams) {
        self.limit = limit
        self.seams = seams
    }

    var count: Int { index.count }
    var now: Instant { seams.now() }

    func get(_ key: String) -> [UInt8]? {
        guard let place = livePlace(key) else {
            statistics.misses += 1
            return nil
        }
        statistics.hits += 1
        entries[place].isMarked = true
        return entries[place].value
    }

    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) {
        let expiresAt = expiry(expiresAfter)
        if let place = index[key] {
            bytes += value.count - entries[place].value.count
            entries[place].value = value
            entries[place].expiresAt = expiresAt
            entries[place].isMarked = true
            makeRoom(sparing: place)
        } else {
            insert(
                Entry(key: key, value: value, expiresAt: expiresAt, isMarked: false, isInUse: true))
        }
    }

    func delete(_ key: String) -> Bool {
        guard let place = livePlace(key) else { return false }
        remove(place)
        return true
    }

    func increment(_ key: String, by amount: Int64, expiresAfter: Duration?) throws -> Int64 {
        guard let place = livePlace(key) else {
            set(key, Array(String(amount).utf8), expiresAfter: expiresAfter)
            return amount
        }
        guard let value = Int64(String(decoding: entries[place].value, as: UTF8.self)),
            case (let sum, false) = value.addingReportingOverflow(amount)
        else { throw TCError.notCountable }
        let digits = Array(String(sum).utf8)
        bytes += digits.count - entries[place].value.count
        entries[place].value = digits
        entries[place].isMarked = true
        makeRoom(sparing: place)
        return sum
    }

    // MARK: Places

    private func expiry(_ after: Duration?) -> Double {
        after.map { seams.uptime() + Double($0.expiryMilliseconds) / 1000 } ?? .infinity
    }

    private func isExpired(_ place: Int) -> Bool {
        let expiresAt = entries[place].expiresAt
        return expiresAt < .infinity && expiresAt <= seams.uptime()
    }

    /// The place of what is under `key`, unless it has expired.
    private func livePlace(_ key: String) -> Int? {
        guard let place = index[key] else { return nil }
        guard !isExpired(place) else {
            statistics.expirations += 1
            remove(place)
            return nil
        }
        return place
    }

    private func cost(_ entry: Entry) -> Int {
        entry.key.utf8.count + entry.value.count + MemoryShard.entryBytes
    }

    private func insert(_ entry: Entry) {
        sweepTwo()
        let place: Int
        if let reused = free.popLast() {
            place = reused
            entries[place] = entry
        } else {
            place = entries.count
            entries.append(entry)
        }
        index[entry.key] = place
        bytes += cost(entry)
        makeRoom(sparing: place)
    }

    private func remove(_ place: Int) {
        bytes -= cost(entries[place])
        index[entries[place].key] = nil
        entries[place] = Entry(
            key: "", value: [], expiresAt: .infinity, isMarked: false, isInUse: false)
        free.append(place)
    }

    /// Evicts until the limit holds again. `place` was just written and stays; it alone never passes
    /// the limit, which `MemoryCache` checks when it is made.
    private func makeRoom(sparing place: Int) {
        while bytes > limit {
            hand = hand + 1 < entries.count ? hand + 1 : 0
            guard entries[hand].isInUse, hand != place else { continue }
            if isExpired(hand) {
                statistics.expirations += 1
                remove(hand)
            } else if entries[hand].isMarked {
                entries[hand].isMarked = false
            } else {
                statistics.evictions += 1
                remove(hand)
            }
        }
    }

    /// Looks at the next two places and frees what has expired, so that entries that nobody reads
    /// again do not stay until the limit is reached.
    private func sweepTwo() {
        for _ in 0..<min(2, entries.count) {
            sweep = sweep + 1 < entries.count ? sweep + 1 : 0
            guard entries[sweep].isInUse, isExpired(sweep) else { continue }
            statistics.expirations += 1
            remove(sweep)
        }
    }
}

extension TCError {
    /// What `Cache.increment` throws, on every engine.
    package static let notCountable = TCError(
        .bug, "a counter in the cache holds no whole number, or would pass 64 bits")
}
