import Synchronization
import TCCore

/// A value that is being read for all who ask for it meanwhile.
///
/// Whoever asked first reads; the others wait. When the first is cancelled, its reading is not theirs:
/// one of those who wait reads again.
final class Flight: Sendable {
    private struct State {
        /// Nil while it is being read; then what came of it, nil where the first was cancelled.
        var outcome: Result<Cached?, any Error>?
        var waiting: [Int: CheckedContinuation<Cached?, any Error>] = [:]
        var lastID = 0
    }

    /// When it began, on the clock `Seams.uptime`.
    let beganAt: Double
    /// What age its value may have.
    let maxAge: Duration
    /// Of its tags, and their epochs when it began.
    private let cells: [TagCell]
    private let epochs: [UInt64]
    private let state = Mutex(State())

    /// So many may wait for one value.
    static let mostWaiting = 10_000

    init(beganAt: Double, maxAge: Duration, cells: [TagCell]) {
        self.beganAt = beganAt
        self.maxAge = maxAge
        self.cells = cells
        epochs = cells.map(\.epoch)
    }

    /// Whether no change was heard of since it began, so that what it reads does for who asks now.
    var isUnchanged: Bool {
        zip(cells, epochs).allSatisfy { $0.epoch == $1 }
    }

    /// What was read; nil where whoever waits must read itself. Throws what reading threw, and
    /// `CancellationError` where the caller is cancelled.
    func value() async throws -> Cached? {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state -> Result<Cached?, any Error>? in
                    if let outcome = state.outcome { return outcome }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.waiting.count < Flight.mostWaiting else {
                        return .failure(
                            TCError(
                                .tryAgain,
                                "\(Flight.mostWaiting) callers wait for one value and no more may"))
                    }
                    state.waiting[id] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let continuation = state.withLock { $0.waiting.removeValue(forKey: id) }
            continuation?.resume(throwing: CancellationError())
        }
    }

    /// Tells all who wait.
    func end(_ outcome: Result<Cached?, any Error>) {
        let waiting = state.withLock { state in
            state.outcome = outcome
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(with: outcome) }
    }
}

/// The values that are being read, by key.
final class Flights: Sendable {
    private let flights = Mutex<[String: Flight]>([:])

    /// The flight to wait for under `key`, if `isFit` says so, or else `new`, which whoever gets it must
    /// bring to its end.
    func joined(_ key: String, or new: Flight, where isFit: (Flight) -> Bool) -> Flight {
        flights.withLock { flights in
            if let flight = flights[key], isFit(flight) { return flight }
            flights[key] = new
            return new
        }
    }

    func end(_ key: String, _ flight: Flight, _ outcome: Result<Cached?, any Error>) {
        flights.withLock { flights in
            if flights[key] === flight { flights[key] = nil }
        }
        flight.end(outcome)
    }
}
