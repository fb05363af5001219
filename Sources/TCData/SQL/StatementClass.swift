import TCStore

/// Whether a statement certainly only reads: then it may go to a replica, and run where nothing may
/// be written.
///
/// Whatever is not known to read is no read: a statement that cannot be parsed, one that locks rows
/// or makes a table on the way, a function that is not on the list of those known to read, a
/// setting. What the text does not show cannot be seen from here, namely what a view, a foreign
/// table, a row's policy, a cast, an operator with the symbol of the engine's own, or a column's
/// name that stands for a function leads to in this schema, and functions of the engine's names
/// that somebody has made for other types. So whoever relies on it also opens a transaction that is
/// read-only, where the engine refuses such a write.
public enum StatementClass: Equatable, Sendable {
    case certainlyRead
    /// With the reason for people: `locks the rows that it reads (FOR UPDATE)`.
    case notCertainlyRead(String)

    /// Looks at one statement; the time is linear in its length.
    public init(of sql: String, dialect: SQLDialect) {
        let doubt = StatementFacts(of: sql, dialect: dialect).doubt
        self = doubt.map(StatementClass.notCertainlyRead) ?? .certainlyRead
    }
}
