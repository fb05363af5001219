import TCCore

/// How many events of a type there are, or were, and of when.
public struct EventTally: Equatable, Sendable {
    public let type: String
    public var events: Int
    /// When the first and the last of them happened.
    public var first: Instant
    public var last: Instant

    /// Adds what was counted elsewhere of the same type.
    public mutating func add(_ other: EventTally) {
        precondition(type == other.type, "events of two types are counted apart")
        events += other.events
        first = min(first, other.first)
        last = max(last, other.last)
    }
}

extension Outbox {
    /// What `forget` would forget now, type by type in alphabetical order. Reads all of it.
    public static func tally(
        before time: Instant, in database: any Database
    ) async throws -> [EventTally] {
        let found = try await database.query(
            """
            SELECT type, count(*), min(time_ms), max(time_ms) FROM outbox WHERE time_ms < $1
            GROUP BY type
            """, [.integer(time.milliseconds)], tally)
        return sorted(found)
    }

    /// Forgets events that happened before `time`, the oldest first, at most so many, and says which,
    /// type by type in alphabetical order; none where none is left. Followers that have not seen them
    /// never will.
    public static func forget(
        before time: Instant, atMost limit: Int, in database: any Database
    ) async throws -> [EventTally] {
        let forgotten = try await database.write { connection in
            try connection.query(
                """
                DELETE FROM outbox WHERE position IN (
                    SELECT position FROM outbox WHERE time_ms < $1 ORDER BY position LIMIT $2)
                RETURNING type, 1, time_ms, time_ms
                """, [.integer(time.milliseconds), .integer(Int64(limit))], tally)
        }
        return sum(forgotten)
    }

    /// Adds up what is of one type; in alphabetical order.
    public static func sum(_ tallies: [EventTally]) -> [EventTally] {
        var sums: [String: EventTally] = [:]
        for tally in tallies {
            if sums[tally.type]?.add(tally) == nil { sums[tally.type] = tally }
        }
        return sorted(Array(sums.values))
    }

    /// Not by the database, whose order depends on its locale.
    private static func sorted(_ tallies: [EventTally]) -> [EventTally] {
        tallies.sorted { $0.type.utf8.lexicographicallyPrecedes($1.type.utf8) }
    }

    @Sendable
    private static func tally(_ row: any SQLRow) throws -> EventTally {
        EventTally(
            type: try row.text(0), events: Int(try row.integer(1)),
            first: Instant(milliseconds: try row.integer(2)),
            last: Instant(milliseconds: try row.integer(3)))
    }
}
