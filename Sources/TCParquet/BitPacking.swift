// Parquet packs values of `width` bits from the least significant bit of each byte on. Both loops
// work on 64-bit words; widths beyond 32 occur only in DELTA_BINARY_PACKED.

/// Packs `count` values of `width` bits (0 to 64). Writes `(count * width + 7) / 8` bytes rounded
/// up to whole 8-byte words, so the target has 8 bytes of slack. Returns the bytes that count.
func packBits(
    _ values: UnsafePointer<UInt64>, _ count: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
) -> Int {
    if width == 0 { return 0 }
    var accumulator: UInt64 = 0
    var filled = 0
    var offset = 0
    for index in 0..<count {
        let value = values[index]
        accumulator |= value << UInt64(filled)
        filled += width
        if filled >= 64 {
            target.store(accumulator, offset)
            offset += 8
            filled -= 64
            // The part of the value that did not fit; a shift by 64 gives 0 in Swift.
            accumulator = value >> UInt64(width - filled)
        }
    }
    if filled > 0 { target.store(accumulator, offset) }
    return (count * width + 7) / 8
}

/// Packs codes of at most 16 bits; as `packBits`.
func packCodes(
    _ codes: UnsafePointer<UInt16>, _ count: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
) -> Int {
    var accumulator: UInt64 = 0
    var filled: UInt64 = 0
    var offset = 0
    let width = UInt64(width)
    for index in 0..<count {
        let value = UInt64(codes[index])
        accumulator |= value &<< filled
        filled &+= width
        if filled >= 64 {
            target.store(accumulator, offset)
            offset += 8
            filled &-= 64
            accumulator = value &>> (width &- filled)
        }
    }
    target.store(accumulator, offset)
    return (count * Int(width) + 7) / 8
}

/// Unpacks values `from ..< from + count` of a bit-packed run of at most 32 bits each. Reads whole
/// 8-byte words, so the source has 8 bytes of slack.
func unpackCodes(
    _ source: UnsafePointer<UInt8>, from: Int, count: Int, width: Int,
    into target: UnsafeMutablePointer<UInt32>
) {
    switch width {
    case 8:
        for index in 0..<count { target[index] = UInt32(source[from &+ index]) }
    case 16:
        let start = source + from * 2
        for index in 0..<count {
            target[index] = UInt32(start.load(index &* 2, as: UInt16.self))
        }
    default:
        let mask: UInt64 = (1 << UInt64(width)) - 1
        var bit = from * width
        for index in 0..<count {
            let word = source.load(bit &>> 3, as: UInt64.self)
            target[index] = UInt32(truncatingIfNeeded: word &>> UInt64(bit & 7) & mask)
            bit &+= width
        }
    }
}

/// Unpacks `count` values of `width` bits (1 to 64). Reads up to 16 bytes beyond the last value.
func unpackBits(
    _ source: UnsafePointer<UInt8>, count: Int, width: Int,
    into target: UnsafeMutablePointer<UInt64>
) {
    switch width {
    case 8:
        for index in 0..<count { target[index] = UInt64(source[index]) }
    case 64:
        for index in 0..<count { target[index] = source.load(index &* 8, as: UInt64.self) }
    case ..<57:
        let mask: UInt64 = (1 << UInt64(width)) - 1
        var bit = 0
        for index in 0..<count {
            let word = source.load(bit &>> 3, as: UInt64.self)
            target[index] = word &>> UInt64(bit & 7) & mask
            bit &+= width
        }
    default:
        let mask: UInt64 = (1 << UInt64(width)) - 1
        var bit = 0
        for index in 0..<count {
            let shift = UInt64(bit & 7)
            let low = source.load(bit &>> 3, as: UInt64.self) &>> shift
            let high = UInt64(source[bit &>> 3 &+ 8])
            // Two shifts, since a shift by 64 would wrap to none.
            target[index] = (low | (high &<< 1) &<< (63 &- shift)) & mask
            bit &+= width
        }
    }
}

/// The bits that hold `value`: 0 for 0.
@inline(__always)
func bitWidth(_ value: UInt64) -> Int { 64 - value.leadingZeroBitCount }
