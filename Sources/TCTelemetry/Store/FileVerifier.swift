import Synchronization
import TCCore
import TCParquet
import TCWire

/// Checks one file, its columns on several threads.
final class FileVerifier: Sendable {
    let store: StoreFile
    private let vehicleCount = Atomic(0)

    /// Vehicles in the file; known after `run`.
    var vehicles: Int { vehicleCount.load(ordering: .relaxed) }

    init(_ store: StoreFile) { self.store = store }

    static func fault(_ error: any Error, _ path: String) -> TCError {
        error as? TCError ?? TCError(.bug, "'\(path)': \(error)")
    }

    /// The fault of the first column, in the order of the schema, that has one.
    func run(workers: Int) -> TCError? {
        let faults = Mutex<[Int: TCError]>([:])
        let next = Atomic(0)
        // The keys are one task, then each further column is; what was gathered from columns is last.
        let tasks = Array(StoreSchema.ts...StoreSchema.columns.count)
        do {
            try Workers.run(max(1, min(workers, tasks.count))) { _ in
                while true {
                    let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard task < tasks.count else { return }
                    do { try self.check(tasks[task]) } catch {
                        let fault = FileVerifier.fault(error, self.store.file.path)
                        faults.withLock { $0[task] = fault }
                    }
                }
            }
        } catch {
            return FileVerifier.fault(error, store.file.path)
        }
        return faults.withLock { $0.min { $0.key < $1.key }?.value }
    }

    private func check(_ column: Int) throws {
        if column == StoreSchema.ts {
            let runs = try ScannedRuns(store)
            if let index = try store.file.attachment(VehicleIndex.attachmentName),
                index != runs.index()
            {
                throw wrong("its index of vehicles does not say what its rows say")
            }
            vehicleCount.store(runs.count, ordering: .relaxed)
            try checkTimes(runs)
            try checkIDs(runs)
            return
        }
        if column == StoreSchema.columns.count {
            try PlaceVerifier(store: store).check()
            return try checkHarshRows()
        }
        guard let place = store.columnPlaces[column] else { return }
        switch column {
        case ..<StoreSchema.column(EnumSignal.hvac):
            let signal = Signal(rawValue: column - StoreSchema.column(Signal.socPct))!
            try checkNumbers(signal, place)
        case StoreSchema.extra: try checkExtra(place)
        default:
            let signal = EnumSignal(rawValue: column - StoreSchema.column(EnumSignal.hvac))!
            try checkWords(signal, place)
        }
    }

    private func wrong(_ text: String) -> TCError { TCError(.io, "'\(store.file.path)': \(text)") }

    /// That the index of harsh rows, where there is one, names those of the column and no other.
    private func checkHarshRows() throws {
        guard let harsh = try HarshRows.read(store) else { return }
        let values = UnsafeMutablePointer<Double>.allocate(capacity: FileVerifier.blockRows)
        defer { values.deallocate() }
        var place = 0
        if let column = store.columnPlaces[StoreSchema.column(.accelMps2)] {
            let reader = try ColumnReader(file: store.file, column: column)
            try blocks(of: 0..<store.file.rowCount) { rows in
                try reader.readDoubles(rows: rows, into: values)
                for (index, row) in rows.enumerated() where abs(values[index]) > HarshRows.limit {
                    guard place < harsh.rows.count, harsh.rows[place] == row,
                        harsh.values[place] == values[index]
                    else { throw wrong("its index of harsh rows lacks row \(row)") }
                    place += 1
                }
            }
        }
        guard place == harsh.rows.count else {
            throw wrong("its index of harsh rows has \(harsh.rows.count - place) too many")
        }
    }

    // MARK: Keys

    /// That the rows are in order was found when the runs were.
    private func checkTimes(_ runs: ScannedRuns) throws {
        let place = store.columnPlaces[StoreSchema.ts]!
        let reader = try ColumnReader(file: store.file, column: place)
        var statistics = try StatisticsChecker(store.file, column: place)
        let times = UnsafeMutablePointer<Int64>.allocate(capacity: FileVerifier.blockRows)
        defer { times.deallocate() }
        let dayStart = store.name.day.start.milliseconds
        let dayEnd = Day(number: store.name.day.number + 1).start.milliseconds
        for run in 0..<runs.count {
            guard runs.first[run] >= dayStart, runs.last[run] < dayEnd else {
                throw wrong("not all of its rows \(runs.rows(run)) are of \(store.name.day)")
            }
            try blocks(of: runs.rows(run)) { rows in
                try reader.readTimestamps(rows: rows, into: times)
                try statistics.take(rows) { piece in
                    .init(
                        minimum: .timestamp(extreme(times, piece, rows, smaller: true)),
                        maximum: .timestamp(extreme(times, piece, rows, smaller: false)))
                }
            }
        }
        try statistics.finish()
    }

    /// Rows of one vehicle are in time order, so the ends of a piece are its extremes.
    private func extreme(
        _ times: UnsafePointer<Int64>, _ piece: Range<Int>, _ rows: Range<Int>, smaller: Bool
    ) -> Int64 {
        times[(smaller ? piece.lowerBound : piece.upperBound - 1) - rows.lowerBound]
    }

