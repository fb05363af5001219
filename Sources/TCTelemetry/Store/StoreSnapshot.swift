import Synchronization
import TCCore
import TCStore

/// The files of a store as they were at one moment, all open: what is published, compacted or
/// forgotten later changes nothing in it.
public struct StoreSnapshot: Sendable {
    /// In the order of day and sequence: where two hold the same moment, the later one wins.
    let files: [StoreFile]
    /// What could not be read; the rest was answered.
    public let failures: StoreFailures

    /// All rows as stored, repeats in different files counted each time.
    public var storedRows: Int { files.reduce(0) { $0 + $1.file.rowCount } }
}

/// The files that a query could not read, each with the first thing that was wrong.
public final class StoreFailures: Sendable {
    private let found = Mutex<[(path: String, error: TCError)]>([])

    /// In the order in which they were met.
    public var errors: [TCError] { found.withLock { $0.map(\.error) } }

    func add(_ path: String, _ error: any Error) {
        let error = error as? TCError ?? TCError(.bug, "'\(path)': \(error)")
        found.withLock { found in
            if !found.contains(where: { $0.path == path }) { found.append((path, error)) }
        }
    }
}

extension TelemetryStore {
    /// Opens every file that may hold rows from `from` until before `to`.
    ///
    /// A file that cannot be read is told of in `failures` and left out. A store that does not exist
    /// is empty.
    public func snapshot(from: Instant? = nil, to: Instant? = nil) throws -> StoreSnapshot {
        try open { layout in
            try layout.days(files).filter { day in
                (to.map { day.start < $0 } ?? true)
                    && (from.map { Day(number: day.number + 1).start > $0 } ?? true)
            }.flatMap { try layout.files(of: $0, files) }
        } where: { file in
            guard let times = file.times else { return false }
            return (from.map { times.upperBound >= $0.milliseconds } ?? true)
                && (to.map { times.lowerBound < $0.milliseconds } ?? true)
        }
    }

    /// Opens these files alone.
    func snapshot(of names: [StoredName]) throws -> StoreSnapshot {
        try open { _ in
            names
        } where: { _ in
            true
        }
    }

    /// Opens the files that `list` names and `isWanted` lets pass.
    private func open(
        _ list: (StoreLayout) throws -> [StoredName], where isWanted: (StoreFile) -> Bool
    ) throws -> StoreSnapshot {
        FileSystem.allowManyOpenFiles()
        // With the lock held nothing is replaced between the listing and the opening. A folder that
        // cannot hold a lock file has nobody who replaces.
        let lock = try FileLock.take(layout.publishLock, .shared, files)
        defer { lock?.release() }
        var attempt = 1
        while true {
            let failures = StoreFailures()
            var opened: [StoreFile] = []
            var hasVanished = false
            for name in try list(layout) {
                let path = layout.path(name)
                do {
                    let file = try StoreFile(name: name, path: path)
                    if isWanted(file) { opened.append(file) }
                } catch {
                    failures.add(path, error)
                    if !files.exists(path) { hasVanished = true }
                }
            }
            // Somebody who knows nothing of the lock removed a file: the folder is looked at again.
            if !hasVanished || attempt == 3 {
                return StoreSnapshot(files: opened, failures: failures)
            }
            attempt += 1
        }
    }
}
