import TCCore

/// The servers that hold one database: a primary, which takes the writes, and its replicas, among which
/// reads are spread. Any of them may become the primary.
public protocol DatabaseCluster: Sendable {
    var dialect: SQLDialect { get }

    /// The server that takes writes now.
    ///
    /// While there is none, as during a failover, it waits; then the error is of kind `unavailable` and
    /// says what is known of each server.
    func primary() async throws -> ClusterMember

    /// The least busy replica that keeps `bound`; the primary where there is none, as `primary()`
    /// gives it.
    func reader(_ bound: ReadBound) async throws -> ClusterMember

    /// A position that covers every write that has been committed on `member` before the call, for
    /// `ReadBound.minLSN`; nil on SQLite, where there is nothing to wait for.
    ///
    /// It asks the server. An error of kind `unavailable` where that is no longer the primary.
    func writePosition(on member: ClusterMember) async throws -> LSN?

    /// What is known of each server, in the order of the URL; asks a server only where nobody watches
    /// it.
    func status() async -> [MemberStatus]

    /// Closes each server's database as `Database.close` does. Calls after it fail.
    func close() async
}

extension DatabaseCluster {
    /// Has a reader that keeps `bound` answer, and another one where a replica was lost meanwhile.
    ///
    /// - Parameter body: reads and does nothing else, since it may run twice.
    public func read<Result: Sendable>(
        _ bound: ReadBound, _ body: (ClusterMember) async throws -> Result
    ) async throws -> Result {
        let member = try await reader(bound)
        do {
            return try await body(member)
        } catch let error as TCError where error.kind == .unavailable && member.role == .replica {
            // It was left out before its error came here.
            return try await body(try await reader(bound))
        }
    }

    /// Has the primary take a write, and the one that follows it where the first was lost before the
    /// write was done.
    ///
    /// A write whose end is not known is not done again: it throws `UnknownOutcome`.
    ///
    /// - Parameter body: makes one call of `Database.write`, since it may run twice.
    public func write<Result: Sendable>(
        _ body: (ClusterMember) async throws -> Result
    ) async throws -> Result {
        do {
            return try await body(try await primary())
        } catch let error as TCError where error.kind == .unavailable {
            return try await body(try await primary())
        }
    }
}