    private func checkIDs(_ runs: ScannedRuns) throws {
        var statistics = try StatisticsChecker(
            store.file, column: store.columnPlaces[StoreSchema.vehicleID]!)
        for run in 0..<runs.count {
            let id = runs.ids[run]
            guard (1...64).contains(id.count), id.allSatisfy(FileVerifier.isIDByte) else {
                throw wrong(
                    "row \(runs.rows(run).lowerBound) has no vehicle's id: "
                        + "'\(String(decoding: id, as: UTF8.self))'")
            }
            let bound = Bound.string(id)
            try statistics.take(runs.rows(run)) { _ in .init(minimum: bound, maximum: bound) }
        }
        try statistics.finish()
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"): true
        default: false
        }
    }

    // MARK: Values

    private static let blockRows = 8192

    private func blocks(
        of rows: Range<Int>, size: Int = FileVerifier.blockRows,
        _ body: (Range<Int>) throws -> Void
    ) throws {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = min(start + size, rows.upperBound)
            try body(start..<end)
            start = end
        }
    }

    private func checkNumbers(_ signal: Signal, _ place: Int) throws {
        let reader = try ColumnReader(file: store.file, column: place)
        var statistics = try StatisticsChecker(store.file, column: place)
        // Half a place is no place: latitudes are looked at beside longitudes.
        let partner =
            signal == .lat ? store.columnPlaces[StoreSchema.column(Signal.lon)] : nil
        let partnerReader = try partner.map { try ColumnReader(file: store.file, column: $0) }
        let values = UnsafeMutablePointer<Double>.allocate(capacity: 2 * FileVerifier.blockRows)
        defer { values.deallocate() }
        let partners = values + FileVerifier.blockRows
        let range = signal.range
        try blocks(of: 0..<store.file.rowCount) { rows in
            try reader.readDoubles(rows: rows, into: values)
            if let partnerReader {
                try partnerReader.readDoubles(rows: rows, into: partners)
                for row in 0..<rows.count where values[row].isNaN != partners[row].isNaN {
                    throw wrong("row \(rows.lowerBound + row) has half a place")
                }
            }
            try statistics.take(rows) { piece in
                var low = Double.infinity
                var high = -Double.infinity
                var nulls = 0
                for row in piece.lowerBound - rows.lowerBound..<piece.upperBound - rows.lowerBound {
                    let value = values[row]
                    if value.isNaN {
                        nulls += 1
                    } else {
                        low = min(low, value)
                        high = max(high, value)
                    }
                }
                if nulls == piece.count { return .init(nulls: nulls) }
                guard range.contains(low), range.contains(high) else {
                    throw wrong(
                        "rows \(piece): \(signal.name) is \(low) to \(high), expected "
                            + "\(range.lowerBound) to \(range.upperBound)")
                }
                return .init(minimum: .double(low), maximum: .double(high), nulls: nulls)
            }
        }
        try statistics.finish()
    }

    private func checkWords(_ signal: EnumSignal, _ place: Int) throws {
        let reader = try ColumnReader(file: store.file, column: place)
        var statistics = try StatisticsChecker(store.file, column: place)
        let codes = UnsafeMutablePointer<UInt8>.allocate(capacity: FileVerifier.blockRows)
        defer { codes.deallocate() }
        try blocks(of: 0..<store.file.rowCount) { rows in
            try reader.readWords(rows: rows, into: codes, entries: signal.words)
            try statistics.take(rows) { piece in
                var counts = [Int](repeating: 0, count: signal.words.count + 1)
                for row in piece { counts[Int(codes[row - rows.lowerBound])] += 1 }
                var summary = StatisticsChecker.Summary(nulls: counts[0])
                for (word, count) in zip(signal.words, counts.dropFirst()) where count > 0 {
                    let bound = Bound.string(Array(word.utf8))
                    summary.add(.init(minimum: bound, maximum: bound))
                }
                return summary
            }
        }
        try statistics.finish()
    }

    private func checkExtra(_ place: Int) throws {
        let reader = try ColumnReader(file: store.file, column: place)
        var statistics = try StatisticsChecker(store.file, column: place)
        var texts = StringColumn()
        // Short blocks: one row of `extra` may be as long as a line.
        try blocks(of: 0..<store.file.rowCount, size: 256) { rows in
            texts.removeAll()
            try reader.readStrings(rows: rows, into: &texts)
            try statistics.take(rows) { piece in
                var summary = StatisticsChecker.Summary()
                for row in piece {
                    let from = Int(texts.offsets[row - rows.lowerBound])
                    let to = Int(texts.offsets[row - rows.lowerBound + 1])
                    if from == to {
                        summary.nulls += 1
                        continue
                    }
                    let text = Array(texts.bytes[from..<to])
                    guard FileVerifier.isObject(text) else {
                        throw wrong("row \(row): extra is not the text of one JSON object")
                    }
                    summary.add(.init(minimum: .string(text), maximum: .string(text)))
                }
                return summary
            }
        }
        try statistics.finish()
    }

    private static func isObject(_ text: [UInt8]) -> Bool {
        guard text.first == UInt8(ascii: "{") else { return false }
        return text.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            do {
                return try scanner.skipValue() == 0..<bytes.count
            } catch { return false }
        }
    }
}
