import TCCore
import TCParquet

/// Finds the rows in which one signal lies beyond limits and shows a visitor those alone.
///
/// Each file is searched, by an index where it has one (see `HarshRows`), through many vehicles at once, and what was found is then shared out: a
/// vehicle without a match costs one comparison a run. A match may be wrong only where another file
/// can have overwritten it, or where it lies outside the requested time; such a vehicle is read in
/// the ordinary way. One that has no match anywhere cannot get one by merging.
final class MatchReader {
    private struct Match {
        let row: Int
        let value: Double
    }

    /// Rows that are searched together; of each at most one match is kept for a while.
    private static let blockRows = 1 << 18

    private let snapshot: StoreSnapshot
    private let plan: ScanPlan
    private let files: [FileColumns]
    private let matching: SignalLimits
    private let from: Int64
    private let to: Int64
    private let output: ColumnBuffers
    /// For each file what was found in the block, in the order of rows.
    private var found: [[Match]]
    private let progress: UnsafeMutablePointer<Progress>

    /// How much of what was found in a file is used; memory of our own, since it is looked at for
    /// every run of a vehicle.
    private struct Progress: BitwiseCopyable {
        /// The rows to search, from the first that is needed to the last.
        var firstRow = 0
        var endRow = 0
        var used = 0
        /// The row of the first match that is not used; the largest number where there is none.
        var nextRow = Int.max
    }

    init(
        snapshot: StoreSnapshot, plan: ScanPlan, request: ScanRequest, files: [FileColumns]
    ) {
        matching = request.matching!
        precondition(request.columns == ColumnSet(matching.signal) && !request.needsTimes)
        self.snapshot = snapshot
        self.plan = plan
        self.files = files
        from = request.from?.milliseconds ?? Int64.min
        to = request.to?.milliseconds ?? Int64.max
        output = ColumnBuffers(columns: request.columns)
        found = Array(repeating: [], count: files.count)
        progress = .allocate(capacity: files.count)
    }

    deinit { progress.deallocate() }

    /// Visits those of `vehicles`, numbers of the plan, that have a match. `otherwise` visits all rows
    /// of one vehicle, merged.
    func read<V: VehicleVisitor>(
        _ vehicles: Range<Int>, _ visitor: inout V,
        otherwise: (_ vehicle: Int, inout V) throws -> Void
    ) throws {
        var start = vehicles.lowerBound
        while start < vehicles.upperBound {
            var end = start + 1
            while end < vehicles.upperBound,
                plan.rowsBefore(end + 1) - plan.rowsBefore(start) <= MatchReader.blockRows
            {
                end += 1
            }
            search(start..<end)
            for vehicle in start..<end where hasMatch(vehicle) {
                if plan.overlaps(vehicle) || plan.entries(vehicle).contains(where: isCut) {
                    try otherwise(vehicle, &visitor)
                } else {
                    try show(vehicle, &visitor)
                }
            }
            start = end
        }
    }

    /// Whether some of an entry's rows may lie outside the requested time.
    private func isCut(_ entry: ScanPlan.Entry) -> Bool { entry.first < from || entry.last >= to }

    /// Searches every file from the first row of the block's vehicles to the last. A file that fails
    /// is told of, and what it holds left out.
    private func search(_ vehicles: Range<Int>) {
        progress.initialize(repeating: Progress(), count: files.count)
        for vehicle in vehicles {
            for entry in plan.entries(vehicle) {
                let file = progress + entry.file
                if file.pointee.endRow == 0 { file.pointee.firstRow = entry.firstRow }
                file.pointee.endRow = entry.endRow
            }
        }
        for file in files.indices {
            found[file].removeAll(keepingCapacity: true)
            let rows = progress[file].firstRow..<progress[file].endRow
            guard !rows.isEmpty else { continue }
            var matches: [Match] = []
            swap(&matches, &found[file])
            do {
                try find(in: file, rows, &matches)
            } catch {
                snapshot.failures.add(snapshot.files[file].file.path, error)
                matches.removeAll(keepingCapacity: true)
            }
            swap(&matches, &found[file])
            progress[file].nextRow = found[file].first?.row ?? Int.max
        }
    }

    /// Looks into the file's index of such rows where that has all, else into the column.
    private func find(in file: Int, _ rows: Range<Int>, _ matches: inout [Match]) throws {
        if let harsh = plan.harshRows(file) {
            var place = harsh.firstPlace(notBefore: rows.lowerBound)
            while place < harsh.rows.count, harsh.rows[place] < rows.upperBound {
                let match = Match(row: harsh.rows[place], value: harsh.values[place])
                if matching.limits.matches(match.value) { matches.append(match) }
                place += 1
            }
            return
        }
        try files[file].reader(StoreSchema.column(matching.signal))?
            .findDoubles(rows: rows, beyond: matching.limits) { row, value in
                matches.append(Match(row: row, value: value))
            }
    }

    private func hasMatch(_ vehicle: Int) -> Bool {
        plan.entries(vehicle).contains { entry in
            progress[entry.file].nextRow < entry.endRow && !matches(of: entry).isEmpty
        }
    }

    /// Where in `found` the matches of an entry stand. Entries of one file must be asked for in the
    /// order of their rows; the same one may be asked for again.
    private func matches(of entry: ScanPlan.Entry) -> Range<Int> {
        let found = found[entry.file]
        var start = progress[entry.file].used
        while start < found.count, found[start].row < entry.firstRow { start += 1 }
        progress[entry.file].used = start
        progress[entry.file].nextRow = start < found.count ? found[start].row : Int.max
        var end = start
        while end < found.count, found[end].row < entry.endRow { end += 1 }
        return start..<end
    }

    private func show<V: VehicleVisitor>(_ vehicle: Int, _ visitor: inout V) throws {
        let entries = plan.entries(vehicle)
        let newest = entries.reduce(Int64.min) { max($0, $1.last) }
        for entry in entries {
            let places = matches(of: entry)
            guard !places.isEmpty else { continue }
            output.reserve(places.count)
            let values = output.numbers[matching.signal.rawValue]!
            for (index, place) in places.enumerated() {
                values[index] = found[entry.file][place].value
            }
            try output.withRows(
                of: plan.id(vehicle), start: 0, count: places.count, hasTimes: false, newest: newest
            ) { try visitor.visit($0) }
        }
        try visitor.endVehicle()
    }
}
