import TCCore
import TCParquet

/// Finds the newest value of every requested column of each vehicle and shows a visitor just the rows
/// that carry them.
///
/// No merging is needed for that: the newest value of a column is the one with the greatest pair of
/// time and file among all rows that have one. So the runs of a vehicle are searched from the newest
/// back, a column at a time, a few rows first, and a run that ends before what was found is not read
/// at all. The fields of `extra` are the exception: any row may hold one that no other has, so all of
/// them are read.
final class LatestReader {
    /// The rows of one run that lie in the requested time.
    private struct Part {
        let file: Int
        let rows: Range<Int>
        let last: Int64
    }

    /// Rows looked at together: most signals are in one of the last few messages.
    private static let firstLook = 16
    private static let longestLook = 8192

    private let snapshot: StoreSnapshot
    private let plan: ScanPlan
    private let request: ScanRequest
    private let from: Int64
    private let to: Int64
    private let files: [FileColumns]
    private let output: ColumnBuffers
    private var parts: [Part] = []
    private let times = UnsafeMutablePointer<Int64>.allocate(capacity: longestLook)
    private let doubles = UnsafeMutablePointer<Double>.allocate(capacity: longestLook)
    private let codes = UnsafeMutablePointer<UInt8>.allocate(capacity: longestLook)
    private var texts = StringColumn()
    private var extra = NewestFields()

    // What was found of the vehicle at hand, a place for each signal.
    private let numberTimes = UnsafeMutablePointer<Int64>.allocate(capacity: Signal.count)
    private let numbers = UnsafeMutablePointer<Double>.allocate(capacity: Signal.count)
    private let wordTimes = UnsafeMutablePointer<Int64>.allocate(capacity: EnumSignal.count)
    private let words = UnsafeMutablePointer<UInt8>.allocate(capacity: EnumSignal.count)
    private var rowTimes: [Int64] = []

    init(snapshot: StoreSnapshot, plan: ScanPlan, request: ScanRequest, files: [FileColumns]) {
        self.snapshot = snapshot
        self.plan = plan
        self.request = request
        self.files = files
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        output = ColumnBuffers(columns: request.columns)
    }

    deinit {
        times.deallocate()
        doubles.deallocate()
        codes.deallocate()
        numberTimes.deallocate()
        numbers.deallocate()
        wordTimes.deallocate()
        words.deallocate()
    }

    /// Visits `vehicles`, numbers of the plan, in order; one without a row in the requested time not
    /// at all.
    func read<V: VehicleVisitor>(_ vehicles: Range<Int>, _ visitor: inout V) throws {
        for vehicle in vehicles {
            parts.removeAll(keepingCapacity: true)
            for entry in plan.entries(vehicle) { addPart(entry) }
            guard !parts.isEmpty else { continue }
            // Newest first; of two that end at one moment the one that wins first.
            parts.sort { $0.last != $1.last ? $0.last > $1.last : $0.file > $1.file }
            search()
            let rows = gather()
            try output.withRows(of: plan.id(vehicle), start: 0, count: rows, hasTimes: true) {
                try visitor.visit($0)
            }
            try visitor.endVehicle()
        }
    }

    // MARK: Searching

    /// Narrows an entry to the requested time. Its times are read only where it crosses a bound.
    private func addPart(_ entry: ScanPlan.Entry) {
        if entry.first >= from && entry.last < to {
            parts.append(Part(file: entry.file, rows: entry.rows, last: entry.last))
            return
        }
        attempt(entry.file) {
            let reader = try files[entry.file].reader(StoreSchema.ts)!
            let start = try firstRow(of: entry.rows, notBefore: from, reader)
            let end = try firstRow(of: start..<entry.rows.upperBound, notBefore: to, reader)
            guard start < end else { return }
            let last = try time(end - 1, reader)
            parts.append(Part(file: entry.file, rows: start..<end, last: last))
        }
    }

