import TCCore

/// Bounds on the use of a database; each has a default that suits a daemon.
public struct DatabaseOptions: Sendable {
    /// Connections of this process to a PostgreSQL server, at most; at least 1.
    public var poolSize = 50
    /// How many of them reads never take, so that writes go on however many reads there are. At least
    /// one is for reads, however few there are.
    public var writeReserve = 5
    /// How long a call waits for a connection, on SQLite for the lock of another process, and in a
    /// cluster for a primary.
    public var waitLimit = Duration.seconds(5)
    /// How many calls may wait for a connection.
    public var queueLimit = 10_000
    /// How long one statement may run; the server ends a longer one.
    public var statementTimeout = Duration.seconds(30)
    /// How long reaching a server may take, its greeting included.
    public var connectTimeout = Duration.seconds(5)
    /// How often a transaction that collides with others is tried.
    public var attempts = 20
    /// Prepared statements kept for each connection, at least 1.
    public var statementLimit = 256

    public init() {}
}
