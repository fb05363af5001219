import TCCore

/// What verify found in one file.
public struct VerifiedFile: Sendable {
    /// The path below the store's folder.
    public let file: String
    public let rows: Int
    public let vehicles: Int
    public let bytes: Int
    /// Whether another file replaces it, so that queries leave it out; the next compact or forget
    /// removes it.
    public let isReplaced: Bool
    /// The first thing that is wrong; nil for a sound file.
    public let fault: TCError?
}

extension TelemetryStore {
    /// Reads every byte of every file again and calls `report` for each, in the order of day and
    /// sequence.
    ///
    /// Checked are the checksums of all pages and indexes, the counts of rows, that every row lies in
    /// its file's day and in strict order of vehicle and time (so none is there twice), that values
    /// are in their ranges, a place whole, `extra` one JSON object, and that the statistics of pages
    /// and columns and the index of vehicles say what the rows say.
    ///
    /// Runs beside everything else: it looks at the files that were there when it began. Throws only
    /// where the store itself cannot be listed.
    public func verify(
        _ control: MaintenanceControl, report: (VerifiedFile) throws -> Void
    ) throws {
        var names: [(name: StoredName, isReplaced: Bool)] = []
        for day in try layout.days(files) {
            let current = try layout.files(of: day, files)
            names += try layout.allFiles(of: day, files).map { ($0, !current.contains($0)) }
        }
        for (name, isReplaced) in names {
            try control.checkInterruption()
            let path = layout.path(name)
            let verifier: FileVerifier
            do {
                verifier = FileVerifier(try StoreFile(name: name, path: path))
            } catch {
                // Compacted or forgotten since the listing: its rows are elsewhere or meant to go.
                if !files.exists(path) { continue }
                try report(
                    VerifiedFile(
                        file: layout.relativePath(name), rows: 0, vehicles: 0, bytes: 0,
                        isReplaced: isReplaced, fault: FileVerifier.fault(error, path)))
                continue
            }
            let fault = verifier.run(workers: control.workers)
            try report(
                VerifiedFile(
                    file: layout.relativePath(name), rows: verifier.store.file.rowCount,
                    vehicles: verifier.vehicles, bytes: verifier.store.file.byteCount,
                    isReplaced: isReplaced, fault: fault))
        }
    }
}
