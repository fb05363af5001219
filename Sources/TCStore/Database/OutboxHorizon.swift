/// Up to which position the outbox holds all that it will ever hold: what `Outbox` says about
/// followers, step by step.
struct OutboxHorizon: Sendable {
    /// How soon a writer that stands in the way is looked at again: most commit at once.
    static let patience = Duration.milliseconds(5)

    private let database: any Database
    /// Everything up to here is settled.
    private(set) var position: Int64 = 0
    /// The last position drawn at some moment, and the writers of then that may still be at work.
    private var candidate: (position: Int64, writers: Set<String>)?

    init(_ database: any Database) { self.database = database }

    /// Looks once, and says whether it was waiting for nobody.
    ///
    /// Each question is a snapshot of its own, and their order is what makes the answer right.
    mutating func advance() async throws -> Bool {
        guard database.dialect == .postgres else {
            position = try await number("SELECT coalesce(max(position), 0) FROM outbox")
            return true
        }
        if let waiting = candidate {
            let atWork = try await writers()
            candidate?.writers = waiting.writers.intersection(atWork)
        } else {
            let last = try await number(
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM outbox_position_seq")
            candidate = (last, last > position ? try await writers() : [])
        }
        guard let settled = candidate, settled.writers.isEmpty else { return false }
        position = settled.position
        candidate = nil
        return true
    }

    private func number(_ sql: String) async throws -> Int64 {
        try await database.query(sql, []) { try $0.integer(0) }.first ?? 0
    }

    /// The transactions that have written events and not ended, by numbers that do not come again.
    private func writers() async throws -> Set<String> {
        Set(
            try await database.query(
                """
                SELECT virtualtransaction FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND objsubid = 2
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND classid = \(Outbox.lockClass)
                    AND CAST(CAST(objid AS bigint) AS bit(32))::int4 = \(Outbox.lockObject)
                """, []
            ) { try $0.text(0) })
    }
}
