/// The distinct values of a column of doubles, numbered in order of first appearance: an
/// open-addressing hash table over the bits, so that -0.0 and 0.0 stay two values.
///
/// At most 65,536 entries, since codes of more than 16 bits are never smaller than
/// BYTE_STREAM_SPLIT on real signals.
final class DoubleDictionary {
    static let limit = 1 << 16

    private struct Slot: BitwiseCopyable {
        var bits: UInt64
        /// The entry's number plus one; 0 marks a free slot.
        var number: UInt32
    }

    private(set) var count = 0
    /// The values in the order of their numbers.
    let entries = Scratch<UInt64>(DoubleDictionary.limit)
    private let slots = Scratch<Slot>(DoubleDictionary.limit * 2)
    private var slotBits = 10

    func removeAll() {
        count = 0
        slotBits = 10
        clearSlots()
    }

    private func clearSlots() {
        slots.base.initialize(repeating: Slot(bits: 0, number: 0), count: 1 << slotBits)
    }

    /// Writes the number of each value; false, with some of the codes unwritten, once there are
    /// more than `limit` distinct values.
    func add(
        _ values: UnsafePointer<UInt64>, _ valueCount: Int, codes: UnsafeMutablePointer<UInt16>
    ) -> Bool {
        var done = 0
        while done < valueCount {
            done += addWhileRoom(values + done, valueCount - done, codes + done)
            if done == valueCount { return true }
            // The table is half full, or the dictionary is.
            if count == DoubleDictionary.limit { return false }
            grow()
        }
        return true
    }

    /// Returns how many values were numbered before the table needed more room.
    private func addWhileRoom(
        _ values: UnsafePointer<UInt64>, _ valueCount: Int, _ codes: UnsafeMutablePointer<UInt16>
    ) -> Int {
        let slots = self.slots.base
        let entries = self.entries.base
        let shift = UInt64(64 - slotBits)
        let mask = 1 << slotBits - 1
        let room = min(1 << slotBits / 2, DoubleDictionary.limit)
        var count = self.count
        defer { self.count = count }
        // Neighbouring rows are one vehicle's, so a signal often repeats its last value.
        var previous: UInt64 = 0
        var previousCode: UInt16 = 0
        var hasPrevious = false
        for index in 0..<valueCount {
            let bits = values[index]
            if hasPrevious && bits == previous {
                codes[index] = previousCode
                continue
            }
            // Fibonacci hashing after folding the high half in: decimal fractions differ in both.
            let folded = (bits ^ bits >> 32) &* 0x9E37_79B9_7F4A_7C15
            var slot = Int(truncatingIfNeeded: folded &>> shift)
            while slots[slot].number != 0 && slots[slot].bits != bits { slot = (slot + 1) & mask }
            if slots[slot].number == 0 {
                if count == room { return index }
                entries[count] = bits
                count += 1
                slots[slot] = Slot(bits: bits, number: UInt32(truncatingIfNeeded: count))
            }
            previous = bits
            previousCode = UInt16(truncatingIfNeeded: slots[slot].number &- 1)
            hasPrevious = true
            codes[index] = previousCode
        }
        return valueCount
    }

    private func grow() {
        slotBits += 1
        clearSlots()
        let shift = UInt64(64 - slotBits)
        let mask = 1 << slotBits - 1
        for index in 0..<count {
            let bits = entries.base[index]
            let folded = (bits ^ bits >> 32) &* 0x9E37_79B9_7F4A_7C15
            var slot = Int(truncatingIfNeeded: folded &>> shift)
            while slots.base[slot].number != 0 { slot = (slot + 1) & mask }
            slots.base[slot] = Slot(bits: bits, number: UInt32(index + 1))
        }
    }
}
