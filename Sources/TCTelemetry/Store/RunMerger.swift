import TCCore

/// Merges the runs of one vehicle from files that overlap in time: rows of one moment become one,
/// field by field, the file of the later sequence winning.
final class RunMerger {
    /// Rows of one run held at a time, and rows shown at a time.
    private static let pieceRows = 4096

    /// One run, read piece by piece.
    private final class Cursor {
        let file: Int
        let buffers: ColumnBuffers
        var rest: Range<Int> = 0..<0
        var row = 0
        var count = 0

        init(file: Int, columns: ColumnSet) {
            self.file = file
            buffers = ColumnBuffers(columns: columns)
        }

        var time: Int64 { buffers.times[row] }
    }

    private let snapshot: StoreSnapshot
    private let columns: ColumnSet
    private let output: ColumnBuffers
    private var outputCount = 0
    private var pool: [Int: Cursor] = [:]

    init(columns: ColumnSet, snapshot: StoreSnapshot) {
        self.columns = columns
        self.snapshot = snapshot
        output = ColumnBuffers(columns: columns)
        output.reserve(RunMerger.pieceRows)
    }

    /// Shows the merged rows with `from` ≤ time < `to`, in time order, and returns how many.
    @discardableResult
    func merge<V: VehicleVisitor>(
        _ entries: [ScanPlan.Entry], _ files: [FileColumns], from: Int64, to: Int64,
        _ id: UnsafeBufferPointer<UInt8>, _ visitor: inout V
    ) throws -> Int {
        // In the order of the files, so that the last cursor at a moment is the one that wins.
        var cursors: [Cursor] = []
        for entry in entries.sorted(by: { $0.file < $1.file }) {
            let cursor = pool[entry.file] ?? Cursor(file: entry.file, columns: columns)
            pool[entry.file] = cursor
            cursor.rest = entry.rows
            cursor.row = 0
            cursor.count = 0
            if advance(cursor, files) { cursors.append(cursor) }
        }
        outputCount = 0
        output.extra.removeAll()
        var shown = 0
        while !cursors.isEmpty {
            var time = Int64.max
            for cursor in cursors { time = min(time, cursor.time) }
            if time >= to { break }
            if time >= from { combine(cursors, at: time) }
            for cursor in cursors where cursor.time == time { cursor.row += 1 }
            cursors.removeAll { $0.row == $0.count && !advance($0, files) }
            if outputCount == RunMerger.pieceRows { shown += try show(id, &visitor) }
        }
        if outputCount > 0 { shown += try show(id, &visitor) }
        return shown
    }

    private func show<V: VehicleVisitor>(
        _ id: UnsafeBufferPointer<UInt8>, _ visitor: inout V
    ) throws -> Int {
        let count = outputCount
        try output.withRows(of: id, start: 0, count: outputCount, hasTimes: true) {
            try visitor.visit($0)
        }
        outputCount = 0
        output.extra.removeAll()
        return count
    }

    /// Reads the next piece of a run; false at its end. A file that fails is told of, and the rest of
    /// this run left out.
    private func advance(_ cursor: Cursor, _ files: [FileColumns]) -> Bool {
        guard !cursor.rest.isEmpty else { return false }
        let end = min(cursor.rest.lowerBound + RunMerger.pieceRows, cursor.rest.upperBound)
        let rows = cursor.rest.lowerBound..<end
        cursor.rest = end..<cursor.rest.upperBound
        cursor.buffers.reserve(rows.count)
        cursor.buffers.extra.removeAll()
        do {
            try files[cursor.file].readTimes(rows, into: cursor.buffers, at: 0)
            try files[cursor.file].readValues(rows, into: cursor.buffers, at: 0)
        } catch {
            snapshot.failures.add(snapshot.files[cursor.file].file.path, error)
            return false
        }
        cursor.row = 0
        cursor.count = rows.count
        return true
    }

    private func combine(_ cursors: [Cursor], at time: Int64) {
        let row = outputCount
        outputCount += 1
        output.times[row] = time
        for signal in Signal.allCases where columns.contains(signal) {
            var value = Double.nan
            for cursor in cursors where cursor.time == time {
                let new = cursor.buffers.numbers[signal.rawValue]![cursor.row]
                if !new.isNaN { value = new }
            }
            output.numbers[signal.rawValue]![row] = value
        }
        for signal in EnumSignal.allCases where columns.contains(signal) {
            var code: UInt8 = 0
            for cursor in cursors where cursor.time == time {
                let new = cursor.buffers.words[signal.rawValue]![cursor.row]
                if new != 0 { code = new }
            }
            output.words[signal.rawValue]![row] = code
        }
        if columns.contains(.extra) { combineExtra(cursors, at: time) }
    }

    private func combineExtra(_ cursors: [Cursor], at time: Int64) {
        var text: [UInt8] = []
        for cursor in cursors where cursor.time == time {
            let extra = cursor.buffers.extra
            let new = extra.bytes[
                Int(extra.offsets[cursor.row])..<Int(extra.offsets[cursor.row + 1])]
            if new.isEmpty { continue }
            text = text.isEmpty ? Array(new) : mergedExtra(text, Array(new))
        }
        output.extra.bytes.append(contentsOf: text)
        output.extra.offsets.append(UInt32(output.extra.bytes.count))
    }
}

/// The members of two JSON objects in one: where both have a key, in the form it is written, the
/// place is the first one's and the value the second one's.
func mergedExtra(_ earlier: [UInt8], _ later: [UInt8]) -> [UInt8] {
    var members: [(key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    for text in [earlier, later] {
        text.withUnsafeBufferPointer { bytes in
            var fields = ExtraFields(bytes)
            while let (key, value) = fields.next() {
                if let place = members.firstIndex(where: { $0.key.elementsEqual(text[key]) }) {
                    members[place].value = text[value]
                } else {
                    members.append((text[key], text[value]))
                }
            }
        }
    }
    var merged: [UInt8] = []
    for (key, value) in members {
        merged.append(UInt8(ascii: merged.isEmpty ? "{" : ","))
        merged += key
        merged.append(UInt8(ascii: ":"))
        merged += value
    }
    if !merged.isEmpty { merged.append(UInt8(ascii: "}")) }
    return merged
}
