import TCCore
import TCStore

/// Works on calls with a connection to a PostgreSQL server, which it opens when there is none.
final class PostgresServer {
    private let connect: (Interruption) throws -> PostgresConnection
    private let options: DatabaseOptions
    private let seams: Seams
    private let wakeup: Wakeup
    private var connection: PostgresConnection?

    /// - Parameter connect: makes a connection, and gives up when the call is cancelled.
    init(
        options: DatabaseOptions, seams: Seams, wakeup: Wakeup,
        connect: @escaping (Interruption) throws -> PostgresConnection
    ) {
        self.options = options
        self.seams = seams
        self.wakeup = wakeup
        self.connect = connect
    }

    /// Works on `call` and answers it, whatever happens.
    ///
    /// - Parameters:
    ///   - connection: kept from an earlier call.
    ///   - rest: how much of the call's statement has happened already: whether all of it was sent, and
    ///     until when it may take, as `uptime`.
    /// - Returns: the connection for the next call; nil where it was lost.
    func serve(
        _ call: DatabaseCall, _ connection: PostgresConnection?,
        rest: (isSent: Bool, deadline: Double)? = nil
    ) -> PostgresConnection? {
        self.connection = connection
        defer { self.connection = nil }
        do {
            try perform(call, rest)()
        } catch {
            call.fail(error)
        }
        // After the answer, which does not have to wait for it.
        tidy()
        return self.connection
    }

    // MARK: Trying

    /// What came of one try.
    private enum Outcome {
        case done(@Sendable () -> Void)
        case failed(any Error)
        /// Nothing has happened; the call may be tried again.
        case again(any Error)
        /// The connection, kept from an earlier call, had been lost before this one.
        case wasLost(any Error)
    }

    private func perform(
        _ call: DatabaseCall, _ rest: (isSent: Bool, deadline: Double)?
    ) throws -> @Sendable () -> Void {
        var collisions = 0
        var rest = rest
        while true {
            let isKept = self.connection != nil
            let connection = try self.connection ?? connect(call.interruption)
            self.connection = connection
            let outcome =
                rest.map { finish(call, connection, isSent: $0, deadline: $1) }
                ?? attempt(call, connection)
            rest = nil
            switch outcome {
            case .done(let tell): return tell
            case .failed(let error): throw error
            case .wasLost(let error): guard isKept else { throw error }
            case .again(let error):
                collisions += 1
                guard collisions < options.attempts else {
                    throw collisions == 1 ? error : stillColliding(collisions)
                }
                pause(after: collisions)
            }
        }
    }

    private func stillColliding(_ count: Int) -> TCError {
        TCError(
            .tryAgain, "the transaction collided with others \(count) times",
            hint: "others change the same rows all the time")
    }

    /// 1 ms doubled each time, at most 128 ms, of it a random part: those that collided must not
    /// come back together. A cancellation ends the wait.
    private func pause(after collisions: Int) {
        let most = 0.001 * Double(1 << min(collisions - 1, 7))
        wakeup.wait(seconds: most * Double(seams.random() >> 11) / 0x1p53)
        wakeup.clear()
    }

    private func attempt(_ call: DatabaseCall, _ connection: PostgresConnection) -> Outcome {
        connection.link.interruption = call.interruption
        connection.begin(call.mode)
        let result = Swift.Result { try call.attempt(connection) }
        if let failure = connection.failure { return outcome(failure, result, connection) }
        switch result {
        case .failure(let error):
            rollBack(connection)
            return .failed(error)
        case .success(let tell): return commit(call, tell, connection)
        }
    }

    /// What comes of a statement that is on its way.
    private func finish(
        _ call: DatabaseCall, _ connection: PostgresConnection, isSent: Bool, deadline: Double
    ) -> Outcome {
        let result = Swift.Result {
            let result = try connection.finishStatement(isSent: isSent, deadline: deadline)
            return { @Sendable in
                call.statement?.answer(result) ?? ()
            }
        }
        if let failure = connection.failure { return outcome(failure, result, connection) }
        switch result {
        case .success(let tell): return .done(tell)
        case .failure(let error): return .failed(error)
        }
    }

    private func commit(
        _ call: DatabaseCall, _ tell: @escaping @Sendable () -> Void,
        _ connection: PostgresConnection
    ) -> Outcome {
        do {
            if call.mode != .statement { try connection.commit() }
            return .done(tell)
        } catch let loss as PostgresLoss {
            self.connection = nil
            // What only reads has nothing that could have taken effect.
            return call.mode == .read ? .done(tell) : .failed(UnknownOutcome(reason: loss.reason))
        } catch {
            if let failure = connection.failure { return outcome(failure, nil, connection) }
            rollBack(connection)
            return .failed(error)
        }
    }

    /// What a transaction comes to that the server ended.
    private func outcome(
        _ failure: PostgresFailure, _ result: Swift.Result<@Sendable () -> Void, any Error>?,
        _ connection: PostgresConnection
    ) -> Outcome {
        switch failure {
        case .loss(let loss):
            self.connection = nil
            return loss.cause == .broken && !connection.hasAnswer
                ? .wasLost(loss.error) : .failed(loss.error)
        case .refusal(let error, let consequence):
            rollBack(connection)
            switch consequence {
            case .conflict, .stale: return .again(error)
            case .final, .loss:
                // What the body made of the error is what it wants to be told; a body that went on
                // as if nothing had happened is told the error itself.
                if case .failure(let thrown)? = result { return .failed(thrown) }
                return .failed(error)
            }
        }
    }

    private func rollBack(_ connection: PostgresConnection) {
        do { try connection.rollBack() } catch { self.connection = nil }
    }

    // MARK: Between calls

    /// Leaves the session as the next caller may expect it, or none at all.
    private func tidy() {
        guard let connection else { return }
        connection.link.interruption = nil
        guard connection.needsReset else { return }
        do { try connection.reset() } catch { self.connection = nil }
    }
}
