import TCParquet

/// Gathers rows in the order of a scan and encodes them as row groups: what compact and forget write.
///
/// A column takes memory from the first row on that has a value in it.
final class RowGroupBuilder {
    /// Encoded rows, ready to be appended to a file.
    struct Group {
        let columns: [EncodedColumn]
        let rows: Int
        let runs: VehicleRuns
        /// The bounds of the places of each run.
        let places: [PlaceBounds]
        /// The rows with a harsh acceleration.
        let harsh: HarshRows
    }

    /// Rows of a group. Some 150 bytes of each are held before they are encoded.
    static let groupRows = 1 << 18
    /// Bytes of `extra` at which a group ends early.
    private static let groupExtraBytes = 64 << 20
    /// Rows are compressed once here and read many times: the level from which on more gains little.
    private static let compressionLevel: Int32 = 9
    private static let rowsPerPage = IngestOptions().rowsPerPage

    private(set) var groups: [Group] = []
    private var rows = 0
    private var runs = VehicleRuns()
    /// The places of each run.
    private var spans: [PlaceSpan] = []
    private var idBytes: [UInt8] = []
    private var idOffsets: [UInt32] = [0]
    private var times: UnsafeMutablePointer<Int64>?
    private var codes: UnsafeMutablePointer<UInt32>?
    private var numbers = [UnsafeMutablePointer<Double>?](repeating: nil, count: Signal.count)
    private var words = [UnsafeMutablePointer<UInt8>?](repeating: nil, count: EnumSignal.count)
    private var extraBytes: [UInt8] = []
    private var extraOffsets: [UInt32] = [0]

    private let capacity: Int

    /// - Parameter groupRows: rows of a full group; tests make small ones.
    init(groupRows: Int = RowGroupBuilder.groupRows) { capacity = groupRows }

    deinit { release() }

    /// Appends the rows `range` of `source`, which must have every column.
    func append(_ source: VehicleRows, _ range: Range<Int>) throws {
        var range = range
        while !range.isEmpty {
            let room = capacity - rows
            let taken = range.prefix(room)
            let piece = taken.startIndex..<taken.endIndex
            take(source, piece)
            range = piece.upperBound..<range.upperBound
            if rows == capacity
                || extraBytes.count >= RowGroupBuilder.groupExtraBytes
            {
                try encodeGroup()
            }
        }
    }

    /// Encodes what is left and lets go of the memory.
    func finish() throws {
        if rows > 0 { try encodeGroup() }
        release()
    }

    private func take(_ source: VehicleRows, _ piece: Range<Int>) {
        let count = piece.count
        addRun(source, piece)
        let (lats, lons) = (source[.lat], source[.lon])
        var span = spans[spans.count - 1]
        for row in piece { span.take(lats[row], lons[row]) }
        spans[spans.count - 1] = span
        allocate(&times)
        allocate(&codes)
        (times! + rows).update(from: source.ts + piece.lowerBound, count: count)
        (codes! + rows).update(repeating: UInt32(runs.count - 1), count: count)
        for signal in Signal.allCases {
            let values = source[signal] + piece.lowerBound
            let place = signal.rawValue
            if numbers[place] == nil {
                guard (0..<count).contains(where: { !values[$0].isNaN }) else { continue }
                allocate(&numbers[place])
                numbers[place]!.update(repeating: .nan, count: rows)
            }
            (numbers[place]! + rows).update(from: values, count: count)
        }
        for signal in EnumSignal.allCases {
            let values = source[signal] + piece.lowerBound
            let place = signal.rawValue
            if words[place] == nil {
                guard (0..<count).contains(where: { values[$0] != 0 }) else { continue }
                allocate(&words[place])
                words[place]!.update(repeating: 0, count: rows)
            }
            (words[place]! + rows).update(from: values, count: count)
        }
        for row in piece {
            extraBytes.append(contentsOf: source.extra(row))
            extraOffsets.append(UInt32(extraBytes.count))
        }
        rows += count
    }

