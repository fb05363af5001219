import Synchronization
import TCCore
import TCStore

/// Connections to one PostgreSQL server, and the calls that wait for one of them.
///
/// A statement alone needs no thread: whoever asks sends it, and one thread, the poller, takes the
/// answers of all connections. A body gets a thread for as long as it runs, a lane, and so does whatever
/// else must wait: connecting, preparing a statement, ending one that was interrupted.
///
/// Calls are taken first come, first served, but for the connections that are kept for writes. The
/// connection that was idle the shortest is taken first, so that those that are not needed stay idle.
/// The poller also tells those that waited too long.
final class PostgresPool: Sendable {
    struct State {
        var queue = CallQueue()
        var idle: [PostgresSlot] = []
        /// Every connection by its id.
        var slots: [UInt64: PostgresSlot] = [:]
        var lastId: UInt64 = 0
        /// Connections that are lent, and those that are being made.
        var inUse = 0
        /// How many of them are for reads.
        var readCount = 0
        var lanes: [ObjectIdentifier: PostgresLane] = [:]
        var idleLanes: [PostgresLane] = []
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var hasPoller = false
        /// When the poller looks at deadlines next, as `uptime`.
        var nextReview = -Double.infinity
        /// Counts connections that were lent.
        var lendings = 0
    }

    let settings: PoolSettings
    private let readLimit: Int
    let uptime: @Sendable () -> Double
    let watch: SocketWatch
    /// The poller's.
    let wakeup: Wakeup
    let state = Mutex(State())
    /// Parts of tasks that prefer to run on the poller.
    let jobs = Mutex<[UnownedJob]>([])
    /// The poller's thread; 0 while there is none.
    let pollerThread = Atomic<UInt>(0)
    let makeServer: @Sendable (PostgresLane) -> PostgresServer

    /// The id of the poller's wake-up among the sockets; connections have higher ones.
    static let wakeupId: UInt64 = 0

    /// - Parameters:
    ///   - writeReserve: how many connections reads do not get; less than `settings.size`.
    ///   - makeServer: called once on each lane.
    init(
        _ settings: PoolSettings, writeReserve: Int, uptime: @escaping @Sendable () -> Double,
        makeServer: @escaping @Sendable (PostgresLane) -> PostgresServer
    ) throws(TCError) {
        self.settings = settings
        readLimit = settings.size - writeReserve
        self.uptime = uptime
        self.makeServer = makeServer
        watch = try SocketWatch()
        wakeup = try Wakeup()
        try watch.add(wakeup.descriptor, id: PostgresPool.wakeupId)
    }

    /// The connections, and the calls that wait for them.
    var status: PoolStatus {
        let now = uptime()
        return state.withLock { state in
            PoolStatus(
                size: settings.size, inUse: state.inUse, waiting: state.queue.count,
                longestWait: state.queue.longestWait(at: now))
        }
    }

    // MARK: Calls

    /// Has a lane run `body` as `mode` says, and gives what came of it.
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

