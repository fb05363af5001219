import TCCore
import TCStore

/// What there is to check of SQLite: its file, its log, its locks, and that every page is sound.
enum SQLiteCheck {
    /// A log is folded into the database when nobody reads what stands before it; at 64 MB it is cut.
    private static let longLog: Int64 = 256 << 20

    static func find(
        _ database: any Database, _ path: String, _ checkup: Checkup
    ) async -> [DoctorFinding] {
        [
            FileState(path).map { .secrecy("database.file", $0) }, log(path),
            await integrity(database, path, checkup), await lock(database, path, checkup),
        ].compactMap { $0 }
    }

    private static func log(_ path: String) -> DoctorFinding? {
        let name = "database.log"
        let bytes = FileState("\(path)-wal")?.bytes ?? 0
        let detail = "the write-ahead log has \(SizeText.of(bytes))"
        guard bytes > longLog else { return DoctorFinding(.passed, name, path, detail) }
        return DoctorFinding(
            .warning, name, path, detail,
            hint: "a process reads for very long and keeps it from being folded in; end that")
    }

    /// `quick_check` looks at every page, and leaves out whether indexes say what their tables say,
    /// which takes many times as long.
    private static func integrity(
        _ database: any Database, _ path: String, _ checkup: Checkup
    ) async -> DoctorFinding {
        let name = "database.integrity"
        do {
            let (found, took) = try await checkup.timed {
                try await database.query("PRAGMA quick_check(1)", []) { try $0.text(0) }
            }
            guard found == ["ok"] else {
                return DoctorFinding(
                    .failed, name, path, "it is damaged: \(found.first ?? "no answer")",
                    hint: "restore it from a backup")
            }
            return DoctorFinding(.passed, name, path, "every page is sound, looked at in \(took)")
        } catch let error as TCError where error.kind == .tryAgain {
            return DoctorFinding(.warning, name, path, error)
        } catch {
            return DoctorFinding(.failed, name, path, error)
        }
    }

    /// An empty transaction, which takes the lock and writes nothing.
    private static func lock(
        _ database: any Database, _ path: String, _ checkup: Checkup
    ) async -> DoctorFinding {
        let name = "database.lock"
        do {
            let took = try await checkup.timed { try await database.write { _ in } }.took
            return DoctorFinding(.passed, name, path, "it may be written, waited for \(took)")
        } catch let error as TCError where error.kind == .tryAgain {
            return DoctorFinding(
                .warning, name, path, error.message,
                hint: "look which process has it open: fuser '\(path)'")
        } catch {
            return DoctorFinding(.failed, name, path, error)
        }
    }
}

/// Sizes as people read them.
enum SizeText {
    /// `512 B`, `1.5 MiB`.
    static func of(_ bytes: Int64) -> String {
        if bytes < 1024 { return "\(bytes) B" }
        var tenths = bytes / 1024 * 10 + bytes % 1024 * 10 / 1024
        var units = ["KiB", "MiB", "GiB", "TiB", "PiB"][...]
        while tenths >= 10_240, units.count > 1 {
            tenths /= 1024
            units.removeFirst()
        }
        return "\(tenths / 10).\(tenths % 10) \(units.first ?? "")"
    }
}
