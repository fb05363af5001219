import TCCore
import TCStore
import TCWire

/// What is to be done to the database.
public enum DataChange: Sendable {
    /// To a row of a table: all that a new row holds, the key and what changes of an old one, the key
    /// of one that is to go.
    case row(CatalogTable.Operation, CatalogTable, JSONObject)
    /// Whatever a statement of the catalogue does.
    case statement(CatalogStatement, JSONObject)
}

/// What came of a change.
public struct DataChangeOutcome: RecordOutcome {
    /// What was changed and how it ended.
    public enum Result: String, Sendable, CaseIterable {
        case inserted, upserted, updated, deleted
        /// A statement has run.
        case done
        /// A row with that key, or another value that must be the only one, is there already.
        case exists
        case notFound = "not_found"
        /// The row is not the one that was expected, so that nothing was done.
        case another
        /// The connection was lost before the database said how it ended.
        case unknown
    }

    public let change: DataChange
    public let result: Result
    /// Rows that a statement inserted, changed or deleted.
    public let changes: Int
    /// A position of the log that covers the change; nil on SQLite, and where nothing was changed.
    public var lsn: LSN?

    public var status: String { result.rawValue }
    public var isNegative: Bool {
        switch result {
        case .exists, .notFound, .another, .unknown: true
        case .inserted, .upserted, .updated, .deleted, .done: false
        }
    }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch change {
        case .row(_, let table, let row):
            writer.member("table", table.name)
            for name in table.key {
                guard let value = row[name] else { continue }
                writer.key(name)
                writer.value(value)
            }
        case .statement(let statement, _):
            writer.member("statement", statement.name)
            writer.key("changes")
            writer.int(changes)
        }
        writer.member("lsn", ifAny: lsn.map { "\($0)" })
    }
}

/// A change of a batch was refused, so that none of it has happened.
public struct RefusedChange: Error, TCErrorConvertible {
    /// Its place in the batch, from 0.
    public let index: Int
    public let reason: TCError
    /// Whether it is because a row is there already.
    public var isExisting = false

    public var tcError: TCError { reason }
}
