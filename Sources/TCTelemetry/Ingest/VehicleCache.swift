/// One parser's own view of the vehicle table: a hash table from id to code, without a lock.
///
/// Open addressing with linear probing; a slot holds the upper half of the id's hash and its code
/// plus one. The id itself stands in the shared table and is always compared, so that a hash that
/// collides, by chance or on purpose, costs time and never mixes two vehicles.
struct VehicleCache: ~Copyable {
    private let table: VehicleTable
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask: Int
    private var count = 0

    init(table: VehicleTable) {
        self.table = table
        mask = (1 << 12) - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit { slots.deallocate() }

    /// The code of the id of `length` bytes (at most 64) at `p`, or nil where this parser has not
    /// met it. Whatever is found is a valid id, so the caller need not check its bytes.
    @inline(__always)
    func find(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
        let hash = VehicleCache.hash(p, length)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { return nil }
            if entry >> 32 == hash >> 32 {
                let code = UInt32(truncatingIfNeeded: entry) &- 1
                if matches(code, p, length) { return code }
            }
            slot = (slot + 1) & mask
        }
    }

    /// Takes in a checked id that `find` did not know.
    mutating func insert(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        if count * 2 > mask { grow() }
        var key = VehicleKey(words: InlineArray(repeating: 0))
        for i in 0..<8 where i * 8 < length {
            key.words[i] = load(p + i * 8) & lowBytes(min(8, length - i * 8))
        }
        let hash = VehicleCache.hash(p, length)
        let code = table.code(of: key, hash: hash)
        put(hash, code)
        count += 1
        return code
    }

    /// Forgets all ids, as the table has.
    mutating func removeAll() {
        slots.update(repeating: 0, count: mask + 1)
        count = 0
    }

    private func put(_ hash: UInt64, _ code: UInt32) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = (hash & 0xffff_ffff_0000_0000) | UInt64(code + 1)
    }

    private mutating func grow() {
        let old = slots
        let oldCount = mask + 1
        mask = oldCount * 2 - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for i in 0..<oldCount where old[i] != 0 {
            let id = table.id(UInt32(truncatingIfNeeded: old[i]) &- 1)
            put(
                VehicleCache.hash(id.baseAddress!, id.count),
                UInt32(truncatingIfNeeded: old[i]) &- 1)
        }
        old.deallocate()
    }

    @inline(__always)
    private func matches(_ code: UInt32, _ p: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let id = table.ids + Int(code) * VehicleTable.stride
        // A NUL at the end would look like padding; ids in the table have none.
        var difference: UInt64 = p[length &- 1] == 0 ? 1 : 0
        var at = 0
        while at + 8 <= length {
            difference |= load(id + at) ^ load(p + at)
            at += 8
        }
        // The word that holds the end also proves that the id in the table ends there.
        if at < VehicleTable.stride {
            difference |= load(id + at) ^ (load(p + at) & lowBytes(length - at))
        }
        return difference == 0
    }

    /// The hash of an id of `length` bytes (at most 64) at `p`, of which eight more can be read.
    @inline(__always)
    static func hash(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
        var hash = UInt64(length) &* multiplier
        var at = 0
        while at + 8 <= length {
            hash = (hash ^ load(p + at)) &* multiplier
            hash ^= hash &>> 32
            at += 8
        }
        hash = (hash ^ (load(p + at) & lowBytes(length - at))) &* multiplier
        return hash ^ hash &>> 29
    }
}
