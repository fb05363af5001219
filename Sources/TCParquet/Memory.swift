/// A block of uninitialised memory that its owner reuses page after page, so that no page costs an
/// allocation. Contents do not survive `reserve`.
///
/// `slack` bytes beyond the capacity are readable and writable, so that word-at-a-time loops may
/// touch the word that holds the last value.
final class Scratch<Element: BitwiseCopyable> {
    static var slack: Int { 32 }

    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int

    init(_ capacity: Int = 0) {
        self.capacity = capacity
        base = Scratch.allocate(capacity)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// Makes room for `count` elements; `base` may change.
    @inline(__always)
    func reserve(_ count: Int) {
        if count > capacity { grow(to: count) }
    }

    /// Lets go of what an uncommonly large page has taken, so that it is not kept for ever.
    func trim() {
        if capacity * MemoryLayout<Element>.stride > Scratch.keptBytes { replace(capacity: 0) }
    }

    private static var keptBytes: Int { 4 << 20 }

    private func grow(to count: Int) { replace(capacity: max(count, capacity + capacity / 2)) }

    private func replace(capacity: Int) {
        UnsafeMutableRawPointer(base).deallocate()
        self.capacity = capacity
        base = Scratch.allocate(capacity)
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        let bytes = capacity * MemoryLayout<Element>.stride + slack
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
        // The slack is read, never used; zeros keep memory checkers quiet.
        (raw + capacity * MemoryLayout<Element>.stride).initializeMemory(
            as: UInt8.self, repeating: 0, count: slack)
        return raw.bindMemory(to: Element.self, capacity: capacity)
    }
}

extension UnsafePointer<UInt8> {
    /// The little-endian integer at this place, wherever it lies.
    @inline(__always)
    func load<T: FixedWidthInteger>(_ offset: Int, as type: T.Type) -> T {
        T(littleEndian: UnsafeRawPointer(self + offset).loadUnaligned(as: T.self))
    }
}

extension UnsafeMutablePointer<UInt8> {
    @inline(__always)
    func store<T: FixedWidthInteger>(_ value: T, _ offset: Int) {
        UnsafeMutableRawPointer(self + offset).storeBytes(of: value.littleEndian, as: T.self)
    }

    /// Writes a ULEB128 number and returns its length, at most 10.
    @inline(__always)
    func storeVarint(_ value: UInt64, _ offset: Int) -> Int {
        var rest = value
        var length = 0
        while rest >= 0x80 {
            self[offset + length] = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            length += 1
        }
        self[offset + length] = UInt8(truncatingIfNeeded: rest)
        return length + 1
    }
}

extension Int64 {
    /// Small magnitudes to small numbers, as thrift and DELTA_BINARY_PACKED encode signed values.
    var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }

    init(zigzag value: UInt64) {
        self = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}

extension [UInt8] {
    mutating func append(_ start: UnsafePointer<UInt8>, _ count: Int) {
        append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    }
}
