/// How often each value occurred: what exact percentiles need, in memory that grows with the number
/// of distinct values and not of rows. Signals have few: a speed in tenths of km/h some 2,000.
///
/// A hash table with linear probing over the values' bits; NaN, which is never a value, marks a
/// free slot.
struct ValueCounts {
    private var slots: [(key: UInt64, count: Int)] = []
    private(set) var distinct = 0
    private(set) var total = 0

    private static let free = Double.nan.bitPattern

    /// - Parameter value: not NaN.
    mutating func add(_ value: Double, times: Int = 1) {
        if distinct * 4 >= slots.count * 3 { grow() }
        // Adding 0 makes the two zeros one.
        let key = (value + 0).bitPattern
        let slot = ValueCounts.find(key, in: slots)
        if slots[slot].key == ValueCounts.free {
            slots[slot].key = key
            distinct += 1
        }
        slots[slot].count += times
        total += times
    }

    mutating func merge(_ other: ValueCounts) {
        for slot in other.slots where slot.key != ValueCounts.free {
            add(Double(bitPattern: slot.key), times: slot.count)
        }
    }

    mutating func reset() {
        guard total > 0 else { return }
        for index in slots.indices { slots[index] = (ValueCounts.free, 0) }
        distinct = 0
        total = 0
    }

    /// The values with their counts, ascending.
    func sorted() -> [(value: Double, count: Int)] {
        slots.filter { $0.key != ValueCounts.free }
            .map { (value: Double(bitPattern: $0.key), count: $0.count) }
            .sorted { $0.value < $1.value }
    }

    /// The smallest value that at least `percent` of all are not above (nearest rank), so always
    /// one that was measured. Nil where there is none.
    static func percentile(_ percent: Int, of sorted: [(value: Double, count: Int)]) -> Double? {
        let total = sorted.reduce(0) { $0 + $1.count }
        let rank = max(1, (total * percent + 99) / 100)
        var seen = 0
        for (value, count) in sorted {
            seen += count
            if seen >= rank { return value }
        }
        return nil
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: (ValueCounts.free, 0), count: max(16, old.count * 2))
        for entry in old where entry.key != ValueCounts.free {
            slots[ValueCounts.find(entry.key, in: slots)] = entry
        }
    }

    /// The slot that holds `key`, or the free one where it belongs.
    @inline(__always)
    private static func find(_ key: UInt64, in slots: [(key: UInt64, count: Int)]) -> Int {
        let mask = slots.count - 1
        // Decimal fractions differ in their high bits, so these are folded down (Fibonacci
        // hashing).
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot].key != key, slots[slot].key != free { slot = (slot + 1) & mask }
        return slot
    }
}
