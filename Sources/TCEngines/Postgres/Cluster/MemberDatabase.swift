import TCCore
import TCStore

/// The database of one server of a cluster: its pool, with the cluster told when it is lost, and writes
/// refused where the server is not the primary.
final class MemberDatabase: Database {
    private let database: PostgresDatabase
    private let mayWrite: @Sendable () -> TCError?
    private let lost: @Sendable (TCError) -> Void

    /// - Parameters:
    ///   - mayWrite: why it takes no writes now; nil where it does.
    ///   - lost: told what a call came to that did not reach the server, or was in flight when that was
    ///     lost.
    init(
        _ database: PostgresDatabase, mayWrite: @escaping @Sendable () -> TCError?,
        lost: @escaping @Sendable (TCError) -> Void
    ) {
        self.database = database
        self.mayWrite = mayWrite
        self.lost = lost
    }

    var dialect: SQLDialect { database.dialect }
    var poolStatus: PoolStatus? { database.poolStatus }
    var queryExecutor: (any TaskExecutor)? { database.queryExecutor }

    func query<Result: Sendable>(
        _ sql: String, _ parameters: [SQLValue],
        _ row: @escaping @Sendable (any SQLRow) throws -> Result
    ) async throws -> [Result] {
        try await telling { try await database.query(sql, parameters, row) }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await telling { try await database.read(body) }
    }

    @discardableResult
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        if let refusal = mayWrite() { throw refusal }
        return try await telling { try await database.write(body) }
    }

    func check() async throws { try await telling { try await database.check() } }

    func close() async { await database.close() }

    private func telling<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as any TCErrorConvertible where error.tcError.kind == .unavailable {
            lost(error.tcError)
            throw error
        }
    }
}
