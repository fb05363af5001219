import Synchronization
import TCCore

/// Runs a bounded number of jobs at once, each on a thread of its own, and lets a bounded number wait in
/// the order in which they came.
///
/// A job that takes a third of a second does not belong on the cooperative pool, and beside it the
/// making of a thread costs nothing, so none is kept.
final class HashingGate: Sendable {
    private struct State {
        var running = 0
        var lastTicket: UInt64 = 0
        var waiting: [Waiter] = []
    }

    private struct Waiter {
        let ticket: UInt64
        let turn: CheckedContinuation<Void, any Error>
    }

    private let state = Mutex(State())
    private let mostRunning: Int
    private let mostWaiting: Int

    init(running: Int, waiting: Int) {
        precondition(running >= 1 && waiting >= 0)
        mostRunning = running
        mostWaiting = waiting
    }

    /// How many wait for their turn now.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Runs `job` when it is its turn, and returns what it does.
    ///
    /// Throws `.tryAgain` at once where too many wait, `CancellationError` where the task is cancelled
    /// while it waits. A job that has begun is not interrupted.
    func run<Result: Sendable>(
        _ job: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await takeTurn()
        defer { passOn() }
        return try await Workers.result(job)
    }

    private func takeTurn() async throws {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(Waiter(ticket: ticket, turn: continuation))
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }
                    .map { state.waiting.remove(at: $0) }
            }
            waiter?.turn.resume(throwing: CancellationError())
        }
    }

    private func enter(_ waiter: Waiter) {
        let answer: Swift.Result<Void, any Error>? = state.withLock { state in
            // Looked at under the lock that the cancellation handler takes: either it is seen here,
            // or the handler finds the waiter.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.running < mostRunning {
                state.running += 1
                return .success(())
            }
            guard state.waiting.count < mostWaiting else {
                return .failure(
                    TCError(
                        .tryAgain,
                        "\(mostRunning) passwords are being hashed and \(mostWaiting) wait already",
                        hint: "try again in some seconds"))
            }
            state.waiting.append(waiter)
            return nil
        }
        if let answer { waiter.turn.resume(with: answer) }
    }

    /// Gives the place to who waits longest, or makes it free.
    private func passOn() {
        let next = state.withLock { state -> Waiter? in
            if state.waiting.isEmpty {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.turn.resume()
    }
}