    private func addRun(_ source: VehicleRows, _ piece: Range<Int>) {
        let first = source.ts[piece.lowerBound]
        let last = source.ts[piece.upperBound - 1]
        if runs.count > 0, runs.order(of: source.vehicleID) == 0 {
            runs.extendLast(rows: piece.count, to: last)
            return
        }
        runs.append(.init(id: source.vehicleID, rows: piece.count, first: first, last: last))
        spans.append(PlaceSpan())
        idBytes.append(contentsOf: source.vehicleID)
        idOffsets.append(UInt32(idBytes.count))
    }

    private func allocate<T>(_ pointer: inout UnsafeMutablePointer<T>?) {
        if pointer == nil { pointer = .allocate(capacity: capacity) }
    }

    private func release() {
        times?.deallocate()
        codes?.deallocate()
        times = nil
        codes = nil
        releaseSignals()
    }

    private func releaseSignals() {
        for place in numbers.indices {
            numbers[place]?.deallocate()
            numbers[place] = nil
        }
        for place in words.indices {
            words[place]?.deallocate()
            words[place] = nil
        }
    }

    // MARK: Encoding

    private func encodeGroup() throws {
        // One for the group: finished groups wait to be written, and its scratch need not.
        let encoder = ColumnEncoder(
            compressionLevel: RowGroupBuilder.compressionLevel,
            rowsPerPage: RowGroupBuilder.rowsPerPage)
        let columns = try StoreSchema.columns.indices.map { try encode($0, encoder) }
        var harsh = HarshRows()
        harsh.take(
            numbers[Signal.accelMps2.rawValue].map { UnsafePointer($0) }, rows: rows, order: nil)
        groups.append(
            Group(
                columns: columns, rows: rows, runs: runs, places: spans.map(\.bounds),
                harsh: harsh))
        rows = 0
        runs = VehicleRuns()
        spans = []
        idBytes = []
        idOffsets = [0]
        extraBytes.removeAll(keepingCapacity: true)
        extraOffsets.removeAll(keepingCapacity: true)
        extraOffsets.append(0)
        releaseSignals()
    }

    private func encode(_ column: Int, _ encoder: ColumnEncoder) throws -> EncodedColumn {
        let schema = StoreSchema.columns[column]
        switch column {
        case StoreSchema.vehicleID:
            return try withTable(idBytes, idOffsets) {
                try encoder.encode(
                    schema, .dictionary(codes: codes!, entries: $0), rows: rows, order: nil)
            }
        case StoreSchema.ts:
            return try encoder.encode(schema, .timestamps(times!), rows: rows, order: nil)
        case StoreSchema.extra:
            if extraBytes.isEmpty { break }
            return try withTable(extraBytes, extraOffsets) {
                try encoder.encode(schema, .strings($0), rows: rows, order: nil)
            }
        case ..<StoreSchema.column(EnumSignal.hvac):
            guard let values = numbers[column - StoreSchema.column(Signal.socPct)] else { break }
            return try encoder.encode(schema, .doubles(values), rows: rows, order: nil)
        default:
            let signal = EnumSignal(rawValue: column - StoreSchema.column(EnumSignal.hvac))!
            guard let values = words[signal.rawValue] else { break }
            var bytes: [UInt8] = []
            var offsets: [UInt32] = [0]
            for word in signal.words {
                bytes += word.utf8
                offsets.append(UInt32(bytes.count))
            }
            return try withTable(bytes, offsets) {
                try encoder.encode(
                    schema, .words(codes: values, entries: $0), rows: rows, order: nil)
            }
        }
        return try encoder.encode(schema, .absent, rows: rows, order: nil)
    }

    private func withTable<R>(
        _ bytes: [UInt8], _ offsets: [UInt32], _ body: (StringTable) throws -> R
    ) throws -> R {
        try bytes.withUnsafeBufferPointer { bytes in
            try offsets.withUnsafeBufferPointer { offsets in
                try body(
                    StringTable(
                        bytes: bytes.baseAddress!, offsets: offsets.baseAddress!,
                        count: offsets.count - 1))
            }
        }
    }
}
