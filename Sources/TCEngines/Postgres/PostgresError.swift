import CPostgres
import TCCore
import TCStore

/// An error that the server told, without the parts that may carry values: detail, context, and
/// for refused values the message too.
struct PostgresError {
    /// Five letters and digits (PostgreSQL manual, appendix A).
    let state: String
    private let message: String
    private let constraint: String?
    private let table: String?
    private let column: String?
    private let function: String?

    init(_ result: PostgresResult) {
        func field(_ code: Int) -> String? { result.errorField(code) }
        state = field(TC_PG_DIAG_SQLSTATE) ?? ""
        message = field(TC_PG_DIAG_MESSAGE_PRIMARY) ?? "no message"
        constraint = field(TC_PG_DIAG_CONSTRAINT_NAME)
        table = field(TC_PG_DIAG_TABLE_NAME)
        column = field(TC_PG_DIAG_COLUMN_NAME)
        function = field(TC_PG_DIAG_SOURCE_FUNCTION)
    }

    /// What becomes of the transaction that met an error.
    enum Consequence {
        /// The error is the answer.
        case final
        /// Others stood in the way; it may succeed when run again.
        case conflict
        /// A statement was prepared for a schema that has changed; prepared anew it may succeed.
        case stale
        /// The server has ended the session.
        case loss
    }

    var consequence: Consequence {
        switch state {
        case "40001", "40P01": .conflict
        // The message ("cached plan must not change result type") is translated, the place is not.
        case "0A000" where function == "RevalidateCachedQuery": .stale
        case "26000": .stale
        // A message of libpq's own has no state: the session broke.
        case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "": .loss
        // The number of parameters is wrong, which leaves the session as it was.
        case "08P01": .final
        default: state.hasPrefix("08") ? .loss : .final
        }
    }

    /// The error in our terms.
    func make(_ sql: String, timeout: Duration) -> any Error {
        switch state {
        case "23505", "23P01": return ConstraintViolation(kind: .unique, name: constraint)
        case "23503": return ConstraintViolation(kind: .foreignKey, name: constraint)
        case "23514": return ConstraintViolation(kind: .check, name: constraint)
        case "23502":
            let name = table.flatMap { table in column.map { "\(table).\($0)" } }
            return ConstraintViolation(kind: .notNull, name: name)
        case "40001", "40P01":
            return TCError(.tryAgain, "the transaction collided with others (\(state))")
        case "57014":
            return TCError(
                .tryAgain,
                "a statement took longer than \(timeout.text) and was stopped: \(excerpt(sql))")
        case "55P03":
            return TCError(.tryAgain, "a lock that the statement needs is held: \(excerpt(sql))")
        case "25006": return SQLText.writeInRead(sql)
        case "42501": return TCError(.notPermitted, "\(message) (\(state))")
        case "53100":
            return TCError(
                .io, "the database server's disk is full",
                hint: "what was acknowledged before is safe")
        default: return byClass(sql)
        }
    }

    /// The first two characters are the error's class.
    private func byClass(_ sql: String) -> TCError {
        switch state.prefix(2) {
        case "22": TCError(.badInput, "PostgreSQL refused a value (\(state)): \(excerpt(sql))")
        case "28", "3D": TCError(.configuration, "\(message) (\(state))")
        case "53", "57": TCError(.unavailable, "\(message) (\(state))")
        case "58", "XX": TCError(.io, "\(message) (\(state))")
        // What a function raises may carry anything.
        case "P0": TCError(.bug, "a function raised \(state): \(excerpt(sql))")
        default: TCError(.bug, "PostgreSQL: \(message) (\(state)): \(excerpt(sql))")
        }
    }

    private func excerpt(_ sql: String) -> String { SQLText.excerpt(sql) }
}
