import Glibc
import TCCore
import TCStore

/// Which rows forget deletes: those of some vehicles, those before a moment, or both at once.
public struct ForgetRule: Sendable {
    /// Nil for all vehicles.
    public let vehicles: [String]?
    /// Nil for all times.
    public let before: Instant?

    public init(vehicles: [String]?, before: Instant?) {
        precondition(vehicles != nil || before != nil, "this would delete everything")
        self.vehicles = vehicles?.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.before = before
    }

    /// The rows to keep; they are the last ones, since rows are in time order.
    func kept(_ rows: VehicleRows) -> Range<Int> {
        guard names(rows.vehicleID) else { return 0..<rows.count }
        guard let before = before?.milliseconds else { return 0..<0 }
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows.ts[middle] < before { low = middle + 1 } else { high = middle }
        }
        return low..<rows.count
    }

    private func names(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let vehicles else { return true }
        var low = 0
        var high = vehicles.count
        while low < high {
            let middle = (low + high) / 2
            if vehicles[middle].utf8.elementsEqual(id) { return true }
            if vehicles[middle].utf8.lexicographicallyPrecedes(id) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return false
    }

    /// The scan that meets just the rows to delete.
    var request: ScanRequest { ScanRequest(vehicles: vehicles, to: before, columns: []) }
}

/// Rows of one vehicle in one file that forget deletes.
public struct ForgottenRows: Sendable, Equatable {
    public let vehicleID: String
    /// The file's path below the store's folder.
    public let file: String
    public let rows: Int
    /// The first and the last row's time.
    public let first: Instant
    public let last: Instant
}

extension TelemetryStore {
    /// Deletes the rows that `rule` names from every file that has some, and calls `report` for each
    /// vehicle in each file: in a dry run what would be deleted, else what was, once it durably is.
    ///
    /// A file is rewritten beside the old one and takes its place in one step; one of which nothing
    /// is left is removed. Safe beside ingest and queries, and to kill at any moment: files are
    /// either done or untouched, and running again completes the work. Rows that are ingested
    /// meanwhile stay. A file that cannot be read is left, and `failed` is told.
    /// - Throws: `tryAgain` where another compact or forget is running.
    public func forget(
        _ rule: ForgetRule, dryRun: Bool, _ control: MaintenanceControl,
        failed: (TCError) -> Void, report: (ForgottenRows) throws -> Void
    ) throws {
        guard let lock = try lockForMaintenance() else { return }
        defer { lock.release() }
        for day in try layout.days(files) {
            // Whatever a killed process left may hold rows that are to go.
            if !dryRun { try removeAbandonedFiles(of: day) }
            if let before = rule.before, day.start >= before { continue }
            for name in try layout.files(of: day, files) {
                try control.checkInterruption()
                do {
                    let found = try forget(rule, in: name, dryRun: dryRun, control)
                    for rows in found { try report(rows) }
                } catch let error as TCError where error.kind == .io {
                    failed(error)
                }
            }
            if !dryRun { try removeIfEmpty(day) }
        }
    }

    private func forget(
        _ rule: ForgetRule, in name: StoredName, dryRun: Bool, _ control: MaintenanceControl
    ) throws -> [ForgottenRows] {
        let snapshot = try snapshot(of: [name])
        if let failure = snapshot.failures.errors.first { throw failure }
        let path = layout.relativePath(name)
        var found: [ForgottenRows] = []
        try snapshot.scan(rule.request, workers: control.workers) {
            RunFinder(file: path)
        } deliver: {
            found += $0.found
        }
        if let failure = snapshot.failures.errors.first { throw failure }
        if found.isEmpty || dryRun { return found }
        _ = try rewrite(snapshot, as: name, forgetting: rule, control)
        return found
    }

    private func removeIfEmpty(_ day: Day) throws {
        guard try files.list(layout.folder(day)).isEmpty else { return }
        let lock = try FileLock.take(layout.publishLock, .exclusive, files)
        defer { lock?.release() }
        if try files.removeFolderIfEmpty(layout.folder(day)) { try files.syncFolder(layout.root) }
    }
}

/// Notes the rows of each vehicle that a scan meets.
private struct RunFinder: VehicleVisitor {
    let file: String
    var found: [ForgottenRows] = []
    private var rows = 0
    private var first: Int64 = 0
    private var last: Int64 = 0
    private var id = ""

    init(file: String) { self.file = file }

    mutating func visit(_ rows: VehicleRows) throws {
        if self.rows == 0 {
            first = rows.ts[0]
            id = String(decoding: rows.vehicleID, as: UTF8.self)
        }
        last = rows.ts[rows.count - 1]
        self.rows += rows.count
    }

    mutating func endVehicle() throws {
        if rows > 0 {
            found.append(
                ForgottenRows(
                    vehicleID: id, file: file, rows: rows, first: Instant(milliseconds: first),
                    last: Instant(milliseconds: last)))
        }
        rows = 0
    }
}
