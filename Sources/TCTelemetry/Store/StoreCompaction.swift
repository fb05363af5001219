import TCCore
import TCStore

/// One day that compact merges into one file.
public struct CompactedDay: Sendable {
    public let day: Day
    /// Paths below the store's folder, in the order of their sequences.
    public let files: [String]
    /// 1; the same as before where nothing was done.
    public var filesAfter: Int
    /// Rows as stored before: a moment of a vehicle that several files hold counts in each.
    public let rowsBefore: Int
    public var rowsAfter: Int
    public let bytesBefore: Int
    /// Nil in a dry run.
    public var bytesAfter: Int?
}

/// What one pass of compact merges, so that its memory has a bound; a day with more is merged in
/// several passes. A pass takes two files at least.
struct CompactionPassLimits {
    /// Each takes some megabytes while it is read.
    var files = 24
    /// Runs of a vehicle in all files of the pass: each takes some 80 bytes.
    var runs = 3_000_000
}

extension TelemetryStore {
    /// Merges the files of every day that has several into one, folding repeated rows, and calls
    /// `report` for each such day, in order.
    ///
    /// Safe beside ingest and queries, and to kill at any moment. A day with a file that cannot be
    /// read is left as it is, and `failed` is told. With `dryRun` nothing changes.
    /// - Throws: `tryAgain` where another compact or forget is running.
    public func compact(
        dryRun: Bool, _ control: MaintenanceControl, failed: (TCError) -> Void,
        report: (CompactedDay) throws -> Void
    ) throws {
        guard let lock = try lockForMaintenance() else { return }
        defer { lock.release() }
        for day in try layout.days(files) {
            try control.checkInterruption()
            if !dryRun { try removeAbandonedFiles(of: day) }
            let names = try layout.files(of: day, files)
            guard names.count > 1 else { continue }
            do {
                try report(try compact(names, dryRun: dryRun, control))
            } catch let error as TCError where error.kind == .io {
                failed(error)
            }
        }
    }

    private func compact(
        _ names: [StoredName], dryRun: Bool, _ control: MaintenanceControl
    ) throws -> CompactedDay {
        let snapshot = try snapshot(of: names)
        if let failure = snapshot.failures.errors.first { throw failure }
        var result = CompactedDay(
            day: names[0].day, files: names.map { layout.relativePath($0) }, filesAfter: 1,
            rowsBefore: snapshot.storedRows, rowsAfter: 0,
            bytesBefore: snapshot.files.reduce(0) { $0 + $1.file.byteCount }, bytesAfter: nil)
        if dryRun {
            result.rowsAfter = try snapshot.mergedRows(workers: control.workers)
            if let failure = snapshot.failures.errors.first { throw failure }
            return result
        }
        var rest = names
        while rest.count > 1 {
            var merged: [StoredName] = []
            for part in try passes(rest, control.passLimits) {
                if part.count == 1 {
                    merged += part
                    continue
                }
                let name = StoredName(
                    day: names[0].day, first: part.map(\.first).filter { $0 > 0 }.min() ?? 0,
                    last: part.map(\.last).max()!)
                guard
                    let published = try rewrite(
                        try self.snapshot(of: part), as: name, forgetting: nil, control)
                else { continue }
                merged.append(name)
                result.rowsAfter = published.rows
                result.bytesAfter = Int(published.bytes)
            }
            rest = merged
        }
        result.filesAfter = rest.count
        return result
    }

    /// Cuts files into those that one pass merges, in their order; the last pass may be one file.
    private func passes(
        _ names: [StoredName], _ limits: CompactionPassLimits
    ) throws -> [[StoredName]] {
        var passes: [[StoredName]] = []
        var runsInPass = 0
        for name in names {
            let file = try StoreFile(name: name, path: layout.path(name))
            let runs = try VehicleIndex.read(file).count
            runsInPass += runs
            if let last = passes.last,
                last.count == 1
                    || last.count < limits.files && runsInPass <= limits.runs
            {
                passes[passes.count - 1].append(name)
            } else {
                passes.append([name])
                runsInPass = runs
            }
        }
        return passes
    }
}

extension StoreSnapshot {
    /// Rows after merging: what a query sees. Reads times only where two files overlap in the time
    /// of one vehicle.
    func mergedRows(_ request: ScanRequest = ScanRequest(), workers: Int) throws -> Int {
        var request = request
        request.columns = []
        request.needsTimes = false
        var total = 0
        try scan(request, workers: workers) {
            RowCounter()
        } deliver: {
            total += $0.rows
        }
        return total
    }
}

private struct RowCounter: VehicleVisitor {
    var rows = 0

    mutating func visit(_ rows: VehicleRows) throws { self.rows += rows.count }
    mutating func endVehicle() throws {}
}
