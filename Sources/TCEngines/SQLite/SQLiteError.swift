import CSQLite
import Glibc
import TCCore
import TCStore

/// SQLite's result codes as errors of ours.
enum SQLiteError {
    /// - Parameter code: an extended result code that is not success.
    static func make(_ code: Int32, _ handle: SQLiteHandle, sql: String? = nil) -> any Error {
        let name = "the database '\(handle.path)'"
        let message = String(cString: sqlite3_errmsg(handle.pointer))
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: return violation(code, message, handle)
        case SQLITE_INTERRUPT:
            guard handle.isLate else { return CancellationError() }
            return TCError(
                .tryAgain,
                "a statement on \(name) took longer than \(handle.statementTimeout.text) and was stopped"
                    + (sql.map { ": \(SQLText.excerpt($0))" } ?? ""))
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            if handle.interruption?.isRequested == true { return CancellationError() }
            return TCError(
                .tryAgain,
                "\(name) is locked by another process; waited \(handle.lockTimeout.text)")
        case SQLITE_FULL:
            return TCError(
                .io, "the disk of \(name) is full",
                hint: "free some space; what was acknowledged before is safe")
        case SQLITE_CORRUPT:
            return TCError(.io, "\(name) is damaged: \(message)", hint: "restore it from a backup")
        case SQLITE_NOTADB: return TCError(.io, "'\(handle.path)' is not an SQLite database")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            return TCError(.notPermitted, "\(name) cannot be written: \(message)")
        case SQLITE_CANTOPEN:
            return TCError(
                systemError(handle) == EACCES ? .notPermitted : .io,
                "cannot open \(name): \(reason(handle) ?? message)")
        case SQLITE_IOERR:
            return TCError(.io, "\(name): \(reason(handle) ?? message) (SQLite error \(code))")
        case SQLITE_NOMEM: return TCError(.unavailable, "no memory for \(name)")
        case SQLITE_TOOBIG:
            return TCError(
                .badInput, "a row has more than the \(SQLLimits.valueBytes) bytes that are allowed")
        default:
            return TCError(
                .bug, "\(name): \(message)" + (sql.map { ": \(SQLText.excerpt($0))" } ?? ""))
        }
    }

    private static func systemError(_ handle: SQLiteHandle) -> Int32 {
        sqlite3_system_errno(handle.pointer)
    }

    private static func reason(_ handle: SQLiteHandle) -> String? {
        let code = systemError(handle)
        return code == 0 ? nil : String(cString: strerror(code))
    }

    // MARK: Constraints

    /// SQLite names the columns (`UNIQUE constraint failed: users.email, users.tenant`), a check's
    /// name, or the name of an index on an expression (`index 'name'`).
    private static func violation(
        _ code: Int32, _ message: String, _ handle: SQLiteHandle
    )
        -> any Error
    {
        let subject = message.firstRange(of: "failed: ").map { String(message[$0.upperBound...]) }
        switch Int(code) {
        case TC_SQLITE_CONSTRAINT_PRIMARYKEY, TC_SQLITE_CONSTRAINT_ROWID:
            let table = subject?.split(separator: ".").first
            return ConstraintViolation(kind: .unique, name: table.map { "\($0)_pkey" })
        case TC_SQLITE_CONSTRAINT_UNIQUE:
            return ConstraintViolation(
                kind: .unique, name: subject.map { uniqueName($0, handle) })
        case TC_SQLITE_CONSTRAINT_CHECK: return ConstraintViolation(kind: .check, name: subject)
        case TC_SQLITE_CONSTRAINT_NOTNULL: return ConstraintViolation(kind: .notNull, name: subject)
        case TC_SQLITE_CONSTRAINT_FOREIGNKEY:
            return ConstraintViolation(kind: .foreignKey, name: nil)
        default: return TCError(.bug, "the database '\(handle.path)': \(message)")
        }
    }

    /// The name that PostgreSQL gives: that of the index over just these columns where it was made
    /// by `CREATE UNIQUE INDEX`, else `table_column_key`.
    private static func uniqueName(_ subject: String, _ handle: SQLiteHandle) -> String {
        if subject.hasPrefix("index '") { return String(subject.dropFirst(7).dropLast()) }
        let columns = subject.split(separator: ",").map {
            $0.drop { $0 == " " }.split(separator: ".", maxSplits: 1).map(String.init)
        }
        guard let table = columns.first?.first, columns.allSatisfy({ $0.count == 2 }) else {
            return subject
        }
        let names = columns.map { $0[1] }
        return madeIndex(table, names, handle)
            ?? "\(table)_\(names.joined(separator: "_"))_key"
    }

    private static func madeIndex(
        _ table: String, _ columns: [String], _ handle: SQLiteHandle
    )
        -> String?
    {
        // One row an index: `group_concat` over an ordered subquery keeps the order.
        let sql = """
            SELECT l.name FROM pragma_index_list($1) AS l
            WHERE l."unique" = 1 AND l.origin = 'c' AND $2 = (
                SELECT group_concat(name, ',') FROM
                    (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno))
            """
        // The name is a help on the way to another error; where it cannot be had, that error stands.
        guard let statement = try? SQLiteStatement(sql, handle),
            (try? statement.bind([.text(table), .text(columns.joined(separator: ","))])) != nil,
            (try? statement.step()) == true
        else { return nil }
        defer { statement.reset() }
        return try? SQLiteRow(statement).text(0)
    }
}
