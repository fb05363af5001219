import TCCore
import TCStore

/// A PostgreSQL server, through a pool of connections that are opened as they are needed.
final class PostgresDatabase: Database {
    let dialect = SQLDialect.postgres
    private let pool: PostgresPool

    init(
        _ url: PostgresURL, _ libpq: LibPQ, seams: Seams, options: DatabaseOptions
    ) throws(TCError) {
        let settings = PoolSettings(
            what: "connections to '\(url.place)'", size: options.poolSize,
            waitLimit: options.waitLimit, queueLimit: options.queueLimit)
        let reserve = min(options.writeReserve, options.poolSize - 1)
        pool = try PostgresPool(settings, writeReserve: reserve, uptime: seams.uptime) { lane in
            PostgresServer(options: options, seams: seams, wakeup: lane.wakeup) { interruption in
                let link = try PostgresLink(
                    url, libpq, options: options, uptime: seams.uptime, wakeup: lane.wakeup,
                    interruption: interruption)
                return PostgresConnection(link, options)
            }
        }
    }

    deinit { pool.beginClose() }

    func query<Result: Sendable>(
        _ sql: String, _ parameters: [SQLValue],
        _ row: @escaping @Sendable (any SQLRow) throws -> Result
    ) async throws -> [Result] {
        try PostgresParameters.check(parameters)
        return try await pool.answer(sql, parameters)?.rows(row) ?? []
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await pool.run(.read, body)
    }

    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await pool.run(.write, body)
    }

    func check() async throws {
        _ = try await query("SELECT 1", []) { try $0.integer(0) }
    }

    var poolStatus: PoolStatus? { pool.status }
    var queryExecutor: (any TaskExecutor)? { pool }

    func close() async { await pool.close() }

    /// Ends what waits and what runs with an error of kind `unavailable`, or as of unknown outcome: the
    /// server is not worth waiting for.
    func abandonCalls() { pool.abandon() }
}
