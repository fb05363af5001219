/// One connection inside one transaction, handed to the body of `Database.read` or `write`.
///
/// It is used on the thread that the body runs on and only until the body returns. The same SQL
/// runs on every engine: parameters are `$1`, `$2` …, at most `SQLLimits.parameters`; types are
/// `BIGINT`, `TEXT`, `BYTEA`, `DOUBLE PRECISION`; `ON CONFLICT` and `RETURNING` are there. Each
/// statement is prepared once for each connection.
///
/// A statement that fails ends the transaction, on SQLite as on PostgreSQL: what follows in it
/// fails too, and it is rolled back even if the body swallows the error. So a conflict that is
/// expected is written as `ON CONFLICT`, or caught outside of `write`.
///
/// Errors are `ConstraintViolation` where a constraint said no, `CancellationError` where the
/// calling task was cancelled, and else `TCError`; none carries a parameter or a stored value.
/// A statement must not begin or end a transaction.
public protocol SQLConnection: AnyObject {
    var dialect: SQLDialect { get }

    /// Runs one statement that gives no rows, and says how many it inserted, changed or deleted;
    /// 0 for one that does none of these.
    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws -> Int

    /// Runs one statement once for each set of parameters, in order, and gives the sum of what
    /// `execute` would say. An empty batch does nothing.
    ///
    /// Faster than one call for each: SQLite looks the statement up once, PostgreSQL does not wait
    /// for one answer before it sends the next question.
    @discardableResult
    func execute(_ sql: String, batch: [[SQLValue]]) throws -> Int

    /// Runs one statement, hands each row to `row`, and gives what it made of them, in order.
    ///
    /// It also runs `INSERT … RETURNING` and its like. `row` must not use the connection: that is
    /// an error of kind `bug`. All rows are in memory at once, so a table is read in pages
    /// (`WHERE id > $1 ORDER BY id LIMIT $2`).
    func query<Result>(
        _ sql: String, _ parameters: [SQLValue], _ row: (any SQLRow) throws -> Result
    ) throws -> [Result]
}

extension SQLConnection {
    /// `execute` without parameters.
    @discardableResult
    public func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// `query` without parameters.
    public func query<Result>(
        _ sql: String, _ row: (any SQLRow) throws -> Result
    ) throws -> [Result] { try query(sql, [], row) }

    /// What `query` gives for the first row; nil where there is none.
    public func first<Result>(
        _ sql: String, _ parameters: [SQLValue], _ row: (any SQLRow) throws -> Result
    ) throws -> Result? { try query(sql, parameters, row).first }
}

/// Bounds that hold on every engine, because they hold on one.
public enum SQLLimits {
    /// SQLite's default for the highest parameter number; PostgreSQL would take 65,535.
    public static let parameters = 32_766
    /// Bytes of one text or of one row: less than either engine's own billion, so that reading a
    /// row never takes a machine's memory.
    public static let valueBytes = 256 << 20
}
