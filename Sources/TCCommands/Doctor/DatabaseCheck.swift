import Glibc
import TCCore
import TCStore

/// The database: that it answers, and that its schema is the one of this program.
enum DatabaseCheck {
    private static let name = "database"

    static func find(_ checkup: Checkup) async throws -> [DoctorFinding] {
        let url = try checkup.settings.value(.database)
        let subject = SafeURL.text(url)
        switch checkup.database {
        case .unusable(let error): return [DoctorFinding(.failed, name, subject, error)]
        case .absent:
            let folder = FileState.folder(of: file(of: url) ?? "")
            let isDefault = try StateDatabase.isDefault(url, checkup.settings)
            let finding = DoctorFinding.notYet(name, subject, in: folder)
            // Where somebody has chosen a place, a file that is not there may be a disk that is not.
            guard finding.outcome == .skipped, !isDefault else { return [finding] }
            return [
                DoctorFinding(
                    .warning, name, subject, finding.detail,
                    hint: "if it was there before, look whether its disk is mounted")
            ]
        case .open(let database):
            do {
                let took = try await checkup.timed { try await database.check() }.took
                return [DoctorFinding(.passed, name, subject, "it answers in \(took)")]
                    + [await schema(database, subject)]
                    + (try await details(database, url, checkup))
            } catch {
                return [DoctorFinding(.failed, name, subject, error)]
            }
        }
    }

    private static func details(
        _ database: any Database, _ url: String, _ checkup: Checkup
    ) async throws -> [DoctorFinding] {
        switch database.dialect {
        case .sqlite:
            guard let path = file(of: url) else { return [] }
            return await SQLiteCheck.find(database, path, checkup)
        case .postgres: return try await PostgresCheck.find(database, SafeURL.text(url), checkup)
        }
    }

    private static func schema(_ database: any Database, _ subject: String) async -> DoctorFinding {
        let name = "database.schema"
        let all = StateDatabase.migrations(for: database.dialect)
        do {
            let missing = try await Migrations.missing(all, in: database)
            if missing.isEmpty {
                return DoctorFinding(.passed, name, subject, "it is that of this release")
            }
            if missing.count == all.count {
                return DoctorFinding(.skipped, name, subject, "it is made at first use")
            }
            let steps = missing.map { "\($0.family) \($0.version)" }.joined(separator: ", ")
            return DoctorFinding(
                .warning, name, subject, "it is older than this release, without \(steps)",
                hint: "the next command that uses the database brings it up to date")
        } catch {
            return DoctorFinding(.failed, name, subject, error)
        }
    }

    // MARK: The file of SQLite

    /// The file that a URL names; nil for another engine, and for a database that is no file.
    static func file(of url: String) -> String? {
        guard url.hasPrefix("sqlite:") else { return nil }
        let path = String(url.dropFirst(7))
        return path.isEmpty || path == ":memory:" ? nil : path
    }

    /// Whether there is a database in a file, which opening it would neither make nor change.
    ///
    /// Looked at before SQLite opens it: to close a file lets go of all locks that the process has on
    /// it.
    ///
    /// - Throws: `configuration` for a file of another kind; what keeps it from being read.
    static func isMade(_ path: String) throws -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0, errno == ENOENT { return false }
        guard descriptor >= 0 else { throw TCError.system(errno, "cannot read '\(path)'") }
        defer { close(descriptor) }
        // https://sqlite.org/fileformat.html#the_database_header
        var header = [UInt8](repeating: 0, count: 20)
        let count = read(descriptor, &header, header.count)
        if count == 0 { return false }
        guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw TCError(.configuration, "'\(path)' is no SQLite database")
        }
        guard header[18] == 2 else {
            throw TCError(
                .configuration, "'\(path)' has no write-ahead log, so another program made it",
                hint: "name another file in the setting 'database'")
        }
        return true
    }
}
