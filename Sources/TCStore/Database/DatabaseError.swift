import TCCore

/// A constraint refused what a statement would have stored: an error of its own type, because
/// callers answer it (`exists`, `not found`).
///
/// The name is the same on every engine where the schema keeps to this: unique constraints have
/// PostgreSQL's default name (`table_column_key`, `table_pkey`) or are made by `CREATE UNIQUE INDEX
/// name`; checks are written `CONSTRAINT name CHECK …`.
public struct ConstraintViolation: Error, Equatable, Sendable {
    /// What kind of constraint refused.
    public enum Kind: String, Sendable {
        case unique, check
        /// `name` is nil on SQLite, which does not say which foreign key it was.
        case foreignKey = "foreign_key"
        /// `name` is `table.column`.
        case notNull = "not_null"
    }

    public let kind: Kind
    public let name: String?

    public init(kind: Kind, name: String?) {
        self.kind = kind
        self.name = name
    }
}

extension ConstraintViolation: TCErrorConvertible {
    /// Of kind `bug`: a violation that can happen is caught where it means something.
    public var tcError: TCError {
        let which = name.map { " '\($0)'" } ?? ""
        return TCError(.bug, "the \(kind.rawValue) constraint\(which) refused a change")
    }
}

/// The connection was lost after the commit was asked for and before it was confirmed: whether the
/// transaction took effect is not known.
///
/// Doing it again is right only for what changes nothing the second time; else the caller looks
/// whether its change is there.
public struct UnknownOutcome: Error, Equatable, Sendable {
    /// How the connection was lost.
    public let reason: String

    public init(reason: String) { self.reason = reason }
}

extension UnknownOutcome: TCErrorConvertible {
    /// Of kind `unavailable`.
    public var tcError: TCError {
        TCError(
            .unavailable, "whether the transaction took effect is not known: \(reason)",
            hint: "look whether the change is there before you try again")
    }
}
