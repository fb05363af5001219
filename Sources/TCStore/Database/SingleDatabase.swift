import TCCore

/// A cluster of one database, SQLite or a PostgreSQL server without replicas: it takes the writes and
/// answers the reads.
public struct SingleDatabase: DatabaseCluster {
    private let member: ClusterMember

    /// - Parameter database: closed by `close`.
    public init(_ database: any Database) {
        member = ClusterMember(name: "primary", role: .primary, database: database, lag: .zero)
    }

    public var dialect: SQLDialect { member.database.dialect }

    public func primary() async throws -> ClusterMember { member }

    public func reader(_ bound: ReadBound) async throws -> ClusterMember { member }

    public func writePosition(on member: ClusterMember) async throws -> LSN? {
        try await ServerState.writePosition(on: member.database)
    }

    public func status() async -> [MemberStatus] {
        let database = member.database
        var status = MemberStatus(
            name: member.name, role: .primary, isReachable: false, pool: database.poolStatus)
        do {
            if dialect == .postgres {
                let state = try await ServerState(of: database)
                status.role = state.isStandby ? .replica : .primary
                status.lsn = state.lsn
                status.timeline = state.timeline
            } else {
                try await database.check()
            }
            status.isReachable = true
            status.lag = status.role == .primary ? .zero : nil
        } catch {
            status.problem = (error as? any TCErrorConvertible)?.tcError.message ?? "\(error)"
        }
        return [status]
    }

    public func close() async { await member.database.close() }
}
