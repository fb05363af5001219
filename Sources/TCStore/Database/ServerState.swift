import TCCore

/// What a PostgreSQL server says of itself: whether it is a standby, and how far its log goes.
public struct ServerState: Sendable, Equatable {
    /// Whether it replays the log of another; then it takes no writes.
    public var isStandby: Bool
    /// A primary: covers all that was committed before it was asked. A standby: what it has replayed;
    /// nil where that is nothing yet.
    public var lsn: LSN?
    /// The timeline that it writes, or follows: one more after each promotion.
    public var timeline: Int
    /// The same on all servers that hold copies of one database.
    public var systemIdentifier: Int64

    public init(isStandby: Bool, lsn: LSN?, timeline: Int, systemIdentifier: Int64) {
        self.isStandby = isStandby
        self.lsn = lsn
        self.timeline = timeline
        self.systemIdentifier = systemIdentifier
    }

    /// Where a commit is not waited for, it may lie behind what is flushed. Else that is better, since
    /// the position of the next record may stand behind a page's head, which a standby replays only
    /// with that record.
    private static let committed = """
        CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn()
            ELSE pg_current_wal_flush_lsn() END
        """

    /// The name of a segment of the log begins with the timeline. A standby that receives nothing has
    /// what it knew last in its control file.
    private static let statement = """
        SELECT pg_is_in_recovery(),
            CAST(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                ELSE \(committed) END AS text),
            CASE WHEN pg_is_in_recovery()
                THEN coalesce((SELECT received_tli FROM pg_stat_wal_receiver),
                    (SELECT greatest(timeline_id, min_recovery_end_timeline)
                        FROM pg_control_checkpoint(), pg_control_recovery()))
                ELSE CAST(CAST('x' || substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8)
                    AS bit(32)) AS int) END,
            (SELECT system_identifier FROM pg_control_system())
        """
}

extension ServerState {
    /// Asks the PostgreSQL server behind `database`.
    public init(of database: any Database) async throws {
        let found = try await database.query(ServerState.statement, []) { row in
            ServerState(
                isStandby: try row.integer(0) != 0,
                lsn: try row.optionalText(1).map { try LSN(text: $0) },
                timeline: Int(try row.integer(2)), systemIdentifier: try row.integer(3))
        }
        guard let state = found.first else {
            throw TCError(.bug, "a server says nothing of itself")
        }
        self = state
    }

    /// A position that every read of `database` which begins afterwards has seen; nil on SQLite, and
    /// where a standby has replayed nothing yet.
    public static func readPosition(on database: any Database) async throws -> LSN? {
        guard database.dialect == .postgres else { return nil }
        let position = try await database.query(
            """
            SELECT CAST(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                ELSE pg_current_wal_flush_lsn() END AS text)
            """, []
        ) { try $0.optionalText(0) }
        return try (position.first ?? nil).map { try LSN(text: $0) }
    }

    /// What `DatabaseCluster.writePosition` promises, of the server behind `database`.
    public static func writePosition(on database: any Database) async throws -> LSN? {
        guard database.dialect == .postgres else { return nil }
        let position = try await database.query(
            "SELECT CASE WHEN NOT pg_is_in_recovery() THEN CAST(\(committed) AS text) END", []
        ) { try $0.optionalText(0) }
        guard let text = position.first ?? nil else {
            throw TCError(.unavailable, "the server that took a write is no longer the primary")
        }
        return try LSN(text: text)
    }
}