    private func firstRow(
        of rows: Range<Int>, notBefore time: Int64, _ reader: ColumnReader
    ) throws -> Int {
        if time == Int64.min { return rows.lowerBound }
        if time == Int64.max { return rows.upperBound }
        var low = rows.lowerBound
        var high = rows.upperBound
        while low < high {
            let middle = (low + high) / 2
            if try self.time(middle, reader) < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func time(_ row: Int, _ reader: ColumnReader) throws -> Int64 {
        try reader.readTimestamps(rows: row..<row + 1, into: times)
        return times[0]
    }

    private func search() {
        for signal in Signal.allCases where request.columns.contains(signal) {
            let place = signal.rawValue
            numbers[place] = .nan
            findNewest(StoreSchema.column(signal)) { reader, rows in
                try reader.readDoubles(rows: rows, into: doubles)
                var index = rows.count - 1
                while index >= 0, doubles[index].isNaN { index -= 1 }
                return index
            } found: { index, time in
                numbers[place] = doubles[index]
                numberTimes[place] = time
            }
        }
        for signal in EnumSignal.allCases where request.columns.contains(signal) {
            let place = signal.rawValue
            words[place] = 0
            findNewest(StoreSchema.column(signal)) { reader, rows in
                try reader.readWords(rows: rows, into: codes, entries: FileColumns.words[place])
                var index = rows.count - 1
                while index >= 0, codes[index] == 0 { index -= 1 }
                return index
            } found: { index, time in
                words[place] = codes[index]
                wordTimes[place] = time
            }
        }
        if request.columns.contains(.extra) { searchExtra() }
    }

    /// Looks for the newest value of a column. `look` reads some rows and returns the index of the
    /// last value among them, or less than 0; `found` keeps it.
    private func findNewest(
        _ column: Int, look: (ColumnReader, Range<Int>) throws -> Int,
        found: (Int, Int64) -> Void
    ) {
        var newest: (time: Int64, file: Int)?
        for part in parts {
            if let newest, (part.last, part.file) < newest { return }
            attempt(part.file) {
                guard let reader = try files[part.file].reader(column) else { return }
                var end = part.rows.upperBound
                var length = LatestReader.firstLook
                while end > part.rows.lowerBound {
                    let start = max(part.rows.lowerBound, end - length)
                    let index = try look(reader, start..<end)
                    if index >= 0 {
                        let row = start + index
                        let time =
                            row + 1 == part.rows.upperBound
                            ? part.last : try time(row, files[part.file].reader(StoreSchema.ts)!)
                        if newest == nil || newest! < (time, part.file) {
                            newest = (time, part.file)
                            found(index, time)
                        }
                        return
                    }
                    end = start
                    length = min(length * 8, LatestReader.longestLook)
                }
            }
        }
    }

    private func searchExtra() {
        extra.removeAll()
        for part in parts {
            attempt(part.file) {
                guard let reader = try files[part.file].reader(StoreSchema.extra) else { return }
                let timeReader = try files[part.file].reader(StoreSchema.ts)!
                var start = part.rows.lowerBound
                while start < part.rows.upperBound {
                    // Short pieces: one row of `extra` may be as long as a line.
                    let end = min(start + 256, part.rows.upperBound)
                    texts.removeAll()
                    try reader.readStrings(rows: start..<end, into: &texts)
                    if !texts.bytes.isEmpty {
                        try timeReader.readTimestamps(rows: start..<end, into: times)
                        extra.take(texts, times, file: part.file)
                    }
                    start = end
                }
            }
        }
    }

    /// Runs `body`; a file that fails is told of, and what it holds of this vehicle left out.
    private func attempt(_ file: Int, _ body: () throws -> Void) {
        do { try body() } catch {
            snapshot.failures.add(snapshot.files[file].file.path, error)
        }
    }

    // MARK: The rows to show

    /// Puts what was found into `output`, one row for each time, and returns how many.
    private func gather() -> Int {
        rowTimes.removeAll(keepingCapacity: true)
        rowTimes.append(parts[0].last)
        for signal in Signal.allCases
        where request.columns.contains(signal) && !numbers[signal.rawValue].isNaN {
            rowTimes.append(numberTimes[signal.rawValue])
        }
        for signal in EnumSignal.allCases
        where request.columns.contains(signal) && words[signal.rawValue] != 0 {
            rowTimes.append(wordTimes[signal.rawValue])
        }
        if request.columns.contains(.extra) { extra.addTimes(to: &rowTimes) }
        rowTimes.sort()
        var count = 1
        for index in rowTimes.indices where rowTimes[index] != rowTimes[count - 1] {
            rowTimes[count] = rowTimes[index]
            count += 1
        }
        rowTimes.removeSubrange(count...)
        output.reserve(count)
        for row in 0..<count { output.times[row] = rowTimes[row] }
        for signal in Signal.allCases where request.columns.contains(signal) {
            let target = output.numbers[signal.rawValue]!
            target.update(repeating: .nan, count: count)
            if !numbers[signal.rawValue].isNaN {
                target[row(at: numberTimes[signal.rawValue])] = numbers[signal.rawValue]
            }
        }
        for signal in EnumSignal.allCases where request.columns.contains(signal) {
            let target = output.words[signal.rawValue]!
            target.update(repeating: 0, count: count)
            if words[signal.rawValue] != 0 {
                target[row(at: wordTimes[signal.rawValue])] = words[signal.rawValue]
            }
        }
        if request.columns.contains(.extra) {
            output.extra.removeAll()
            for row in 0..<count { extra.write(at: rowTimes[row], to: &output.extra) }
        }
        return count
    }

    private func row(at time: Int64) -> Int { rowTimes.firstIndex(of: time)! }
}
