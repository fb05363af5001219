import TCCore

/// An event and its place in the outbox.
public struct OutboxEntry: Equatable, Sendable {
    /// Where to go on after this event: `OutboxTail(since: position)`.
    public let position: Int64
    public let event: CloudEvent
}

/// The events of an outbox from a position on, in order.
///
/// It reads in pages and holds one. An error of the database ends it; whoever remembers the last
/// position goes on from there, and drops by its id what comes twice.
public struct OutboxTail: AsyncSequence, Sendable {
    /// An event and its position.
    public typealias Element = OutboxEntry

    private let database: any Database
    private let since: Int64
    private let type: String?
    private let interval: Duration?

    /// Follows for ever, until the task is cancelled.
    ///
    /// - Parameters:
    ///   - since: the position behind which it begins; 0 for the oldest event that is kept.
    ///   - type: only events of this type, or of all that begin so where it ends in `*`.
    ///   - interval: how often the database is asked while nothing happens; more than nothing.
    public static func following(
        _ database: any Database, since: Int64, type: String? = nil,
        interval: Duration = .milliseconds(50)
    ) -> OutboxTail {
        OutboxTail(database: database, since: since, type: type, interval: interval)
    }

    /// Ends behind the last event that was there when it was first asked.
    public static func replaying(
        _ database: any Database, since: Int64, type: String? = nil
    ) -> OutboxTail {
        OutboxTail(database: database, since: since, type: type, interval: nil)
    }

    /// Begins at the position that was asked for.
    public func makeAsyncIterator() -> Iterator {
        Iterator(
            database: database, type: type, interval: interval, cursor: since,
            horizon: OutboxHorizon(database))
    }

    /// Goes from event to event.
    ///
    /// A copy goes its own way, so a step that was cancelled or that an error ended can be taken again
    /// from a copy of before it, and then nothing is left out and nothing comes twice.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        fileprivate let database: any Database
        fileprivate let type: String?
        /// Nil ends at the first horizon.
        fileprivate let interval: Duration?
        /// Behind which position the next page begins.
        fileprivate var cursor: Int64
        fileprivate var horizon: OutboxHorizon
        private var page: ArraySlice<OutboxEntry> = []
        private var isSettled = false

        /// Events of a page: so many that a round trip does not matter, so few that they fit.
        private static let pageCount = 100

        fileprivate init(
            database: any Database, type: String?, interval: Duration?, cursor: Int64,
            horizon: OutboxHorizon
        ) {
            self.database = database
            self.type = type
            self.interval = interval
            self.cursor = cursor
            self.horizon = horizon
        }

        /// The next event; nil behind the last of a replay. Waits while there is none to follow.
        public mutating func next() async throws -> OutboxEntry? {
            try await fillPage()
            return page.popFirst()
        }

        /// The events that `next` would give one after the other without asking the database again,
        /// some dozens at most; empty behind the last of a replay. Waits while there is none to follow.
        public mutating func nextPage() async throws -> [OutboxEntry] {
            try await fillPage()
            defer { page = [] }
            return Array(page)
        }

        /// Returns with at least one event at hand, or with none behind the last of a replay.
        private mutating func fillPage() async throws {
            while page.isEmpty {
                if cursor < horizon.position {
                    try await readPage()
                } else if interval == nil, isSettled {
                    return
                } else {
                    try await advance()
                }
            }
        }

        private mutating func advance() async throws {
            let before = horizon.position
            isSettled = try await horizon.advance()
            if !isSettled {
                try await Task.sleep(for: OutboxHorizon.patience)
            } else if let interval, horizon.position <= Swift.max(before, cursor) {
                try await Task.sleep(for: interval)
            }
        }

        private mutating func readPage() async throws {
            let wanted = type ?? "*"
            let prefix = wanted.hasSuffix("*") ? String(wanted.dropLast()) : nil
            let rows = try await database.query(
                """
                SELECT position, id, source, type, subject, time_ms, data FROM outbox
                WHERE position > $1 AND position <= $2 AND
                    \(prefix == nil ? "type = $3" : "substr(type, 1, length($3)) = $3")
                ORDER BY position LIMIT \(Iterator.pageCount)
                """, [.integer(cursor), .integer(horizon.position), .text(prefix ?? wanted)]
            ) { row in
                OutboxEntry(
                    position: try row.integer(0),
                    event: CloudEvent(
                        id: try row.text(1), source: try row.text(2), type: try row.text(3),
                        subject: try row.text(4),
                        time: Instant(milliseconds: try row.integer(5)), data: try row.text(6)))
            }
            page = rows[...]
            // A page that is not full has everything up to the horizon.
            let last = rows.count < Iterator.pageCount ? nil : rows.last?.position
            cursor = last ?? horizon.position
        }
    }
}
