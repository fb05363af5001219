import Synchronization
import TCCore

/// A value that is read again when somebody asks for it and it is too old.
///
/// However many ask at once, one reads for all of them, and they wait for that. When reading fails, or
/// takes longer than `patience`, the value that is known is given; while it goes on to fail or has not
/// ended, nobody waits: who asks first after each interval has it tried behind them. A database that
/// stands still would otherwise hold whoever asks for as long as a statement may take.
final class RefreshedValue<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        /// When the reading of the value began, and that of the last attempt, as `uptime`.
        var readAt = -Double.infinity
        var triedAt = -Double.infinity
        /// Why the last attempt failed.
        var failure: TCError?
        var reading: Reading?
        /// Counts what made the value old before its time.
        var version = 0
        /// Counts readings.
        var begun = 0
    }

    private struct Reading {
        /// Ends when the value is there, or why it is not.
        let whole: Task<Void, Never>
        /// Ends with it, or when it has taken too long.
        let first: Task<Void, Never>
        var isSlow = false
    }

    private let state: Mutex<State>
    private let interval: Double
    private let patience: Duration
    private let uptime: @Sendable () -> Double
    private let read: @Sendable (Value) async throws -> Value
    private let changed: @Sendable (TCError?) -> Void

    /// - Parameters:
    ///   - value: counts as too old.
    ///   - interval: more than 0.
    ///   - patience: how long who could do with the value that is known waits for another.
    ///   - read: is given the value that is known.
    ///   - changed: told when reading begins to fail, and nil when it works again.
    init(
        _ value: Value, every interval: Duration, patience: Duration = .seconds(1),
        uptime: @escaping @Sendable () -> Double,
        read: @escaping @Sendable (Value) async throws -> Value,
        changed: @escaping @Sendable (TCError?) -> Void
    ) {
        precondition(interval > .zero)
        state = Mutex(State(value: value))
        self.interval = Double(interval.milliseconds) / 1000
        self.patience = patience
        self.uptime = uptime
        self.read = read
        self.changed = changed
    }

    /// The value, at most as old as the interval, or the one that is known while reading fails.
    func current() async -> Value { await ask(waitingAbove: .infinity).value }

    /// The same, unless what is known is older than `limit`.
    ///
    /// - Throws: why reading fails.
    func current(notOlderThan limit: Duration) async throws -> Value {
        let seconds = Double(limit.milliseconds) / 1000
        let now = uptime()
        let state = await ask(waitingAbove: seconds)
        if let failure = state.failure, now - state.readAt > seconds { throw failure }
        return state.value
    }

    /// The value as it is now or later.
    ///
    /// - Throws: why reading fails.
    @discardableResult
    func readAgain() async throws -> Value {
        state.withLock { state in
            state.version += 1
            state.readAt = -.infinity
            state.triedAt = -.infinity
        }
        return try await current(notOlderThan: .zero)
    }

    /// Makes what is known too old, and also what is being read.
    func expire() {
        state.withLock { state in
            state.version += 1
            state.readAt = -.infinity
        }
    }

    /// - Parameter limit: of the age in seconds; who would be given an older value waits also while
    ///   reading fails, and until it has failed once as long as it takes.
    private func ask(waitingAbove limit: Double) async -> State {
        let arrival = uptime()
        while true {
            let (known, reading) = state.withLock { state -> (State, Task<Void, Never>?) in
                let isFailing = state.failure != nil
                if state.readAt > arrival - interval { return (state, nil) }
                if isFailing, state.triedAt > arrival - interval { return (state, nil) }
                let reading = state.reading ?? begin(&state)
                let isTooOld = arrival - state.readAt > limit
                if reading.isSlow { return (state, isTooOld && !isFailing ? reading.whole : nil) }
                return (state, isTooOld || !isFailing ? reading.first : nil)
            }
            guard let reading else { return known }
            await reading.value
        }
    }

    private func begin(_ state: inout State) -> Reading {
        let (value, version, start) = (state.value, state.version, uptime())
        state.begun += 1
        let (number, patience) = (state.begun, patience)
        let (waiting, over) = AsyncStream<Never>.makeStream()
        // Those who asked wait for these tasks, which are nobody's children, so that none of those who
        // asked cancels them for all.
        let timer = Task {
            // Cancelled: the reading has ended in time.
            guard (try? await Task.sleep(for: patience)) != nil else { return }
            self.state.withLock { if $0.begun == number { $0.reading?.isSlow = true } }
            over.finish()
        }
        let whole = Task {
            do {
                end(try await read(value), version, start)
            } catch {
                let failure =
                    (error as? any TCErrorConvertible)?.tcError ?? TCError(.bug, "\(error)")
                end(failure, start)
            }
            timer.cancel()
            over.finish()
        }
        let reading = Reading(whole: whole, first: Task { for await _ in waiting {} })
        state.reading = reading
        return reading
    }

    private func end(_ value: Value, _ version: Int, _ start: Double) {
        let hadFailed = state.withLock { state in
            state.reading = nil
            state.value = value
            // What was read before it was made old by a change may be what was there before that.
            if state.version == version { state.readAt = start }
            defer { state.failure = nil }
            return state.failure != nil
        }
        if hadFailed { changed(nil) }
    }

    private func end(_ failure: TCError, _ start: Double) {
        let isNew = state.withLock { state in
            state.reading = nil
            state.triedAt = start
            defer { state.failure = failure }
            return state.failure == nil
        }
        if isNew { changed(failure) }
    }
}
