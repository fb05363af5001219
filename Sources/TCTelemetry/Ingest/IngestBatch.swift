/// The rows of one batch in memory, column by column, before they are sorted and encoded.
///
/// A row's number is its line's place in the batch, so that row order is line order whichever
/// thread parsed what; a line that is blank or rejected leaves a hole, marked by `noVehicle`.
/// Columns are reserved as address space and touched only where values are.
///
/// `@unchecked Sendable`: each phase of ingest gives every thread its own rows (while parsing) or
/// its own vehicles or columns (afterwards), and the phases are separated by joining the threads.
final class IngestBatch: @unchecked Sendable {
    /// In `codes`: this row is a hole.
    static let noVehicle = UInt32.max
    /// Each column begins at another place in its page: row `r` of every column would otherwise fall
    /// in one set of the first-level cache, which has room for eight.
    private static let stagger = 320

    /// Rows that fit.
    let capacity: Int
    let ts: UnsafeMutablePointer<Int64>
    let codes: UnsafeMutablePointer<UInt32>
    /// Sixteen columns, `numberStride` elements apart.
    let numbers: UnsafeMutablePointer<Double>
    let numberStride: Int
    /// Three columns, `wordStride` bytes apart.
    let wordCodes: UnsafeMutablePointer<UInt8>
    let wordStride: Int
    /// The address of each row's `extra` in an arena (see `ExtraArena`), or 0.
    let extras: UnsafeMutablePointer<UInt>

    /// The columns (a bit for each field) in which any row has a value, once parsing has ended.
    var columns: UInt32 = 0
    /// What was parsed, in no particular order.
    var chunks: [ParsedChunk] = []

    init(capacity: Int) {
        self.capacity = capacity
        numberStride = (capacity + 511) / 512 * 512 + IngestBatch.stagger / 8
        wordStride = (capacity + 4095) / 4096 * 4096 + IngestBatch.stagger
        ts = reserve(Int64.self, count: capacity)
        codes = reserve(UInt32.self, count: capacity)
        numbers = reserve(Double.self, count: numberStride * Signal.count)
        wordCodes = reserve(UInt8.self, count: wordStride * EnumSignal.count)
        extras = reserve(UInt.self, count: capacity)
    }

    deinit {
        release(ts, count: capacity)
        release(codes, count: capacity)
        release(numbers, count: numberStride * Signal.count)
        release(wordCodes, count: wordStride * EnumSignal.count)
        release(extras, count: capacity)
    }

    /// Bytes that a row takes where the columns of `mask` have values, with its place in the order.
    static func bytesPerRow(_ mask: UInt32) -> Int {
        let words = (mask >> UInt32(Field.words)) & ((1 << UInt32(EnumSignal.count)) - 1)
        let numbers = mask & ((1 << UInt32(Field.words)) - 1)
        let extra = mask >> UInt32(Field.extraColumn) & 1
        return MemoryLayout<Int64>.size + 2 * MemoryLayout<UInt32>.size
            + 8 * (numbers.nonzeroBitCount + Int(extra)) + words.nonzeroBitCount
    }

    func number(_ field: Int) -> UnsafeMutablePointer<Double> { numbers + field * numberStride }
    func word(_ field: Int) -> UnsafeMutablePointer<UInt8> {
        wordCodes + (field - Field.words) * wordStride
    }

    /// Writes "absent" to `rows` of the columns in `mask`.
    func clear(_ mask: UInt32, rows: Range<Int>) {
        var rest = mask
        while rest != 0 {
            let field = rest.trailingZeroBitCount
            rest &= rest &- 1
            switch field {
            case Field.extraColumn:
                (extras + rows.lowerBound).update(repeating: 0, count: rows.count)
            case Field.words...:
                (word(field) + rows.lowerBound).update(repeating: 0, count: rows.count)
            default: (number(field) + rows.lowerBound).update(repeating: .nan, count: rows.count)
            }
        }
    }
}

/// What one chunk of input became.
struct ParsedChunk {
    /// The batch's rows that the chunk's lines have, holes included.
    var rows: Range<Int>
    /// The columns that are filled in for all of `rows`.
    var columns: UInt32 = 0
    var accepted = 0
    var rejected = 0
    /// The span of the accepted rows' times; empty (first > last) where there are none.
    var firstTs = Int64.max
    var lastTs = Int64.min
}
