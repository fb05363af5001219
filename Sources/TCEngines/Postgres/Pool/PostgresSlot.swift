import Synchronization
import TCCore

/// A connection of a pool, and the statement that it works on without a thread.
final class PostgresSlot: @unchecked Sendable {
    // Invariant: `connection` is used by the one who has taken the slot from the pool, or under the lock
    // of `underway` while that holds a call.
    let connection: PostgresConnection
    /// Tells it apart from every other of its pool, past ones too.
    let id: UInt64

    private struct Underway {
        let call: DatabaseCall
        let statement: PostgresStatement
        /// As `uptime`.
        let deadline: Double
    }

    private let underway = Mutex<Underway?>(nil)

    init(_ connection: PostgresConnection, id: UInt64) {
        self.connection = connection
        self.id = id
    }

    /// What may come of a statement at some moment.
    enum Step {
        /// There is no statement.
        case idle
        /// The answer is on its way.
        case waits
        case answered(DatabaseCall, PostgresStatement, PostgresResult?)
        /// The server refused it, or the session was lost.
        case failed(DatabaseCall, any Error)
        /// The rest takes a thread: there is more to send than goes at once, or somebody wants an end.
        case needsThread(DatabaseCall, isSent: Bool, deadline: Double)
    }

    /// Sends the statement of `call`, for which the connection is ready.
    ///
    /// - Parameters:
    ///   - wakeup: signalled when the call is interrupted.
    ///   - now: as `uptime`.
    func start(
        _ call: DatabaseCall, _ statement: PostgresStatement, _ wakeup: Wakeup, now: Double
    ) -> Step {
        underway.withLock { underway in
            call.interruption.watch(with: wakeup)
            if call.interruption.isRequested { return .failed(call, CancellationError()) }
            do {
                let isSent = try connection.startStatement(
                    statement.sql, statement.parameters, call.interruption)
                let deadline = now + connection.link.answerLimit
                guard isSent else { return .needsThread(call, isSent: false, deadline: deadline) }
                underway = Underway(call: call, statement: statement, deadline: deadline)
                return .waits
            } catch {
                return .failed(call, error)
            }
        }
    }

    /// The socket has something to read.
    func receive() -> Step {
        underway.withLock { underway in
            guard let now = underway else { return .idle }
            do {
                guard let result = try connection.receiveStatement() else { return .waits }
                underway = nil
                return .answered(now.call, now.statement, result)
            } catch {
                underway = nil
                return .failed(now.call, error)
            }
        }
    }

    /// Takes the call away where it was interrupted, or waits too long at `moment`.
    func review(at moment: Double) -> Step {
        underway.withLock { underway in
            guard let now = underway else { return .idle }
            let interruption = now.call.interruption
            guard moment >= now.deadline || interruption.isRequested || interruption.isAbandoned
            else { return .waits }
            underway = nil
            return .needsThread(now.call, isSent: true, deadline: now.deadline)
        }
    }

    /// The server is known not to answer.
    func abandon() { underway.withLock { $0?.call.interruption }?.abandon() }
}
