import Glibc

/// The distinct strings of a column, numbered in order of first appearance; at most 65,536 entries
/// and 4 MiB, since a dictionary beyond that repeats too little to pay.
struct StringDictionary {
    static let limit = 1 << 16
    static let byteLimit = 4 << 20

    private(set) var bytes: [UInt8] = []
    private(set) var offsets: [UInt32] = [0]
    /// The entry's number plus one; 0 marks a free slot.
    private var slots = [UInt32](repeating: 0, count: 1 << 10)

    var count: Int { offsets.count - 1 }

    /// The string's number; nil where it is new and there is no room.
    mutating func number(of string: UnsafeBufferPointer<UInt8>) -> UInt16? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash(string)) & mask
        while slots[slot] != 0 {
            if equals(Int(slots[slot]) - 1, string) { return UInt16(slots[slot] - 1) }
            slot = (slot + 1) & mask
        }
        guard count < StringDictionary.limit,
            bytes.count + string.count <= StringDictionary.byteLimit
        else { return nil }
        bytes.append(contentsOf: string)
        offsets.append(UInt32(bytes.count))
        slots[slot] = UInt32(count)
        let number = UInt16(count - 1)
        if count * 2 > slots.count { grow() }
        return number
    }

    func entry(_ index: Int, in base: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: base + Int(offsets[index]), count: Int(offsets[index + 1] - offsets[index]))
    }

    private func equals(_ index: Int, _ string: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer {
            guard let base = $0.baseAddress, let other = string.baseAddress else {
                return offsets[index] == offsets[index + 1] && string.isEmpty
            }
            let own = entry(index, in: base)
            return own.count == string.count && memcmp(own.baseAddress!, other, own.count) == 0
        }
    }

    private mutating func grow() {
        var larger = [UInt32](repeating: 0, count: slots.count * 2)
        let mask = larger.count - 1
        bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<count {
                let start = Int(offsets[index])
                let end = Int(offsets[index + 1])
                var slot = Int(truncatingIfNeeded: hash(.init(rebasing: bytes[start..<end]))) & mask
                while larger[slot] != 0 { slot = (slot + 1) & mask }
                larger[slot] = UInt32(index + 1)
            }
        }
        slots = larger
    }

    /// Eight bytes a step; a weak hash costs time, never a wrong answer.
    private func hash(_ string: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard var next = string.baseAddress else { return 0 }
        var left = string.count
        var state = UInt64(left) &* 0x9E37_79B9_7F4A_7C15
        while left >= 8 {
            state = (state ^ next.load(0, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            state ^= state >> 29
            next += 8
            left -= 8
        }
        for index in 0..<left { state = (state ^ UInt64(next[index])) &* 0x100_0000_01B3 }
        return state ^ state >> 32
    }
}
