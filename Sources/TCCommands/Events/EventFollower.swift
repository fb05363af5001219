import TCCore
import TCStore

/// Follows the events of a database, also when that goes away and comes back.
struct EventFollower {
    /// How often the database is asked while nothing happens: seldom enough that an idle follower costs
    /// nothing, often enough that nobody sees the wait.
    private static let interval = Duration.milliseconds(200)
    /// How long a database that does not answer is left alone.
    private static let pause = Duration.milliseconds(500)

    private let database: any Database
    /// Where the last page ended: what was not printed is not behind it.
    private var iterator: OutboxTail.Iterator

    init(_ database: any Database, since: Int64, type: String?) {
        self.database = database
        iterator = OutboxTail.following(
            database, since: since, type: type, interval: EventFollower.interval
        ).makeAsyncIterator()
    }

    /// The events that are at hand; at least one, waited for however long it takes.
    ///
    /// A database that cannot be reached, or is locked for too long, is asked again until it answers.
    ///
    /// - Throws: `interrupted` for SIGINT and SIGTERM; `ClosedPipe` when the reader of the output is
    ///   gone; any other error of the database.
    nonisolated(nonsending) mutating func next(
        _ context: CommandContext
    ) async throws -> [OutboxEntry] {
        while true {
            let before = iterator
            do {
                let (page, after) = try await context.untilInterrupted {
                    var iterator = before
                    return (try await iterator.nextPage(), iterator)
                }
                iterator = after
                return page
            } catch {
                let cause = try retryable(error)
                context.diagnostics.warn("\(cause.message); waiting for the database")
                try await wait(context)
                context.diagnostics.note("the database answers again")
            }
        }
    }

    private nonisolated(nonsending) func wait(_ context: CommandContext) async throws {
        while true {
            do {
                return try await context.untilInterrupted { [database] in
                    try await Task.sleep(for: EventFollower.pause)
                    try await database.check()
                }
            } catch {
                _ = try retryable(error)
            }
        }
    }

    /// The error as one that waiting may mend; throws any other.
    private func retryable(_ error: any Error) throws -> TCError {
        guard let cause = (error as? any TCErrorConvertible)?.tcError, cause.isRetryable else {
            throw error
        }
        return cause
    }
}
