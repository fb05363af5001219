// The RLE / bit-packed hybrid: a run of one value is `length << 1` and the value in whole bytes; a
// bit-packed run is `groups << 1 | 1` and eight values a group. Only the last group may be padded.

/// Definition levels (1 present, 0 null) of `rows` rows from a bitmap. Writes at most
/// `levelBound(rows)` bytes and returns the length.
func encodeLevels(
    _ validity: UnsafePointer<UInt64>, _ rows: Int, into target: UnsafeMutablePointer<UInt8>
) -> Int {
    /// Shorter runs are cheaper as bits.
    let worthwhile = 40
    var length = 0
    var packedFrom = 0
    var row = 0
    while row < rows {
        let run = runLength(validity, from: row, to: rows)
        let padding = (packedFrom - row) & 7
        if run - padding < worthwhile && !(packedFrom == row && run == rows - row) {
            row += run
            continue
        }
        length += packLevels(validity, packedFrom, row + padding, target + length)
        length += target.storeVarint(UInt64(run - padding) << 1, length)
        target[length] = UInt8(validity[row >> 6] >> UInt64(row & 63) & 1)
        length += 1
        row += run
        packedFrom = row
    }
    return length + packLevels(validity, packedFrom, rows, target + length)
}

/// The most bytes that the levels of `rows` rows can take, slack included.
func levelBound(_ rows: Int) -> Int { rows / 2 + 64 }

/// How many rows from `from` on have the same bit.
private func runLength(_ words: UnsafePointer<UInt64>, from: Int, to: Int) -> Int {
    let flip: UInt64 = words[from >> 6] >> UInt64(from & 63) & 1 == 1 ? .max : 0
    var row = from
    while row < to {
        let differing = (words[row >> 6] ^ flip) >> UInt64(row & 63)
        if differing != 0 { return min(row + differing.trailingZeroBitCount, to) - from }
        row = (row | 63) + 1
    }
    return to - from
}

private func packLevels(
    _ words: UnsafePointer<UInt64>, _ from: Int, _ to: Int, _ target: UnsafeMutablePointer<UInt8>
) -> Int {
    if from >= to { return 0 }
    let groups = (to - from + 7) / 8
    let header = target.storeVarint(UInt64(groups) << 1 | 1, 0)
    for group in 0..<groups {
        let row = from + group * 8
        let shift = UInt64(row & 63)
        var bits = words[row >> 6] >> shift
        if shift > 56 && (row >> 6) < (to - 1) >> 6 { bits |= words[row >> 6 + 1] << (64 - shift) }
        // Rows beyond the last are padding.
        if to - row < 8 { bits &= (1 << UInt64(to - row)) - 1 }
        target[header + group] = UInt8(truncatingIfNeeded: bits)
    }
    return header + groups
}

/// A page's codes as one bit-packed run, or as one repeated value where all are alike. Codes and
/// target have 8 elements of slack. Returns the length.
///
/// One run keeps random access within a page O(1), and zstd shortens repetitions as well as short
/// runs would.
func encodeCodes(
    _ codes: UnsafeMutablePointer<UInt16>, _ count: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
) -> Int {
    target[0] = UInt8(width)
    if count == 0 { return 1 }
    if codesAreAlike(codes, count) {
        let header = 1 + target.storeVarint(UInt64(count) << 1, 1)
        target.store(codes[0], header)
        return header + (width + 7) / 8
    }
    let padded = (count + 7) & ~7
    for index in count..<padded { codes[index] = 0 }
    let header = 1 + target.storeVarint(UInt64(padded / 8) << 1 | 1, 1)
    let out = target + header
    switch width {
    case 8:
        for index in 0..<padded { out[index] = UInt8(truncatingIfNeeded: codes[index]) }
        return header + padded
    case 16:
        UnsafeMutableRawPointer(out).copyMemory(from: codes, byteCount: padded * 2)
        return header + padded * 2
    default:
        return header + packCodes(codes, padded, width: width, into: out)
    }
}

private func codesAreAlike(_ codes: UnsafePointer<UInt16>, _ count: Int) -> Bool {
    let first = codes[0]
    // Most pages differ within the first values, so this rarely reads them all.
    for index in 1..<max(count, 1) where codes[index] != first { return false }
    return true
}

/// Codes that come in runs (a sorted column's) as a mixture of runs and bit-packed groups. `width`
/// is 8, 16, 24 or 32. Codes have 8 elements of slack; writes at most `runBound` bytes.
func encodeRuns(
    _ codes: UnsafeMutablePointer<UInt32>, _ count: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
) -> Int {
    target[0] = UInt8(width)
    var length = 1
    var packedFrom = 0
    var row = 0
    while row < count {
        var end = row + 1
        while end < count && codes[end] == codes[row] { end += 1 }
        let padding = (packedFrom - row) & 7
        if end - row - padding >= 8 {
            length += packRun(codes, packedFrom, row + padding, width, target + length)
            length += target.storeVarint(UInt64(end - row - padding) << 1, length)
            target.store(codes[row], length)
            length += width / 8
            packedFrom = end
        }
        row = end
    }
    for index in count..<(count + 8) { codes[index] = 0 }
    return length + packRun(codes, packedFrom, count, width, target + length)
}

/// The most bytes that `encodeRuns` can write, slack included.
func runBound(_ count: Int) -> Int { count * 5 + 64 }

private func packRun(
    _ codes: UnsafePointer<UInt32>, _ from: Int, _ to: Int, _ width: Int,
    _ target: UnsafeMutablePointer<UInt8>
) -> Int {
    if from >= to { return 0 }
    let groups = (to - from + 7) / 8
    var length = target.storeVarint(UInt64(groups) << 1 | 1, 0)
    for index in from..<from + groups * 8 {
        // Writes a whole word and moves on by the width; the next value overwrites the rest.
        target.store(codes[index], length)
        length += width / 8
    }
    return length
}
