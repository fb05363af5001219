import TCParquet

/// Room for some rows of the columns that a scan reads; reused for every block of a worker.
///
/// Owns its memory; pointers handed out are good until the next `reserve`.
final class ColumnBuffers {
    let columns: ColumnSet
    private(set) var capacity = 0
    private(set) var times: UnsafeMutablePointer<Int64>
    /// A pointer for each `Signal` and each `EnumSignal`; nil for a column that is not read.
    let numbers: UnsafeMutablePointer<UnsafeMutablePointer<Double>?>
    let words: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>
    /// One text a row appended, from row 0 on.
    var extra = StringColumn()

    init(columns: ColumnSet) {
        self.columns = columns
        times = .allocate(capacity: 1)
        numbers = .allocate(capacity: Signal.count)
        numbers.initialize(repeating: nil, count: Signal.count)
        words = .allocate(capacity: EnumSignal.count)
        words.initialize(repeating: nil, count: EnumSignal.count)
    }

    deinit {
        times.deallocate()
        for column in 0..<Signal.count { numbers[column]?.deallocate() }
        numbers.deallocate()
        for column in 0..<EnumSignal.count { words[column]?.deallocate() }
        words.deallocate()
    }

    /// Makes room for `rows` rows. What was there is lost.
    func reserve(_ rows: Int) {
        guard rows > capacity else { return }
        capacity = rows
        times.deallocate()
        times = .allocate(capacity: rows)
        for signal in Signal.allCases where columns.contains(signal) {
            numbers[signal.rawValue]?.deallocate()
            numbers[signal.rawValue] = .allocate(capacity: rows)
        }
        for signal in EnumSignal.allCases where columns.contains(signal) {
            words[signal.rawValue]?.deallocate()
            words[signal.rawValue] = .allocate(capacity: rows)
        }
    }

    /// Calls `body` with rows `start ..< start + count` as those of a vehicle.
    ///
    /// - Parameter newest: the time of the last row, where the times were not read.
    @inline(__always)
    func withRows<R>(
        of id: UnsafeBufferPointer<UInt8>, start: Int, count: Int, hasTimes: Bool,
        newest: Int64? = nil, _ body: (VehicleRows) throws -> R
    ) rethrows -> R {
        func rows(
            _ offsets: UnsafePointer<UInt32>?, _ bytes: UnsafePointer<UInt8>?
        ) -> VehicleRows {
            VehicleRows(
                vehicleID: id, count: count, times: hasTimes ? UnsafePointer(times + start) : nil,
                newest: newest ?? times[start + count - 1], start: start, numbers: numbers,
                words: words, extraOffsets: offsets, extraBytes: bytes)
        }
        guard columns.contains(.extra) else { return try body(rows(nil, nil)) }
        return try extra.offsets.withUnsafeBufferPointer { offsets in
            try extra.bytes.withUnsafeBufferPointer { bytes in
                try body(rows(offsets.baseAddress! + start, bytes.baseAddress))
            }
        }
    }
}

/// The columns of one file, read range by range in ascending order by one worker.
final class FileColumns {
    private let store: StoreFile
    /// One place for each column of the schema. Memory of our own: the checks of a class's array on
    /// every access cost more than looking up one value.
    private let readers: UnsafeMutablePointer<ColumnReader?>
    private let isKnownAbsent: UnsafeMutablePointer<Bool>
    /// The words of each `EnumSignal`, made once.
    static let words = EnumSignal.allCases.map(\.words)

    init(_ store: StoreFile) {
        self.store = store
        readers = .allocate(capacity: StoreSchema.columns.count)
        readers.initialize(repeating: nil, count: StoreSchema.columns.count)
        isKnownAbsent = .allocate(capacity: StoreSchema.columns.count)
        isKnownAbsent.initialize(repeating: false, count: StoreSchema.columns.count)
    }

    deinit {
        readers.deinitialize(count: StoreSchema.columns.count)
        readers.deallocate()
        isKnownAbsent.deallocate()
    }

    /// Reads the times of `rows` to `offset` and following.
    func readTimes(_ rows: Range<Int>, into buffers: ColumnBuffers, at offset: Int) throws {
        try reader(StoreSchema.ts)!.readTimestamps(rows: rows, into: buffers.times + offset)
    }

    /// Reads all columns that `buffers` have but the times. Rows of `extra` are appended, so they
    /// must be read in the order of their offsets.
    func readValues(_ rows: Range<Int>, into buffers: ColumnBuffers, at offset: Int) throws {
        for signal in Signal.allCases where buffers.columns.contains(signal) {
            let target = buffers.numbers[signal.rawValue]! + offset
            if let reader = try reader(StoreSchema.column(signal)) {
                try reader.readDoubles(rows: rows, into: target)
            } else {
                target.update(repeating: .nan, count: rows.count)
            }
        }
        for signal in EnumSignal.allCases where buffers.columns.contains(signal) {
            let target = buffers.words[signal.rawValue]! + offset
            if let reader = try reader(StoreSchema.column(signal)) {
                try reader.readWords(
                    rows: rows, into: target, entries: FileColumns.words[signal.rawValue])
            } else {
                target.update(repeating: 0, count: rows.count)
            }
        }
        if buffers.columns.contains(.extra) {
            if let reader = try reader(StoreSchema.extra) {
                try reader.readStrings(rows: rows, into: &buffers.extra)
            } else {
                let end = buffers.extra.offsets.last!
                for _ in rows { buffers.extra.offsets.append(end) }
            }
        }
    }

    /// Nil where the file has no value in the column at all.
    func reader(_ column: Int) throws -> ColumnReader? {
        if let reader = readers[column] { return reader }
        if isKnownAbsent[column] { return nil }
        if StoreSchema.columns[column].isOptional, store.isAbsent(column) {
            isKnownAbsent[column] = true
            return nil
        }
        let reader = try ColumnReader(file: store.file, column: store.columnPlaces[column]!)
        readers[column] = reader
        return reader
    }
}
