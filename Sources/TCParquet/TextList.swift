/// Strings that lie in one block of bytes: a dictionary's entries, or a page's values.
struct TextList {
    /// A dictionary's bytes must outlive the page that they were read with, so they are copied.
    private let bytes = Scratch<UInt8>()
    private let offsets = Scratch<UInt32>()
    private(set) var count = 0

    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(offsets.base[index])
        return UnsafeBufferPointer(
            start: UnsafePointer(bytes.base) + start, count: Int(offsets.base[index + 1]) - start)
    }

    /// PLAIN: each string after its length in four bytes. False where they do not fit the bytes.
    mutating func parsePlain(
        _ source: UnsafePointer<UInt8>, _ length: Int, count: Int, isExact: Bool
    ) -> Bool {
        guard count <= length / 4 else { return false }
        bytes.reserve(length - count * 4)
        offsets.reserve(count + 1)
        var from = 0
        var to = 0
        for index in 0..<count {
            offsets.base[index] = UInt32(to)
            guard length - from >= 4 else { return false }
            let size = Int(source.load(from, as: UInt32.self))
            from += 4
            guard size <= length - from else { return false }
            (bytes.base + to).update(from: source + from, count: size)
            from += size
            to += size
        }
        offsets.base[count] = UInt32(to)
        self.count = count
        return from == length || !isExact
    }

    /// DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. `scratch` holds `count` lengths.
    mutating func parseDeltaLength(
        _ source: UnsafePointer<UInt8>, _ length: Int, count: Int,
        scratch: UnsafeMutablePointer<Int64>
    ) -> Bool {
        guard let start = DeltaDecoder.decode(source, length, count: count, into: scratch) else {
            return false
        }
        offsets.reserve(count + 1)
        var end = 0
        for index in 0..<count {
            offsets.base[index] = UInt32(end)
            guard scratch[index] >= 0, scratch[index] <= length - start - end else { return false }
            end += Int(scratch[index])
        }
        offsets.base[count] = UInt32(end)
        bytes.reserve(end)
        bytes.base.update(from: source + start, count: end)
        self.count = count
        return true
    }
}
