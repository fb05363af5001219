/// Where a family keeps its records: SQLite in this process or a PostgreSQL server.
///
/// Bodies are synchronous and run on a thread of their connection, so a blocking call in C never
/// sits on the cooperative pool and no transaction is held across an `await`. A body should do
/// little besides SQL, since a connection is lent to it. Callers wait first come, first served, for
/// a bounded time, in a queue of bounded length; past either bound the error is of kind `tryAgain`.
///
/// Cancelling the calling task ends the wait, and interrupts the statement on the server too; then
/// `CancellationError` is thrown and the transaction has not happened. Only a commit that has begun
/// is waited for.
///
/// Beside what `SQLConnection` throws, errors are `TCError`: `unavailable` where the database cannot
/// be reached or was lost while the call was in flight, `tryAgain` where others stood in the way
/// longer than waiting is worth, `io` for full and damaged disks; and `UnknownOutcome`.
public protocol Database: Sendable {
    var dialect: SQLDialect { get }

    /// Runs one statement that only reads, at a snapshot of its own: the fastest way to read.
    ///
    /// It sees what was committed before, all of each transaction or nothing; it does not stand in the
    /// order of serializable transactions, as `read` does.
    ///
    /// - Parameter row: may be called again from the first row, after a lost connection was
    ///   replaced.
    func query<Result: Sendable>(
        _ sql: String, _ parameters: [SQLValue],
        _ row: @escaping @Sendable (any SQLRow) throws -> Result
    ) async throws -> [Result]

    /// Runs `body` in a transaction that only reads and sees one state of the database throughout.
    ///
    /// Statements that write are refused with kind `notPermitted`. The body may run several times.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result

    /// Runs `body` in a serializable transaction: committed, durably, when it returns, rolled back
    /// when it throws, and then what it threw is thrown.
    ///
    /// Where concurrent transactions cannot be put in an order, the body runs again, a bounded
    /// number of times; so it must have no effect but through its connection.
    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result

    /// Returns if the database answers a trivial question; else throws what stands in the way.
    func check() async throws

    /// Its connections and who waits for them; nil for one that keeps none of its own.
    var poolStatus: PoolStatus? { get }

    /// Where a task should run that asks for single reads one after the other, for
    /// `withTaskExecutorPreference`: on the thread that takes the answers, so that none of them has to
    /// wake another. Nil where there is no such thread.
    ///
    /// Such a task neither blocks nor computes for long, since every answer waits for it meanwhile.
    var queryExecutor: (any TaskExecutor)? { get }

    /// Ends what waits with an error, lets what runs end, and returns when every connection is
    /// closed. Calls after it fail.
    func close() async
}

extension Database {
    /// Nil: what stands before another database has no connections itself.
    public var poolStatus: PoolStatus? { nil }

    /// Nil: it has no threads either.
    public var queryExecutor: (any TaskExecutor)? { nil }
}
