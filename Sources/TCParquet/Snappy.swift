/// Decompresses Snappy's raw format, which most other writers of Parquet choose by default.
///
/// Source: google/snappy, format_description.txt. Plain byte loops: only files from elsewhere need
/// it.
enum Snappy {
    /// Whether the bytes decompress to exactly `length` bytes, which `target` then holds.
    static func decompress(
        _ source: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<UInt8>,
        length: Int
    ) -> Bool {
        var input = VarintReader(source, count)
        guard input.size() == length else { return false }
        var next = input.position
        var done = 0
        while next < count {
            let tag = source[next]
            next += 1
            if tag & 3 == 0 {
                var size = Int(tag >> 2)
                // Lengths of 61 bytes and more follow in one to four bytes.
                let extra = max(size - 59, 0)
                guard extra <= count - next else { return false }
                if extra > 0 { size = littleEndian(source + next, extra) }
                next += extra
                size += 1
                guard size <= count - next, size <= length - done else { return false }
                (target + done).update(from: source + next, count: size)
                next += size
                done += size
            } else {
                let bytes = [0, 1, 2, 4][Int(tag & 3)]
                guard bytes <= count - next else { return false }
                var offset = littleEndian(source + next, bytes)
                var size = Int(tag >> 2) + 1
                if bytes == 1 {
                    offset |= Int(tag >> 5) << 8
                    size = Int(tag >> 2 & 7) + 4
                }
                next += bytes
                guard offset > 0, offset <= done, size <= length - done else { return false }
                // Byte by byte, since a copy may overlap what it writes.
                for index in done..<done + size { target[index] = target[index - offset] }
                done += size
            }
        }
        return done == length
    }

    private static func littleEndian(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var value = 0
        for index in 0..<count { value |= Int(bytes[index]) << (8 * index) }
        return value
    }
}
