import TCCore

/// Events in the order in which they happened, beside the records that they tell of.
///
/// An event is written in the transaction of the change, so there is never one without the other.
/// Followers get every event at least once, in the order of `position`, which is for each subject
/// the order of the commits, however many processes write.
///
/// On SQLite that order is for nothing: one writes at a time. On PostgreSQL a number is drawn before
/// the commit, so a smaller one may become visible after a larger one, and two transactions may draw
/// in another order than they commit. Two things mend it:
///
/// - Whoever writes an event first writes the row that all events of its subject share
///   (`outbox_order`; subjects with the same hash share one too). Of two transactions that overlap,
///   one then has to begin anew after the other's commit, and draws its number there. So numbers
///   and commits of one subject have one order.
/// - Whoever writes an event first takes a lock that all writers share and that lasts as long as
///   their transaction. A follower reads the last number drawn, then who holds the lock, and waits
///   until those are gone: all numbers up to that one are then visible or will never be. Only then
///   does it read them (`OutboxHorizon`). Nobody waits for a follower.
///
/// Transaction ids (`pg_snapshot_xmin`) would need no lock, but make followers wait for every long
/// transaction of the cluster, and do not survive a dump and restore.
public enum Outbox {
    /// The tables, as migrations of the family `events`.
    public static func migrations(for dialect: SQLDialect) -> [Migration] {
        [
            Migration(
                family: "events", version: 1,
                sql: [
                    """
                    CREATE TABLE outbox (position \(dialect.identityColumn), id TEXT NOT NULL,
                        source TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
                        time_ms BIGINT NOT NULL, data TEXT NOT NULL)
                    """,
                    "CREATE INDEX outbox_by_time ON outbox (time_ms)",
                    "CREATE TABLE outbox_order (slot BIGINT PRIMARY KEY, events BIGINT NOT NULL)",
                ])
        ]
    }

    /// Writes events with the transaction that `connection` is in, which is one of `write`.
    ///
    /// Best last in the body: until the commit, other writers of the same subjects wait.
    ///
    /// - Throws: kind `badInput` where an event would be longer than a line of input may be.
    public static func append(_ events: [CloudEvent], to connection: any SQLConnection) throws {
        if events.isEmpty { return }
        for event in events where event.data.utf8.count > dataLimit {
            throw TCError(
                .badInput,
                "the data of event '\(event.id)' has \(event.data.utf8.count) bytes; at most "
                    + "\(dataLimit) are allowed")
        }
        if connection.dialect == .postgres {
            _ = try connection.query(
                "SELECT pg_advisory_xact_lock_shared(\(lockClass), \(lockObject))"
            ) { _ in }
            // In one order, so that two writers do not wait for each other.
            let slots = Set(events.map { slot(of: $0.subject) }).sorted()
            try connection.execute(
                """
                INSERT INTO outbox_order VALUES ($1, 1)
                ON CONFLICT (slot) DO UPDATE SET events = outbox_order.events + 1
                """, batch: slots.map { [.integer($0)] })
        }
        try connection.execute(
            """
            INSERT INTO outbox (id, source, type, subject, time_ms, data)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            batch: events.map {
                [
                    .text($0.id), .text($0.source), .text($0.type), .text($0.subject),
                    .integer($0.time.milliseconds), .text($0.data),
                ]
            })
    }

    /// The last position before the first event that happened at `time` or later, for `tail` and
    /// `replay`; where there is none, the last position of all.
    public static func position(
        before time: Instant, in database: any Database
    ) async throws
        -> Int64
    {
        try await database.query(
            """
            SELECT coalesce(
                (SELECT min(position) - 1 FROM outbox WHERE time_ms >= $1),
                (SELECT max(position) FROM outbox), 0)
            """, [.integer(time.milliseconds)]
        ) { try $0.integer(0) }.first ?? 0
    }

    /// The last position that is taken, for a follower of what happens from now on.
    ///
    /// Events that are being written meanwhile may be before or behind it. On PostgreSQL it waits for
    /// the transactions that have drawn a position before this was called.
    public static func end(in database: any Database) async throws -> Int64 {
        var horizon = OutboxHorizon(database)
        while try await !horizon.advance() { try await Task.sleep(for: OutboxHorizon.patience) }
        return horizon.position
    }

    /// As long as a line of input, less room for the rest of the event.
    static let dataLimit = Limits.lineBytes - 4096

    /// "tc" as a number: the lock's first half.
    static let lockClass = 0x7463
    /// The table's own number as the lock's second half, so that each schema has its own lock.
    static let lockObject = "CAST(CAST('outbox' AS regclass) AS oid)::int4"

    /// FNV-1a: equal in every process and release, unlike Swift's own hash.
    private static func slot(of subject: String) -> Int64 {
        let hash = subject.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        // So few that the table stays small, so many that strangers hardly ever share one.
        return Int64(hash % 65_536)
    }
}