    /// The answer to one statement that only reads.
    ///
    /// - Parameter parameters: checked.
    func answer(_ sql: String, _ parameters: [SQLValue]) async throws -> PostgresResult? {
        let interruption = Interruption()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                submit(DatabaseCall(sql, parameters, interruption, $0))
            }
        } onCancel: {
            cancel(interruption)
        }
    }

    private enum Admission {
        case refused(any Error)
        case lent(PostgresSlot?)
        case waits
        case needsPoller
    }

    private func submit(_ call: DatabaseCall) {
        let now = uptime()
        let (admission, wakesPoller) = state.withLock { state in
            let admission = admit(call, &state, now)
            let limit = state.queue.oldest.map { $0 + settings.waitSeconds } ?? .infinity
            // While it rests it looks at no deadline at all.
            return (admission, state.nextReview == .infinity || limit < state.nextReview)
        }
        if wakesPoller { wakeup.signal() }
        switch admission {
        case .refused(let error): call.fail(error)
        case .lent(let slot): settle(begin(call, slot, now))
        case .waits: break
        case .needsPoller:
            do {
                try startPoller()
                submit(call)
            } catch {
                call.fail(error)
            }
        }
    }

    private func admit(_ call: DatabaseCall, _ state: inout State, _ now: Double) -> Admission {
        if state.isClosed { return .refused(settings.isClosed) }
        // Looked at under the lock that `cancel` takes: either it is seen here, or `cancel` finds the
        // call in the queue or at work.
        if call.interruption.isRequested { return .refused(CancellationError()) }
        guard state.hasPoller else { return .needsPoller }
        if call.mode == .write || state.readCount < readLimit {
            if let slot = state.idle.popLast() {
                lend(call, &state)
                return .lent(slot)
            }
            if state.inUse < settings.size {
                lend(call, &state)
                return .lent(nil)
            }
        }
        guard state.queue.count < settings.queueLimit else {
            return .refused(settings.isFull(state.queue.count))
        }
        state.queue.append(call, at: now)
        return .waits
    }

    private func lend(_ call: DatabaseCall, _ state: inout State) {
        state.inUse += 1
        state.lendings += 1
        if call.mode != .write { state.readCount += 1 }
    }

    private func cancel(_ interruption: Interruption) {
        let call = state.withLock { state in
            interruption.request()
            return state.queue.remove(interruption)
        }
        call?.fail(CancellationError())
    }

    /// Fails what waits, and has what runs given up: the server is known not to answer.
    func abandon() {
        let (calls, slots, lanes) = state.withLock { state in
            (state.queue.removeAll(), Array(state.slots.values), Array(state.lanes.values))
        }
        for slot in slots { slot.abandon() }
        for lane in lanes { lane.abandon() }
        for call in calls {
            call.fail(
                TCError(.unavailable, "waited for one of the \(settings.what): it does not answer"))
        }
    }

    // MARK: Working on a call

    /// A call that is over, and the connection that it had; with nil there is none any more.
    struct Ended {
        let call: DatabaseCall
        let slot: PostgresSlot?
        /// What is still to be told to the caller.
        var answer = Answer.none

        enum Answer {
            case none
            case result(PostgresStatement, PostgresResult?)
            case error(any Error)
        }
    }

    /// Gives what ended calls had to those that have waited the longest, or lets it rest.
    func settle(_ ended: Ended?) {
        var ended = ended
        while let last = ended {
            let now = uptime()
            let next = state.withLock { state in
                state.inUse -= 1
                if last.call.mode != .write { state.readCount -= 1 }
                let next = state.queue.popFirst(mayRead: state.readCount < readLimit, at: now)
                if let next { lend(next, &state) } else { rest(last.slot, &state) }
                return next
            }
            ended = next.flatMap { begin($0, last.slot, now) }
            switch last.answer {
            case .none: break
            case .result(let statement, let result): statement.answer(result)
            case .error(let error): last.call.fail(error)
            }
        }
    }

    /// What becomes of a connection that nobody needs now.
    private func rest(_ slot: PostgresSlot?, _ state: inout State) {
        if let slot {
            if state.isClosed { state.slots[slot.id] = nil } else { state.idle.append(slot) }
        }
        // The poller ends with the last connection.
        if state.isClosed, state.inUse == 0 { wakeup.signal() }
    }

    /// Works on a call for which a connection was lent; with nil it is to be made.
    private func begin(_ call: DatabaseCall, _ slot: PostgresSlot?, _ now: Double) -> Ended? {
        guard let slot, let statement = call.statement,
            slot.connection.isReady(for: statement.sql)
        else { return give(.serve(call, slot), call, slot) }
        return follow(slot.start(call, statement, wakeup, now: now), of: slot)
    }

    /// Does what follows from a step of a statement.
    func follow(_ step: PostgresSlot.Step, of slot: PostgresSlot) -> Ended? {
        switch step {
        case .idle, .waits: return nil
        case .answered(let call, let statement, let result):
            return Ended(call: call, slot: slot, answer: .result(statement, result))
        case .needsThread(let call, let isSent, let deadline):
            return give(
                .finish(call, slot, isSent: isSent, deadline: deadline), call, slot)
        case .failed(let call, let error):
            switch slot.connection.failure {
            case nil, .refusal(_, .final)?:
                return Ended(call: call, slot: slot, answer: .error(error))
            // Tried again, which may take pauses.
            case .refusal?: return give(.serve(call, slot), call, slot)
            case .loss(let loss)?:
                drop(slot)
                if loss.cause == .broken, !slot.connection.hasAnswer {
                    return give(.serve(call, nil), call, nil)
                }
                return Ended(call: call, slot: nil, answer: .error(error))
            }
        }
    }

    /// Forgets a connection.
    func drop(_ slot: PostgresSlot) {
        watch.remove(slot.connection.link.descriptor)
        state.withLock { $0.slots[slot.id] = nil }
    }
}
