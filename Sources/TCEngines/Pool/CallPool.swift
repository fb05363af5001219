import Synchronization
import TCCore
import TCStore

/// What works on calls: a connection, made and used on one thread of a `CallPool`.
protocol CallServer: AnyObject {
    /// Works on `call` and answers it, whatever happens.
    ///
    /// - Parameter more: gives a further call of that mode if the one that has waited longest is of
    ///   it, for work that many calls can share; the server then answers that one too.
    func serve(_ call: DatabaseCall, more: (DatabaseCall.Mode) -> DatabaseCall?)

    /// Lets go of everything; no call comes after it.
    func end()
}

/// Threads that own a connection each, and the calls that wait for one of them.
///
/// Calls are taken first come, first served. Threads are started when calls would wait, up to the
/// limit, and the one that was idle the shortest is taken first, so that its caches are warm. A
/// further thread, the keeper, tells those that waited too long; it exists once a call had to wait.
final class CallPool: Sendable {
    private final class Lane: Sendable {
        /// For who waits in the middle of a call.
        let wakeup: Wakeup
        /// For who waits for one.
        let turn = Turn()
        init() throws(TCError) { wakeup = try Wakeup() }
    }

    private struct State {
        var queue = CallQueue()
        var idle: [Lane] = []
        /// What an idle thread was woken for.
        var handed: [ObjectIdentifier: DatabaseCall] = [:]
        var laneCount = 0
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var keeper = Keeper.absent
    }

    private enum Keeper { case absent, resting, watching }

    private let settings: PoolSettings
    private let uptime: @Sendable () -> Double
    private let makeServer: @Sendable (Wakeup) -> any CallServer
    private let keeperWakeup: Wakeup
    private let state = Mutex(State())

    /// - Parameter makeServer: called on a new thread with that thread's wake-up, which is signalled
    ///   when the call that it works on is interrupted.
    init(
        _ settings: PoolSettings, uptime: @escaping @Sendable () -> Double,
        makeServer: @escaping @Sendable (Wakeup) -> any CallServer
    ) throws(TCError) {
        self.settings = settings
        self.uptime = uptime
        self.makeServer = makeServer
        keeperWakeup = try Wakeup()
    }

    /// Has a thread of the pool run `body` as `mode` says, and gives what came of it.
    func run<Result: Sendable>(
        _ mode: DatabaseCall.Mode,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        let interruption = Interruption()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                submit(DatabaseCall(mode, interruption, body, $0))
            }
        } onCancel: {
            cancel(interruption)
        }
    }

    /// How many threads there may be and are at work, and the calls that wait for them.
    var status: PoolStatus {
        let now = uptime()
        return state.withLock { state in
            PoolStatus(
                size: settings.size, inUse: state.laneCount - state.idle.count,
                waiting: state.queue.count, longestWait: state.queue.longestWait(at: now))
        }
    }

    /// Returns when every thread has ended; what waits is told that the database is closed.
    func close() async {
        await withCheckedContinuation { closer in
            let areGone = state.withLock {
                if $0.laneCount > 0 { $0.closers.append(closer) }
                return $0.laneCount == 0
            }
            beginClose()
            if areGone { closer.resume() }
        }
    }

    /// The same without waiting.
    func beginClose() {
        let (calls, lanes) = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return (state.queue.removeAll(), state.idle)
        }
        for lane in lanes { lane.turn.give() }
        keeperWakeup.signal()
        for call in calls { call.fail(settings.isClosed) }
    }

    // MARK: Waiting

    private enum Admission {
        case refused(any Error)
        case handed(Lane)
        case start
        case waits(wakesKeeper: Bool, startsKeeper: Bool)
    }

    private func submit(_ call: DatabaseCall) {
        let now = uptime()
        let admission = state.withLock { state -> Admission in
            if state.isClosed { return .refused(settings.isClosed) }
            // Looked at under the lock that `cancel` takes: either it is seen here, or `cancel`
            // finds the call in the queue or at work.
            if call.interruption.isRequested { return .refused(CancellationError()) }
            if let lane = state.idle.popLast() {
                state.handed[ObjectIdentifier(lane)] = call
                return .handed(lane)
            }
            if state.laneCount < settings.size {
                state.laneCount += 1
                return .start
            }
            guard state.queue.count < settings.queueLimit else {
                return .refused(settings.isFull(state.queue.count))
            }
            state.queue.append(call, at: now)
            let keeper = state.keeper
            state.keeper = .watching
            return .waits(wakesKeeper: keeper == .resting, startsKeeper: keeper == .absent)
        }
        switch admission {
        case .refused(let error): call.fail(error)
        case .handed(let lane): lane.turn.give()
        case .start: start(call)
        case .waits(let wakesKeeper, let startsKeeper):
            if wakesKeeper { keeperWakeup.signal() }
            if startsKeeper { startKeeper() }
        }
    }

    private func cancel(_ interruption: Interruption) {
        let waiting = state.withLock { state in
            interruption.request()
            return state.queue.remove(interruption)
        }
        waiting?.fail(CancellationError())
    }

    // MARK: Threads

    private func start(_ call: DatabaseCall) {
        do {
            let lane = try Lane()
            try EngineThread.start { self.work(lane, call) }
        } catch {
            leave()
            call.fail(error)
        }
    }

    private func work(_ lane: Lane, _ first: DatabaseCall) {
        let server = makeServer(lane.wakeup)
        var next: DatabaseCall? = first
        while let call = next {
            call.interruption.watch(with: lane.wakeup)
            server.serve(call) { mode in self.takeWaiting(mode) }
            call.interruption.watch(with: nil)
            next = self.next(lane)
        }
        server.end()
        leave()
    }

    /// The next call for this thread; nil when the pool is closed.
    private func next(_ lane: Lane) -> DatabaseCall? {
        while true {
            let now = uptime()
            let (call, isEnd) = state.withLock { state -> (DatabaseCall?, Bool) in
                if let call = state.handed.removeValue(forKey: ObjectIdentifier(lane)) {
                    return (call, false)
                }
                if let call = state.queue.popFirst(mayRead: true, at: now) { return (call, false) }
                if state.isClosed { return (nil, true) }
                state.idle.append(lane)
                return (nil, false)
            }
            if let call { return call }
            if isEnd { return nil }
            // Given once for each time that the lane is taken from the idle ones.
            lane.turn.wait()
        }
    }

    private func takeWaiting(_ mode: DatabaseCall.Mode) -> DatabaseCall? {
        let now = uptime()
        return state.withLock { state in
            state.queue.firstMode == mode ? state.queue.popFirst(mayRead: true, at: now) : nil
        }
    }

    private func leave() {
        let closers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.laneCount -= 1
            guard state.isClosed, state.laneCount == 0 else { return [] }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    // MARK: The keeper

    private func startKeeper() {
        do {
            try EngineThread.start { self.keep() }
        } catch {
            // Waiting is then unbounded until the next call that waits starts a keeper.
            state.withLock { $0.keeper = .absent }
        }
    }

    private func keep() {
        let limit = settings.waitSeconds
        while true {
            let now = uptime()
            let (expired, rest, isEnd) = state.withLock { state in
                let expired = state.queue.popExpired(before: now - limit, at: now)
                let rest = state.queue.oldest.map { limit - (now - $0) }
                if rest == nil { state.keeper = .resting }
                return (expired, rest, state.isClosed)
            }
            for (call, seconds) in expired { call.fail(settings.waitedTooLong(seconds)) }
            if isEnd { return }
            keeperWakeup.wait(seconds: rest)
            keeperWakeup.clear()
        }
    }
}
