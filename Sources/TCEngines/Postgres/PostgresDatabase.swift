import TCCore
import TCStore

/// A PostgreSQL server, through a pool of connections that are opened as they are needed.
final class PostgresDatabase: Database {
    let dialect = SQLDialect.postgres
    let pool: CallPool

    init(
        _ url: PostgresURL, _ libpq: LibPQ, seams: Seams, options: DatabaseOptions
    ) throws(TCError) {
        let settings = CallPool.Settings(
            what: "connections to '\(url.place)'", size: options.poolSize,
            waitLimit: options.waitLimit, queueLimit: options.queueLimit,
            writeReserve: min(options.writeReserve, options.poolSize - 1))
        pool = try CallPool(settings, uptime: seams.uptime) { wakeup in
            PostgresServer(options: options, seams: seams, wakeup: wakeup) { interruption in
                let link = try PostgresLink(
                    url, libpq, options: options, uptime: seams.uptime, wakeup: wakeup,
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
        try await pool.run(.statement) { try $0.query(sql, parameters, row) }
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

    func close() async { await pool.close() }

    /// Ends what waits and what runs with an error of kind `unavailable`, or as of unknown outcome: the
    /// server is not worth waiting for.
    func abandonCalls() { pool.abandon() }
}
