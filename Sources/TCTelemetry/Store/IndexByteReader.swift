/// Reads the bytes of an index, LEB128 numbers most of them; nil at the end and for what is none.
struct IndexByteReader: BitwiseCopyable {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte to read.
    private var at: Int

    /// The bytes are borrowed and must outlive this.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        at = 0
    }

    var isAtEnd: Bool { at == bytes.count }

    /// The next `count` bytes, 1 or more; nil where there are not so many.
    @inline(__always)
    mutating func bytes(_ count: Int) -> UnsafePointer<UInt8>? {
        guard count <= bytes.count - at else { return nil }
        at += count
        return bytes.baseAddress! + (at - count)
    }

    @inline(__always)
    mutating func next() -> UInt64? {
        guard at < bytes.count else { return nil }
        let byte = bytes[at]
        guard byte >= 0x80 else {
            at += 1
            return UInt64(byte)
        }
        return nextLong()
    }

    /// A number of two bytes or more.
    private mutating func nextLong() -> UInt64? {
        var place = at
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                at = place
                return value
            }
            shift += 7
        }
        return nil
    }

    /// A number that is small enough to count or to stand for a place.
    @inline(__always)
    mutating func size() -> Int? {
        guard let value = next(), value <= UInt64(UInt32.max) else { return nil }
        return Int(value)
    }

    /// The number that was written as a zigzag.
    @inline(__always)
    static func signed(_ zigzag: UInt64) -> Int64 {
        Int64(bitPattern: zigzag >> 1 ^ (0 &- (zigzag & 1)))
    }
}
