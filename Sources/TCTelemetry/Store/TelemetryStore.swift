import TCCore
import TCStore

/// The embedded telemetry store: a folder of Parquet files that any reader of Parquet understands.
///
/// Any number of processes may ingest, query and maintain one store at once.
public struct TelemetryStore: Sendable {
    /// The folder that the URL names.
    public let directory: String
    let layout: StoreLayout
    let files: FileSystem

    /// - Parameter url: `parquet:DIR`. The folder need not exist; the first ingest makes it.
    /// - Throws: `configuration` where the scheme is another one or the folder is not named.
    public init(url: String, files: FileSystem = FileSystem()) throws {
        guard url.hasPrefix("parquet:"), url.utf8.count > 8 else {
            throw TCError(
                .configuration, "'\(url)' is no telemetry store that tc can open",
                hint: "write parquet:DIR")
        }
        self.init(directory: String(url.dropFirst(8)), files: files)
    }

    init(directory: String, files: FileSystem) {
        self.directory = directory
        self.files = files
        layout = StoreLayout(directory: directory)
    }

    /// Begins a file of rows of one day. Nothing is visible until it is published.
    public func newFile(day: Day) throws -> StoreFileWriter {
        try StoreFileWriter(
            day: day, layout: layout, files: files, target: .nextSequence)
    }

    /// Removes what processes that were killed left behind: hidden temporary files that nobody
    /// writes any more, and files that a compaction had replaced. Never touches a file that holds
    /// rows of its own or is being written.
    public func removeAbandonedFiles() throws {
        for day in try layout.days(files) { try removeAbandonedFiles(of: day) }
    }

    func removeAbandonedFiles(of day: Day) throws {
        let folder = layout.folder(day)
        // Looked at without the lock first: most often there is nothing to do.
        let hasTemporary = try files.list(folder).contains(where: StoreFileWriter.isTemporary)
        guard try hasTemporary || !replacedFiles(of: day).isEmpty else { return }
        let lock = try FileLock.take(layout.publishLock, .exclusive, files)
        defer { lock?.release() }
        for name in try files.list(folder) where StoreFileWriter.isTemporary(name) {
            if FileLock.isAbandoned("\(folder)/\(name)") {
                try files.remove("\(folder)/\(name)")
            }
        }
        let replaced = try replacedFiles(of: day)
        for file in replaced { try files.remove(layout.path(file)) }
        // What replaced them may go next, and must not go first on the device.
        if !replaced.isEmpty { try files.syncFolder(folder) }
    }

    /// The files of a day that another one replaces, where that one can be read: a compaction was
    /// killed before it could remove them.
    func replacedFiles(of day: Day) throws -> [StoredName] {
        let visible = try layout.files(of: day, files)
        return try layout.allFiles(of: day, files).filter { file in
            visible.contains { newer in
                newer.replaces(file)
                    && (try? StoreFile(name: newer, path: layout.path(newer))) != nil
            }
        }
    }

    /// The folder of the store's files, and whether there is one yet.
    public var folder: (path: String, isThere: Bool) { (layout.root, files.isFolder(layout.root)) }

    /// Whether a compact or forget is running on the store now, in any process. Makes nothing.
    public var isUnderMaintenance: Bool {
        files.exists(layout.maintenanceLock) && !FileLock.isAbandoned(layout.maintenanceLock)
    }

    /// Takes the lock of compact and forget, which must not run at the same time; nil where there is
    /// no store yet.
    ///
    /// Throws `tryAgain` where one of them is running.
    func lockForMaintenance() throws -> FileLock? {
        guard files.isFolder(layout.root) else { return nil }
        guard let lock = try FileLock.takeIfFree(layout.maintenanceLock, files) else {
            throw TCError(
                .tryAgain, "another compact or forget is running on '\(directory)'",
                hint: "run this again when it has ended")
        }
        return lock
    }
}
