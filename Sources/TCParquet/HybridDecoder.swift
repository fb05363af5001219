/// A page's codes in the RLE / bit-packed hybrid, read at any place: it remembers the run that it
/// is in, goes on from there, and starts anew for an earlier place. Bytes may be hostile; the
/// source has 8 bytes of slack.
struct HybridDecoder {
    private let source: UnsafePointer<UInt8>
    private let length: Int
    let width: Int
    private let count: Int

    private var next = 0
    /// The current run's values, numbered over the page.
    private var run = 0..<0
    private var isPacked = false
    private var value: UInt32 = 0
    private var data = 0

    /// `width` is 0 to 32; `count` values are expected.
    init(_ source: UnsafePointer<UInt8>, _ length: Int, width: Int, count: Int) {
        self.source = source
        self.length = length
        self.width = width
        self.count = count
    }

    /// What stands at a place: one value repeated, or bit-packed values.
    enum Piece {
        case repeated(UInt32, Int)
        /// The run's bytes, the value's index in them, and how many follow.
        case packed(UnsafePointer<UInt8>, from: Int, count: Int)
    }

    /// Up to `wanted` values from place `from` on; nil where the bytes end or make no sense.
    mutating func piece(from: Int, wanted: Int) -> Piece? {
        if from < run.lowerBound {
            next = 0
            run = 0..<0
        }
        while from >= run.upperBound {
            guard advance() else { return nil }
        }
        let taken = min(wanted, run.upperBound - from)
        if isPacked {
            return .packed(source + data, from: from - run.lowerBound, count: taken)
        }
        return .repeated(value, taken)
    }

    private mutating func advance() -> Bool {
        let start = run.upperBound
        guard start < count else { return false }
        var input = VarintReader(source + next, length - next)
        guard let header = input.size(), header > 1 else { return false }
        data = next + input.position
        isPacked = header & 1 == 1
        if isPacked {
            let groups = header >> 1
            let taken = min(groups * 8, count - start)
            // Some writers cut the padding of the last group.
            guard (taken * width + 7) / 8 <= length - data else { return false }
            run = start..<start + taken
            next = min(data + groups * width, length)
        } else {
            let bytes = (width + 7) / 8
            guard bytes <= length - data else { return false }
            value = 0
            for byte in 0..<bytes { value |= UInt32(source[data + byte]) << UInt32(8 * byte) }
            run = start..<start + min(header >> 1, count - start)
            next = data + bytes
        }
        return true
    }

    /// Unpacks values of a packed piece.
    func unpack(
        _ bytes: UnsafePointer<UInt8>, from: Int, count: Int,
        into target: UnsafeMutablePointer<UInt32>
    ) {
        unpackCodes(bytes, from: from, count: count, width: width, into: target)
    }

    /// The width of a code that fills whole bytes, for direct reading.
    var byteWidth: Int { width == 8 ? 1 : width == 16 ? 2 : 0 }
}

/// Which rows of a page have a value: a bitmap with the count of values before each word, so that
/// a row's place among the values is found at once.
final class Presence {
    private let words = Scratch<UInt64>()
    private let before = Scratch<UInt32>()
    private(set) var presentCount = 0
    private var rowCount = 0

    /// Decodes definition levels of at most 1. Returns the bytes consumed, or nil where they are
    /// not the levels of `rows` rows.
    func decode(_ source: UnsafePointer<UInt8>, _ length: Int, rows: Int) -> Int? {
        rowCount = rows
        let wordCount = (rows + 63) / 64
        words.reserve(wordCount + 1)
        before.reserve(wordCount + 1)
        words.base.initialize(repeating: 0, count: wordCount + 1)
        var input = VarintReader(source, length)
        var row = 0
        while row < rows {
            guard let header = input.size(), header > 1 else { return nil }
            if header & 1 == 0 {
                guard input.position < length else { return nil }
                let level = source[input.position]
                input.position += 1
                guard level <= 1 else { return nil }
                let end = row + min(header >> 1, rows - row)
                if level == 1 { fill(row, end) }
                row = end
            } else {
                let needed = min(header >> 1, (rows - row + 7) / 8)
                guard needed <= length - input.position else { return nil }
                for byte in 0..<needed { place(source[input.position + byte], at: row + byte * 8) }
                input.position += min(header >> 1, length - input.position)
                row += min((header >> 1) * 8, rows - row)
            }
        }
        // Padding bits of the last group may be anything.
        if rows & 63 != 0 { words.base[rows >> 6] &= (1 << UInt64(rows & 63)) - 1 }
        presentCount = 0
        for word in 0..<wordCount {
            before.base[word] = UInt32(presentCount)
            presentCount += words.base[word].nonzeroBitCount
        }
        before.base[wordCount] = UInt32(presentCount)
        if rows & 63 == 0 { words.base[wordCount] = 0 }
        return input.position
    }

    private func fill(_ from: Int, _ to: Int) {
        var row = from
        while row < to {
            let end = min((row | 63) + 1, to)
            let bits = end - row
            let ones: UInt64 = bits == 64 ? .max : (1 << UInt64(bits)) - 1
            words.base[row >> 6] |= ones << UInt64(row & 63)
            row = end
        }
    }

    private func place(_ byte: UInt8, at row: Int) {
        let shift = UInt64(row & 63)
        words.base[row >> 6] |= UInt64(byte) << shift
        if shift > 56 { words.base[row >> 6 + 1] |= UInt64(byte) >> (64 - shift) }
    }

    /// How many rows before `row` have a value.
    @inline(__always)
    func rank(_ row: Int) -> Int {
        let below = words.base[row >> 6] & ((1 &<< UInt64(row & 63)) &- 1)
        return Int(before.base[row >> 6]) &+ below.nonzeroBitCount
    }

    /// The row that holds the value with this number, which must be below `presentCount`.
    func row(ofValue number: Int) -> Int {
        // The last word before which there are no more than `number` values.
        var low = 0
        var high = (rowCount + 63) / 64
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(before.base[middle]) <= number { low = middle } else { high = middle }
        }
        var word = words.base[low]
        for _ in Int(before.base[low])..<number { word &= word &- 1 }
        return low * 64 + word.trailingZeroBitCount
    }

    @inline(__always)
    func isPresent(_ row: Int) -> Bool { words.base[row >> 6] &>> UInt64(row & 63) & 1 == 1 }

    /// Spreads the values at the front of `target` to their rows, `absent` in the others. From the
    /// back, so that no value is overwritten before it has moved.
    func spread<T: BitwiseCopyable>(
        _ rows: Range<Int>, _ valueCount: Int, _ target: UnsafeMutablePointer<T>, absent: T
    ) {
        var left = valueCount
        var row = rows.count - 1
        while row >= 0 {
            // All that remain are present and in place.
            if left == row + 1 { return }
            let hasValue = isPresent(rows.lowerBound &+ row)
            left &-= hasValue ? 1 : 0
            target[row] = hasValue ? target[left] : absent
            row &-= 1
        }
    }
}
