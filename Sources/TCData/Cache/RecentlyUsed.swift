/// Entries in the order of their last use, used under a lock.
///
/// Invariants: the places in use form a ring through place 0, which holds no entry, from the most to
/// the least recently used; `index` has exactly their keys; `bytes` is the sum of their costs and at
/// most the limit between calls, as is `count`.
struct RecentlyUsed {
    private struct Place {
        var key: String
        var entry: LocalEntry?
        var before: Int32
        var after: Int32
    }

    /// What an entry takes beside key and value: its place, its share of the index, its stamps.
    static let entryBytes = 250

    private let entryLimit: Int
    private let byteLimit: Int
    private var index: [String: Int32] = [:]
    private var places = [Place(key: "", entry: nil, before: 0, after: 0)]
    private var free: [Int32] = []
    private(set) var bytes = 0
    private(set) var hits = 0
    private(set) var evictions = 0

    init(entryLimit: Int, byteLimit: Int) {
        self.entryLimit = entryLimit
        self.byteLimit = byteLimit
    }

    var count: Int { index.count }

    mutating func hit(_ key: String, notBefore earliest: Double) -> LocalEntry? {
        guard let place = index[key], let entry = places[Int(place)].entry else { return nil }
        guard entry.isValid else {
            remove(place)
            return nil
        }
        // Another reader may take what is too old for this one.
        guard entry.readAt >= earliest else { return nil }
        hits += 1
        if places[0].after != place {
            unlink(place)
            link(place)
        }
        return entry
    }

    /// Puts `entry` in the place of what is there; one that is alone too long is not kept.
    mutating func insert(_ key: String, _ entry: LocalEntry) {
        if let place = index[key] { remove(place) }
        let cost = RecentlyUsed.cost(key, entry)
        guard cost <= byteLimit else { return }
        while index.count >= entryLimit || bytes + cost > byteLimit {
            evictions += 1
            remove(places[0].before)
        }
        let new = Place(key: key, entry: entry, before: 0, after: 0)
        let place = free.popLast() ?? Int32(places.count)
        if Int(place) < places.count { places[Int(place)] = new } else { places.append(new) }
        index[key] = place
        bytes += cost
        link(place)
    }

    mutating func removeAll() {
        index = [:]
        places = [Place(key: "", entry: nil, before: 0, after: 0)]
        free = []
        bytes = 0
    }

    private static func cost(_ key: String, _ entry: LocalEntry) -> Int {
        key.utf8.count + entry.value.count + 16 * entry.stamps.count + entryBytes
    }

    private mutating func remove(_ place: Int32) {
        let old = places[Int(place)]
        guard let entry = old.entry else { return }
        unlink(place)
        index[old.key] = nil
        bytes -= RecentlyUsed.cost(old.key, entry)
        places[Int(place)] = Place(key: "", entry: nil, before: 0, after: 0)
        free.append(place)
    }

    private mutating func unlink(_ place: Int32) {
        let (before, after) = (places[Int(place)].before, places[Int(place)].after)
        places[Int(before)].after = after
        places[Int(after)].before = before
    }

    /// Makes it the most recently used.
    private mutating func link(_ place: Int32) {
        let first = places[0].after
        places[Int(place)].before = 0
        places[Int(place)].after = first
        places[Int(first)].before = place
        places[0].after = place
    }
}
