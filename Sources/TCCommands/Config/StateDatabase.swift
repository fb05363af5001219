import Glibc
import TCAuth
import TCCore
import TCEngines
import TCStore

/// The database that the settings name.
enum StateDatabase {
    /// The schema of every family that keeps records in it.
    static func migrations(for dialect: SQLDialect) -> [Migration] {
        AuthSchema.migrations + Outbox.migrations(for: dialect)
    }

    /// Opens it, and brings it to the schema of this program.
    static func open(_ settings: Settings, _ seams: Seams) async throws -> any Database {
        let url = try settings.value(.database)
        if try isDefault(url, settings) {
            // For its owner alone; the folder of another file is made as the umask has it.
            try StateFolder.make(try settings.value(.home))
        }
        let database = try TCEngines.openDatabase(url: url, seams: seams)
        do {
            try await Migrations.apply(
                migrations(for: database.dialect), to: database, at: seams.now())
            return database
        } catch {
            await database.close()
            throw error
        }
    }

    /// Whether a URL is that of the file in the folder for state.
    static func isDefault(_ url: String, _ settings: Settings) throws -> Bool {
        url == "sqlite:\(try settings.value(.home))/tc.db"
    }
}

/// The folder for state.
enum StateFolder {
    /// Makes it where it is missing, for its owner alone.
    static func make(_ path: String) throws(TCError) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && part.isEmpty ? "/" : (made.hasSuffix("/") ? "" : "/") + part
            if !path.hasPrefix("/"), made.hasPrefix("/") { made.removeFirst() }
            guard !made.isEmpty, mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
            throw .system(errno, "cannot make the folder '\(made)'")
        }
    }
}

extension CommandContext {
    /// Runs `body` on the database of the settings, and puts it away.
    nonisolated(nonsending) func withDatabase(
        _ body: (any Database) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let database = try await StateDatabase.open(settings, seams)
        do {
            let status = try await body(database)
            await database.close()
            return status
        } catch {
            await database.close()
            throw error
        }
    }
}
