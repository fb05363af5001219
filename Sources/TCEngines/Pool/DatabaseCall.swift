import Synchronization
import TCStore

/// One call of `Database` on its way to a connection and back to the task that waits for it.
final class DatabaseCall: Sendable {
    /// What the connection does around the body.
    enum Mode: Sendable {
        /// One statement that only reads, in no transaction.
        case statement
        /// A transaction that only reads.
        case read
        /// A transaction that may write.
        case write
    }

    let mode: Mode
    let interruption: Interruption
    /// Runs the body and gives what then tells the caller its result: later, where more has to
    /// happen before the result is true.
    let attempt: @Sendable (any SQLConnection) throws -> @Sendable () -> Void
    /// Tells the caller an error instead. Exactly one of both ways is taken, once.
    let fail: @Sendable (any Error) -> Void

    /// The same where one statement is all that is asked of PostgreSQL, which needs no thread then.
    let statement: PostgresStatement?

    init<Result: Sendable>(
        _ mode: Mode, _ interruption: Interruption,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) {
        self.mode = mode
        self.interruption = interruption
        statement = nil
        attempt = { connection in
            let result = try body(connection)
            return { continuation.resume(returning: result) }
        }
        fail = { continuation.resume(throwing: $0) }
    }

    /// One statement that only reads, answered with what the server sent.
    init(
        _ sql: String, _ parameters: [SQLValue], _ interruption: Interruption,
        _ continuation: CheckedContinuation<PostgresResult?, any Error>
    ) {
        mode = .statement
        self.interruption = interruption
        statement = PostgresStatement(
            sql: sql, parameters: parameters, answer: { continuation.resume(returning: $0) })
        attempt = { connection in
            let result = try (connection as? PostgresConnection)?.result(sql, parameters)
            return { continuation.resume(returning: result) }
        }
        fail = { continuation.resume(throwing: $0) }
    }
}

/// A statement and who waits for its answer.
struct PostgresStatement: Sendable {
    let sql: String
    /// Checked.
    let parameters: [SQLValue]
    let answer: @Sendable (PostgresResult?) -> Void
}

/// Whether a call is still worth working on, for the thread that does.
final class Interruption: Sendable {
    private struct State {
        var isRequested = false
        var isAbandoned = false
        /// Of the thread that works on the call now.
        var wakeup: Wakeup?
    }

    private let state = Mutex(State())

    /// The caller was cancelled.
    var isRequested: Bool { state.withLock { $0.isRequested } }

    /// Says that the caller was cancelled, and wakes the thread that works for it.
    func request() {
        state.withLock {
            $0.isRequested = true
            $0.wakeup?.signal()
        }
    }

    /// The server is known not to answer.
    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    /// Says that the server is known not to answer, and wakes the thread that waits for it.
    func abandon() {
        state.withLock {
            $0.isAbandoned = true
            $0.wakeup?.signal()
        }
    }

    /// From now on the thread with this wake-up works on the call; with nil none does.
    ///
    /// Afterwards no signal of an earlier call comes any more, so that clearing is final.
    func watch(with wakeup: Wakeup?) { state.withLock { $0.wakeup = wakeup } }
}
