import Glibc
import TCCore
import TCParquet
import TCStore
import TCWire

/// Writes one file of the store and publishes it by rename, so that a reader sees all of it or
/// nothing.
///
/// The file is hidden and marked as being written until `publish`; if the writer is dropped before
/// that, it is removed, and if the process dies, the next `removeAbandonedFiles` does.
public final class StoreFileWriter {
    /// What the file will be called.
    enum Target {
        /// The day's next sequence, taken when the file is published.
        case nextSequence
        /// A given name: what compact and forget write.
        case named(StoredName)
    }

    /// A file that is durable and visible.
    public struct Published: Sendable {
        public let path: String
        public let rows: Int
        public let bytes: Int64
    }

    let day: Day
    private let layout: StoreLayout
    private let files: FileSystem
    private let target: Target
    private let temporary: String
    private let descriptor: Int32
    private var writer: ParquetWriter?
    private var index = VehicleTimes()
    private var rows = 0
    private var isPublished = false

    init(day: Day, layout: StoreLayout, files: FileSystem, target: Target) throws {
        self.day = day
        self.layout = layout
        self.files = files
        self.target = target
        try files.makeFolders(layout.folder(day))
        let (path, descriptor) = try StoreFileWriter.createTemporary(layout.folder(day), files)
        temporary = path
        self.descriptor = descriptor
        FileLock.mark(descriptor)
        writer = try ParquetWriter(
            schema: StoreSchema.columns,
            sortedBy: [StoreSchema.vehicleID, StoreSchema.ts], createdBy: "tc",
            sink: { bytes in
                try files.write(descriptor, bytes, path: path)
            })
    }

    deinit {
        if !isPublished {
            // Nobody is left to tell; what stays is recognised as abandoned and removed later.
            try? files.remove(temporary)
        }
        close(descriptor)
    }

    /// Appends one row group: the columns of the schema, in order, each with `rows` rows sorted by
    /// vehicle and time, and the runs of vehicles that they form. Over the whole file the rows must
    /// stay in that order.
    public func append(columns: [EncodedColumn], rows: Int, runs: [VehicleRun]) throws {
        assert(runs.reduce(0) { $0 + $1.rows } == rows, "the runs must cover the rows")
        try writer!.append(rowGroup: columns, rows: rows)
        for run in runs { index.append(first: run.firstTime, last: run.lastTime) }
        self.rows += rows
    }

    /// Makes the file durable, then visible. When this returns, no crash can take it away.
    public func publish() throws -> Published {
        try publish(removing: [])
    }

    /// Publishes and then removes `replaced` while readers wait: they see either all of those or
    /// this file alone.
    func publish(removing replaced: [StoredName]) throws -> Published {
        try writer!.attach(VehicleTimes.attachmentName, index.encoded())
        let bytes = try writer!.finish(keyValues: [])
        writer = nil
        try files.syncFile(descriptor, path: temporary)
        let lock = try FileLock.take(layout.publishLock, .exclusive, files)
        defer { lock?.release() }
        let name = try finalName()
        try files.rename(temporary, to: layout.path(name))
        isPublished = true
        try files.syncFolder(layout.folder(day))
        for file in replaced where file != name { try files.remove(layout.path(file)) }
        return Published(path: layout.path(name), rows: rows, bytes: bytes)
    }

    private func finalName() throws -> StoredName {
        switch target {
        case .named(let name): return name
        case .nextSequence:
            let last = try layout.allFiles(of: day, files).map(\.last).max() ?? 0
            return StoredName(day: day, first: last + 1, last: last + 1)
        }
    }

    /// Temporary names only have to differ between writers that are alive: the process and a count.
    private static func createTemporary(
        _ folder: String, _ files: FileSystem
    ) throws -> (path: String, descriptor: Int32) {
        var count = 0
        while true {
            let path = "\(folder)/.\(getpid())-\(count).tmp"
            if !files.exists(path) {
                do {
                    return (path, try files.create(path))
                } catch let error as TCError where files.exists(path) && count < 10_000 {
                    _ = error  // Another writer took the name first.
                }
            }
            count += 1
        }
    }

    static func isTemporary(_ name: String) -> Bool {
        name.hasPrefix(".") && name.hasSuffix(".tmp")
    }
}
