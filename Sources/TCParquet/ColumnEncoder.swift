import TCCore

/// Encodes column chunks. One per worker thread: it owns its zstd context and scratch.
///
/// Numbers become a dictionary or BYTE_STREAM_SPLIT, whichever a trial page shows to be smaller;
/// times DELTA_BINARY_PACKED; strings a dictionary or DELTA_LENGTH_BYTE_ARRAY. Pages are version 2,
/// zstd where that gains. A million rows of the simulated fleet, sorted on the way, cost about
/// 125 ns of one core a row for the thirteen columns that they fill, a third of it the gathering
/// (`TCBench parquet FILE`).
public final class ColumnEncoder {
    let compressor: ZstdCompressor
    /// For times: beyond level 3 zstd's parser does worse on them, not better.
    let lightCompressor: ZstdCompressor?
    let rowsPerPage: Int

    let body = Scratch<UInt8>()
    let values = Scratch<UInt8>()
    let trial = Scratch<UInt8>()
    let levels = Scratch<UInt8>()
    let validity = Scratch<UInt64>()
    let doubles = Scratch<Double>()
    let times = Scratch<Int64>()
    let codes = Scratch<UInt16>()
    let wideCodes = Scratch<UInt32>()
    let dictionary = DoubleDictionary()

    /// `compressionLevel` is zstd's, 1 to 19; `rowsPerPage` is at least 128.
    public init(compressionLevel: Int32, rowsPerPage: Int) {
        precondition((1...19).contains(compressionLevel) && rowsPerPage >= 128)
        compressor = ZstdCompressor(level: compressionLevel)
        lightCompressor = compressionLevel > 3 ? ZstdCompressor(level: 3) : nil
        self.rowsPerPage = rowsPerPage
    }

    /// Encodes rows `order[0..<rows]` (or `0..<rows` where `order` is nil) of `input` as one chunk.
    ///
    /// The permutation lets the caller sort without moving data: the encoder gathers page by page
    /// into cache-hot scratch. Throws where a page would exceed the format's limits, and, as a bug
    /// of the caller, where a required column has nulls.
    public func encode(
        _ column: Column, _ input: ColumnInput, rows: Int, order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        if rows == 0 { return EncodedColumn(column) }
        let expected: ColumnType
        switch input {
        case .timestamps: expected = .timestampMillis
        case .doubles: expected = .double
        case .dictionary, .words, .strings: expected = .string
        case .absent: expected = column.type
        }
        precondition(expected == column.type, "column \(column.name) holds \(column.type)")
        defer {
            // A dictionary of a million ids is one page.
            values.trim()
            body.trim()
        }
        switch input {
        case .timestamps(let source): return try encodeTimes(column, source, rows, order)
        case .doubles(let source): return try encodeDoubles(column, source, rows, order)
        case .dictionary(let codes, let entries):
            return try encodeCoded(column, codes, entries, rows, order)
        case .words(let codes, let entries):
            return try encodeWords(column, codes, entries, rows, order)
        case .strings(let table): return try encodeStrings(column, table, rows, order)
        case .absent: return try encodeAbsent(column, rows)
        }
    }

    /// The rows of each page.
    func pageRanges(_ rows: Int) -> [Range<Int>] {
        stride(from: 0, to: rows, by: rowsPerPage).map { $0..<min($0 + rowsPerPage, rows) }
    }

    /// A chunk whose every row is null: one page of a few bytes, whatever the number of rows.
    func encodeAbsent(_ column: Column, _ rows: Int) throws(TCError) -> EncodedColumn {
        guard column.isOptional else { throw missingValue(column) }
        var builder = ChunkBuilder(column, encoding: .plain, compressor: compressor, body: body)
        levels.reserve(16)
        let header = levels.base.storeVarint(UInt64(rows) << 1, 0)
        levels.base[header] = 0
        try builder.addPage(
            values.base, 0, levels: UnsafeBufferPointer(start: levels.base, count: header + 1),
            rows: rows, nullCount: rows, bounds: nil)
        return builder.chunk
    }

    /// The definition levels of a page whose validity words are at `words`; nothing in a required
    /// column.
    func pageLevels(
        _ column: Column, _ words: UnsafePointer<UInt64>, _ rows: Int
    ) -> UnsafeBufferPointer<UInt8> {
        guard column.isOptional else { return UnsafeBufferPointer(start: nil, count: 0) }
        levels.reserve(levelBound(rows))
        return UnsafeBufferPointer(
            start: levels.base, count: encodeLevels(words, rows, into: levels.base))
    }

    func missingValue(_ column: Column) -> TCError {
        TCError(.bug, "column \(column.name) is required, but a row has no value")
    }

    /// What a page of these values takes after compression, for trials.
    func trialSize(
        _ values: UnsafePointer<UInt8>, _ count: Int, _ compressor: ZstdCompressor
    ) throws(TCError) -> Int {
        trial.reserve(ZstdCompressor.bound(count))
        return min(try compressor.compress(values, count, into: trial.base), count)
    }

    private func encodeTimes(
        _ column: Column, _ source: UnsafePointer<Int64>, _ rows: Int,
        _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        let pages = pageRanges(rows)
        let most = pages[0].count
        times.reserve(most)
        values.reserve(DeltaEncoder.bound(most))
        validity.reserve(most / 64 + 1)
        validity.base.initialize(repeating: .max, count: most / 64 + 1)
        let (strategy, compressor) = try timeStrategy(source, pages[pages.count / 2], order)
        var builder = ChunkBuilder(
            column, encoding: .deltaBinaryPacked, compressor: compressor, body: body)
        for page in pages {
            let bounds = gatherTimes(source, page, order)
            let length = DeltaEncoder.encode(
                times.base, page.count, strategy: strategy, into: values.base)
            try builder.addPage(
                values.base, length, levels: pageLevels(column, validity.base, page.count),
                rows: page.count, nullCount: 0, bounds: bounds)
        }
        return builder.chunk
    }

    /// The cheapest way for a page from the middle, which the rest of the chunk then follows.
    private func timeStrategy(
        _ source: UnsafePointer<Int64>, _ page: Range<Int>, _ order: UnsafePointer<UInt32>?
    ) throws(TCError) -> (DeltaEncoder.Strategy, ZstdCompressor) {
        _ = gatherTimes(source, page, order)
        var best = (DeltaEncoder.Strategy.wrapping, compressor)
        var smallest = Int.max
        for strategy in DeltaEncoder.Strategy.allCases {
            let length = DeltaEncoder.encode(
                times.base, page.count, strategy: strategy, into: values.base)
            for candidate in [compressor, lightCompressor] {
                guard let candidate else { continue }
                let size = try trialSize(values.base, length, candidate)
                if size < smallest {
                    smallest = size
                    best = (strategy, candidate)
                }
            }
        }
        return best
    }

    private func gatherTimes(
        _ source: UnsafePointer<Int64>, _ page: Range<Int>, _ order: UnsafePointer<UInt32>?
    ) -> Bounds {
        let target = times.base
        if let order = order.map({ $0 + page.lowerBound }) {
            for row in 0..<page.count { target[row] = source[Int(order[row])] }
        } else {
            target.update(from: source + page.lowerBound, count: page.count)
        }
        var smallest = target[0]
        var largest = target[0]
        for row in 1..<max(page.count, 1) {
            smallest = min(smallest, target[row])
            largest = max(largest, target[row])
        }
        return Bounds(smallest, largest)
    }
}
