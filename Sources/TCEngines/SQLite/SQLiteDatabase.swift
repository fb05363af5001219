import TCCore
import TCStore

/// SQLite in this process: one thread that writes and some that read, each with a connection.
///
/// The write-ahead log lets readers see the last commit while the writer works; `synchronous=FULL`
/// makes a commit durable before it is told. Other processes may use the same file: SQLite's locks
/// keep them apart, and a wait for them is bounded by `waitLimit`.
final class SQLiteDatabase: Database {
    /// A database that lives and dies with its only connection, for tests.
    static let memoryPath = ":memory:"

    /// More readers than processors would gain nothing but waiting for the disk at the same time.
    private static let readerCount = 4

    let dialect = SQLDialect.sqlite
    let writer: CallPool
    private let readers: CallPool

    init(path: String, seams: Seams, options: DatabaseOptions) throws(TCError) {
        func pool(_ what: String, _ size: Int, _ settings: [String]) throws(TCError) -> CallPool {
            try CallPool(
                .init(
                    what: "\(what) of '\(path)'", size: size, waitLimit: options.waitLimit,
                    queueLimit: options.queueLimit), uptime: seams.uptime
            ) { wakeup in
                SQLiteServer {
                    let handle = try SQLiteHandle(
                        path: path, options: options, uptime: seams.uptime,
                        wakeup: wakeup)
                    for setting in SQLiteDatabase.settings + settings { try handle.run(setting) }
                    return SQLiteConnection(handle, statementLimit: options.statementLimit)
                }
            }
        }
        let isInMemory = path == SQLiteDatabase.memoryPath
        writer = try pool(
            "connections for writing", 1,
            ["PRAGMA synchronous = FULL", "PRAGMA journal_size_limit = 67108864"])
        readers =
            isInMemory
            ? writer
            : try pool(
                "connections for reading", SQLiteDatabase.readerCount, ["PRAGMA query_only = ON"])
    }

    deinit {
        writer.beginClose()
        readers.beginClose()
    }

    /// For every connection. What is temporary stays in memory, since it may hold secrets.
    private static let settings = [
        "PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF",
        "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16384",
    ]

    func query<Result: Sendable>(
        _ sql: String, _ parameters: [SQLValue],
        _ row: @escaping @Sendable (any SQLRow) throws -> Result
    ) async throws -> [Result] {
        try await readers.run(.statement) { try $0.query(sql, parameters, row) }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await readers.run(.read, body)
    }

    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await writer.run(.write, body)
    }

    func check() async throws {
        _ = try await query("SELECT count(*) FROM sqlite_schema", []) { try $0.integer(0) }
    }

    /// Of both pools together.
    var poolStatus: PoolStatus? {
        let (write, read) = (writer.status, readers.status)
        guard writer !== readers else { return write }
        return PoolStatus(
            size: write.size + read.size, inUse: write.inUse + read.inUse,
            waiting: write.waiting + read.waiting,
            longestWait: max(write.longestWait, read.longestWait))
    }

    func close() async {
        // The writer last: the last connection folds the log into the database.
        await readers.close()
        await writer.close()
    }
}
