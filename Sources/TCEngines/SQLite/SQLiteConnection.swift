import TCCore
import TCStore

/// A connection as bodies see it: prepared statements by their text, and the state of the
/// transaction. It is used on one thread.
final class SQLiteConnection: SQLConnection {
    let handle: SQLiteHandle
    /// Whether statements that write are let through.
    var mayWrite = false
    /// What ended the transaction that is open.
    private(set) var failure: (any Error)?
    private var isInRow = false
    private var statements: StatementCache<SQLiteStatement>

    init(_ handle: SQLiteHandle, statementLimit: Int) {
        self.handle = handle
        statements = StatementCache(limit: statementLimit)
    }

    var dialect: SQLDialect { .sqlite }

    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws -> Int {
        try use(sql) { statement in
            try statement.bind(parameters)
            while try statement.step() {}
            return statement.changes
        }
    }

    @discardableResult
    func execute(_ sql: String, batch: [[SQLValue]]) throws -> Int {
        try use(sql) { statement in
            var changes = 0
            for parameters in batch {
                try statement.bind(parameters)
                while try statement.step() {}
                changes += statement.changes
                statement.reset()
            }
            return changes
        }
    }

    func query<Result>(
        _ sql: String, _ parameters: [SQLValue], _ row: (any SQLRow) throws -> Result
    ) throws -> [Result] {
        var results: [Result] = []
        // What `row` throws is no failure of the statement, here as on PostgreSQL.
        var rejection: (any Error)?
        try use(sql) { statement in
            try statement.bind(parameters)
            isInRow = true
            defer { isInRow = false }
            while rejection == nil, try statement.step() {
                do { results.append(try row(SQLiteRow(statement))) } catch { rejection = error }
            }
        }
        if let rejection { throw rejection }
        return results
    }

    /// A transaction, or a part of one that can be undone alone, begins.
    func begin() { failure = nil }

    private func use<Result>(
        _ sql: String, _ body: (SQLiteStatement) throws -> Result
    ) throws
        -> Result
    {
        try SQLText.refuseUse(inRow: isInRow, after: failure)
        handle.startClock()
        defer { handle.stopClock() }
        do {
            if handle.interruption?.isRequested == true { throw CancellationError() }
            let statement = try statements.statement(for: sql) { try SQLiteStatement(sql, handle) }
            guard mayWrite || statement.isReadOnly else { throw SQLText.writeInRead(sql) }
            defer { statement.reset() }
            return try body(statement)
        } catch {
            failure = error
            throw error
        }
    }
}
