import TCCore
import TCStore

/// What a long piece of maintenance asks and tells while it runs.
public struct MaintenanceControl: Sendable {
    public var workers: Int
    /// Whether to stop at the next safe point; then `interrupted` is thrown.
    public var interrupted: @Sendable () -> Bool
    /// Rows written so far and rows to read in all, of the day at hand.
    public var progress: @Sendable (Day, Int, Int) -> Void

    public init(
        workers: Int, interrupted: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (Day, Int, Int) -> Void = { _, _, _ in }
    ) {
        self.workers = workers
        self.interrupted = interrupted
        self.progress = progress
    }

    func checkInterruption() throws {
        if interrupted() {
            throw TCError(.interrupted, "interrupted; what was finished before is kept")
        }
    }
}

/// Encodes the merged rows of a shard, those left out that are to be forgotten.
private struct Rewriter: VehicleVisitor {
    let builder = RowGroupBuilder()
    let forgetting: ForgetRule?
    let control: MaintenanceControl

    mutating func visit(_ rows: VehicleRows) throws {
        try builder.append(rows, forgetting?.kept(rows) ?? 0..<rows.count)
    }

    mutating func endVehicle() throws { try control.checkInterruption() }
    mutating func endShard() throws { try builder.finish() }
}

extension TelemetryStore {
    /// Writes the merged rows of `snapshot`, which is of one day, to a file called `name` and puts it
    /// in the place of the snapshot's files in one step. Returns nil where no row was left: then the
    /// files are removed.
    ///
    /// A few row groups are in memory at a time. Nothing changes where a file cannot be read: then
    /// its error is thrown.
    func rewrite(
        _ snapshot: StoreSnapshot, as name: StoredName, forgetting: ForgetRule?,
        _ control: MaintenanceControl
    ) throws -> StoreFileWriter.Published? {
        if let failure = snapshot.failures.errors.first { throw failure }
        let writer = try StoreFileWriter(
            day: name.day, layout: layout, files: files, target: .named(name))
        var written = 0
        // More threads than these would only hold more row groups in memory.
        try snapshot.scan(
            ScanRequest(columns: .all), workers: min(control.workers, 4),
            shardRows: RowGroupBuilder.groupRows
        ) {
            Rewriter(forgetting: forgetting, control: control)
        } deliver: { shard in
            for group in shard.builder.groups {
                try writer.append(
                    columns: group.columns, rows: group.rows, runs: group.runs,
                    places: group.places, harsh: group.harsh)
                written += group.rows
            }
            control.progress(name.day, written, snapshot.storedRows)
        }
        if let failure = snapshot.failures.errors.first { throw failure }
        try control.checkInterruption()
        let replaced = snapshot.files.map(\.name)
        if written > 0 { return try writer.publish(removing: replaced) }
        let lock = try FileLock.take(layout.publishLock, .exclusive, files)
        defer { lock?.release() }
        for file in replaced { try files.remove(layout.path(file)) }
        try files.syncFolder(layout.folder(name.day))
        return nil
    }
}
