import TCCore
import TCParquet

/// The runs of a file as its rows themselves say: one for each vehicle, in the order of the rows.
///
/// What a file's index is checked against, and made from where somebody else wrote the file. Reads two
/// columns; some 300 ns a run.
struct ScannedRuns {
    private(set) var ids: [[UInt8]]
    /// The row after a run's last.
    private var ends: [Int]
    private(set) var first: [Int64]
    private(set) var last: [Int64]

    var count: Int { ids.count }

    func rows(_ run: Int) -> Range<Int> { (run == 0 ? 0 : ends[run - 1])..<ends[run] }

    /// - Throws: `io` where the rows are not in strict order of vehicle and time.
    init(_ store: StoreFile) throws {
        let file = store.file
        var found: [(id: [UInt8], end: Int)] = []
        if file.rowCount > 0 {
            let reader = try ColumnReader(
                file: file, column: store.columnPlaces[StoreSchema.vehicleID]!)
            try reader.forEachRun(rows: 0..<file.rowCount) { id, rows in
                if let previous = found.last, !previous.id.lexicographicallyPrecedes(id) {
                    // The same vehicle may go on in the next row group.
                    guard previous.id.elementsEqual(id) else {
                        throw TCError(
                            .io,
                            "'\(file.path)': its rows are not sorted by vehicle_id, row "
                                + "\(rows.lowerBound) has '\(String(decoding: id, as: UTF8.self))'")
                    }
                    found[found.count - 1].end = rows.upperBound
                } else {
                    found.append((Array(id), rows.upperBound))
                }
            }
        }
        ids = found.map(\.id)
        ends = found.map(\.end)
        first = [Int64](repeating: 0, count: found.count)
        last = first
        try readTimes(store)
    }

    private mutating func readTimes(_ store: StoreFile) throws {
        let reader = try ColumnReader(
            file: store.file, column: store.columnPlaces[StoreSchema.ts]!)
        let times = UnsafeMutablePointer<Int64>.allocate(capacity: 8192)
        defer { times.deallocate() }
        for run in 0..<count {
            var previous = Int64.min
            var start = rows(run).lowerBound
            while start < rows(run).upperBound {
                let end = min(start + 8192, rows(run).upperBound)
                try reader.readTimestamps(rows: start..<end, into: times)
                if start == rows(run).lowerBound { first[run] = times[0] }
                for row in 0..<end - start {
                    guard times[row] > previous else {
                        throw TCError(
                            .io,
                            "'\(store.file.path)': row \(start + row) is not later than the row of "
                                + "the same vehicle before it")
                    }
                    previous = times[row]
                }
                start = end
            }
            last[run] = previous
        }
    }

    /// The index that says so.
    func index() -> [UInt8] {
        var runs = VehicleRuns()
        for run in 0..<count {
            ids[run].withUnsafeBufferPointer {
                runs.append(
                    .init(id: $0, rows: rows(run).count, first: first[run], last: last[run]))
            }
        }
        return runs.index()
    }
}
