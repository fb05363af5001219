import TCStore

/// The tables that a statement names, for the tags of what is cached.
///
/// A view counts as a table, since the text does not show what is behind it. The name of a common
/// table expression is none. What triggers and foreign keys change besides is not seen.
public struct TableReferences: Equatable, Sendable {
    /// In order of appearance, each once. The table that a statement changes is among them only
    /// where it is read besides.
    public let read: [SQLTableName]
    /// The targets of INSERT, UPDATE and DELETE, and what SELECT INTO makes.
    public let written: [SQLTableName]

    /// Nil where the tables cannot be told for certain: a function that is not known may read any,
    /// and so may a statement that cannot be parsed or is of another kind.
    public init?(of sql: String, dialect: SQLDialect) {
        let facts = StatementFacts(of: sql, dialect: dialect)
        guard facts.hidden == nil else { return nil }
        read = facts.tablesRead
        written = facts.tablesWritten
    }

    /// Why there are none for this statement, for a message; nil where there are some.
    public static func reasonForNone(of sql: String, dialect: SQLDialect) -> String? {
        StatementFacts(of: sql, dialect: dialect).hidden
    }
}
