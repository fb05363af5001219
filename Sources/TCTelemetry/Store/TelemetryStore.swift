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
    /// writes any more. Never touches a file that is visible or being written.
    public func removeAbandonedFiles() throws {
        for day in try layout.days(files) {
            let folder = layout.folder(day)
            for name in try files.list(folder) where StoreFileWriter.isTemporary(name) {
                if FileLock.isAbandoned("\(folder)/\(name)") {
                    try files.remove("\(folder)/\(name)")
                }
            }
        }
    }
}
