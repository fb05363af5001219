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
    private var index = VehicleRuns()
    /// For each run of `index`.
    private var places: [PlaceBounds] = []
    private var harsh = HarshRows()
    private var rows = 0
    private var isPublished = false

    init(day: Day, layout: StoreLayout, files: FileSystem, target: Target) throws {
        self.day = day
        self.layout = layout
        self.files = files
        self.target = target
        try files.makeFolders(layout.root)
        (temporary, descriptor) = try StoreFileWriter.begin(layout.folder(day), layout, files)
        let (path, descriptor) = (temporary, descriptor)
        writer = try ParquetWriter(
            schema: StoreSchema.columns,
            sortedBy: [StoreSchema.vehicleID, StoreSchema.ts], createdBy: "tc",
            sink: { bytes in
                try files.write(descriptor, bytes, path: path)
            })
    }

    /// Creates the hidden file and marks it. Under the lock, so that no clean-up comes between the
    /// two, nor between the folder and the file.
    private static func begin(
        _ folder: String, _ layout: StoreLayout, _ files: FileSystem
    ) throws -> (path: String, descriptor: Int32) {
        let lock = try FileLock.take(layout.publishLock, .exclusive, files)
        defer { lock?.release() }
        try files.makeFolders(folder)
        let (path, descriptor) = try createTemporary(folder, files)
        FileLock.mark(descriptor)
        return (path, descriptor)
    }

    deinit {
        if !isPublished {
            // Nobody is left to tell; what stays is recognised as abandoned and removed later.
            try? files.remove(temporary)
        }
        close(descriptor)
    }

    /// Appends one row group: the columns of the schema, in order, each with `rows` rows sorted by
    /// vehicle and time, the runs of vehicles that they form, with the bounds of the places of each,
    /// and the harsh ones among the rows. Over the whole file the rows must stay in that order; a
    /// vehicle may go on in the next group.
    ///
    /// Throws `bug` where the runs break the order, leave the day or do not cover the rows: such a
    /// file must never become visible.
    func append(
        columns: [EncodedColumn], rows: Int, runs: VehicleRuns, places: [PlaceBounds],
        harsh: HarshRows
    ) throws {
        precondition(places.count == runs.count && harsh.rowCount == rows)
        var covered = 0
        var number = 0
        try runs.visit { run in
            try add(run, places[number])
            number += 1
            covered += run.rows
        }
        guard covered == rows else {
            throw TCError(.bug, "'\(temporary)': \(rows) rows, of which the runs cover \(covered)")
        }
        try writer!.append(rowGroup: columns, rows: rows)
        self.harsh.append(harsh)
        self.rows += rows
    }

    private func add(_ run: VehicleRuns.Run, _ bounds: PlaceBounds) throws {
        let isInDay =
            run.first <= run.last && run.first >= day.start.milliseconds
            && run.last < Day(number: day.number + 1).start.milliseconds
        let order = index.order(of: run.id)
        let isInOrder = order > 0 || (order == 0 && run.first > index.lastTime)
        guard isInDay, isInOrder, run.rows > 0 else {
            let id = String(decoding: run.id, as: UTF8.self)
            throw TCError(
                .bug,
                "'\(temporary)': rows of '\(id)' \(isInDay ? "out of order" : "of another day")")
        }
        if order == 0 {
            index.extendLast(rows: run.rows, to: run.last)
            places[places.count - 1] = places[places.count - 1].union(bounds)
        } else {
            index.append(run)
            places.append(bounds)
        }
    }

    /// Makes the file durable, then visible. When this returns, no crash can take it away.
    public func publish() throws -> Published {
        try publish(removing: [])
    }

    /// Publishes and then removes `replaced` while readers wait: they see either all of those or
    /// this file alone.
    func publish(removing replaced: [StoredName]) throws -> Published {
        try writer!.attach(VehicleIndex.attachmentName, index.index())
        try writer!.attach(PlaceIndex.attachmentName, PlaceIndex.encode(places))
        if let harsh = harsh.encoded() { try writer!.attach(HarshRows.attachmentName, harsh) }
        let bytes = try writer!.finish(keyValues: [])
        writer = nil
        try files.syncFile(descriptor, path: temporary)
        let lock = try FileLock.take(layout.publishLock, .exclusive, files)
        defer { lock?.release() }
        let name = try finalName()
        try files.rename(temporary, to: layout.path(name))
        isPublished = true
        // The folders above too: whoever made them may have been killed before it could.
        for folder in [layout.folder(day), layout.root, layout.directory] {
            try files.syncFolder(folder)
        }
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
