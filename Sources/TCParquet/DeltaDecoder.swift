/// Decodes DELTA_BINARY_PACKED from bytes that may be hostile.
enum DeltaDecoder {
    /// Decodes exactly `count` values into `target`. Returns the bytes consumed, or nil where the
    /// bytes are not a well-formed encoding of that many values. The source has 16 bytes of slack.
    static func decode(
        _ source: UnsafePointer<UInt8>, _ length: Int, count: Int,
        into target: UnsafeMutablePointer<Int64>
    ) -> Int? {
        var input = VarintReader(source, length)
        guard let blockSize = input.size(), let miniblocks = input.size(),
            let total = input.size(), let first = input.next(), total == count,
            blockSize > 0, blockSize <= 1 << 20, blockSize % 128 == 0,
            miniblocks > 0, blockSize % miniblocks == 0, (blockSize / miniblocks) % 32 == 0
        else { return nil }
        if count == 0 { return input.position }
        let miniblockSize = blockSize / miniblocks
        var value = Int64(zigzag: first)
        target[0] = value
        var done = 1
        while done < count {
            guard let zigzag = input.next() else { return nil }
            let minimum = Int64(zigzag: zigzag)
            let widths = input.position
            guard miniblocks <= length - widths else { return nil }
            input.position += miniblocks
            for miniblock in 0..<miniblocks {
                // Widths of miniblocks beyond the last value are arbitrary and have no bytes.
                if done == count { break }
                let width = Int(source[widths + miniblock])
                let bytes = miniblockSize / 8 * width
                let take = min(miniblockSize, count - done)
                guard width <= 64 else { return nil }
                // Some writers cut the padding of the very last miniblock.
                let needed = done + take == count ? (take * width + 7) / 8 : bytes
                guard needed <= length - input.position else { return nil }
                if width == 0 {
                    for index in done..<done + take {
                        value &+= minimum
                        target[index] = value
                    }
                } else {
                    value = decode(
                        source + input.position, width, take, minimum, value, target + done)
                }
                input.position += min(bytes, length - input.position)
                done += take
            }
        }
        return input.position
    }

    /// Unpacks in place, then sums; returns the last value.
    @inline(__always)
    private static func decode(
        _ source: UnsafePointer<UInt8>, _ width: Int, _ count: Int, _ minimum: Int64,
        _ previous: Int64, _ target: UnsafeMutablePointer<Int64>
    ) -> Int64 {
        var value = previous
        if width == 8 {
            for index in 0..<count {
                value &+= minimum &+ Int64(source[index])
                target[index] = value
            }
            return value
        }
        target.withMemoryRebound(to: UInt64.self, capacity: count) {
            unpackBits(source, count: count, width: width, into: $0)
        }
        for index in 0..<count {
            value &+= minimum &+ target[index]
            target[index] = value
        }
        return value
    }
}

/// Reads ULEB128 numbers with every byte checked.
struct VarintReader {
    private let base: UnsafePointer<UInt8>
    private let end: Int
    var position = 0

    init(_ base: UnsafePointer<UInt8>, _ length: Int) {
        self.base = base
        end = length
    }

    mutating func next() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
            let byte = base[position]
            position += 1
            guard shift < 63 || (shift == 63 && byte <= 1) else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    /// A number that is a size: at most 2^31.
    mutating func size() -> Int? {
        guard let value = next(), value <= 1 << 31 else { return nil }
        return Int(value)
    }
}
