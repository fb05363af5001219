/// Bytes of finished lines, growing as a burst of late messages asks for it. It owns its memory;
/// the writer borrows it between generation and reuse.
final class LineBuffer {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    func removeAll() { count = 0 }

    /// Makes room for `more` bytes after those there are.
    @inline(__always)
    func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    /// Lets `body` write at the end, into room that was reserved.
    @inline(__always)
    func append(_ body: (inout LineCursor) -> Void) {
        var cursor = LineCursor(at: base + count)
        body(&cursor)
        count = cursor.at - base
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        (base + count).update(from: bytes.baseAddress!, count: bytes.count)
        count += bytes.count
    }

    func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    /// Appends a copy of the buffer's own bytes in `range`.
    func repeatBytes(_ range: Range<Int>) {
        reserve(range.count)
        (base + count).update(from: base + range.lowerBound, count: range.count)
        count += range.count
    }

    /// Moves the bytes from `last` to the end before those from `first` to `last`.
    func moveToFront(last: Int, first: Int) {
        let size = count - last
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { copy in
            copy.baseAddress!.update(from: base + last, count: size)
            (base + first + size).update(from: base + first, count: last - first)
            (base + first).update(from: copy.baseAddress!, count: size)
        }
    }

    private func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        fresh.update(from: base, count: count)
        base.deallocate()
        base = fresh
        capacity = larger
    }
}

/// Writes text at a place in memory whose room the caller has made sure of.
struct LineCursor {
    var at: UnsafeMutablePointer<UInt8>

    /// Two digits for each number below 100.
    private static let pairs: StaticString = """
        00010203040506070809101112131415161718192021222324252627282930313233343536373839\
        40414243444546474849505152535455565758596061626364656667686970717273747576777879\
        8081828384858687888990919293949596979899
        """

    @inline(__always)
    mutating func text(_ text: StaticString) {
        at.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        at += text.utf8CodeUnitCount
    }

    @inline(__always)
    mutating func pair(_ value: UInt64) {
        UnsafeMutableRawPointer(at).copyMemory(
            from: LineCursor.pairs.utf8Start + Int(truncatingIfNeeded: value) * 2, byteCount: 2)
        at += 2
    }

    @inline(__always)
    mutating func byte(_ byte: UInt8) {
        at.pointee = byte
        at += 1
    }

    /// A number below 10⁹ without leading zeros.
    @inline(__always)
    mutating func whole(_ value: UInt64) {
        if value < 10 {
            byte(48 + UInt8(truncatingIfNeeded: value))
        } else if value < 100 {
            pair(value)
        } else if value < 1000 {
            byte(48 + UInt8(truncatingIfNeeded: value / 100))
            pair(value % 100)
        } else if value < 10_000 {
            pair(value / 100)
            pair(value % 100)
        } else {
            whole(longer: value)
        }
    }

    private mutating func whole(longer value: UInt64) {
        whole(value / 10_000)
        pair(value / 100 % 100)
        pair(value % 100)
    }

    @inline(__always)
    private mutating func sign(_ value: Int64) -> UInt64 {
        at.pointee = UInt8(ascii: "-")
        at += value < 0 ? 1 : 0
        return value.magnitude
    }

    /// `value` / 10 with one decimal.
    @inline(__always)
    mutating func tenths(_ value: Int64) {
        let size = sign(value)
        whole(size / 10)
        byte(UInt8(ascii: "."))
        byte(48 + UInt8(truncatingIfNeeded: size % 10))
    }

    /// `value` / 100 with two decimals.
    @inline(__always)
    mutating func hundredths(_ value: Int64) {
        let size = sign(value)
        whole(size / 100)
        byte(UInt8(ascii: "."))
        pair(size % 100)
    }

    /// `value` / 1,000,000 with six decimals.
    @inline(__always)
    mutating func millionths(_ value: Int64) {
        let size = sign(value)
        whole(size / 1_000_000)
        byte(UInt8(ascii: "."))
        let fraction = size % 1_000_000
        pair(fraction / 10_000)
        pair(fraction / 100 % 100)
        pair(fraction % 100)
    }

    /// Epoch milliseconds from 1970 to 2100.
    @inline(__always)
    mutating func time(_ milliseconds: Int64) {
        let value = UInt64(milliseconds)
        guard value >= 1_000_000_000_000 else { return time(early: value) }
        let (high, low) = (value / 100_000_000, value % 100_000_000)
        whole(high)
        pair(low / 1_000_000)
        pair(low / 10_000 % 100)
        pair(low / 100 % 100)
        pair(low % 100)
    }

    /// Times before September 2001 have fewer digits.
    private mutating func time(early value: UInt64) {
        let (high, low) = (value / 1_000_000, value % 1_000_000)
        if high == 0 { return whole(low) }
        whole(high)
        pair(low / 10_000)
        pair(low / 100 % 100)
        pair(low % 100)
    }
}
