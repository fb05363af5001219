import CHiredis
import Glibc
import Synchronization
import TCCore
import TCStore

/// Who uses a link. All calls come from the link's thread.
protocol RedisLinkUser: AnyObject, Sendable {
    /// The server has let us in; nothing that was written before a loss is sent.
    func linkIsUp()
    /// The connection is gone, or could not be made. Nothing may be written until it is up again.
    func linkIsLost(_ error: TCError)
    /// Whole replies, in order.
    func receive(_ replies: [RedisReply]) throws
    /// Asked before each wait: when to ask again at the latest, on the clock `Seams.uptime`; nil for
    /// never. What it throws ends the connection.
    func nextDeadline(now: Double) throws -> Double?
}

/// One connection, kept up by a thread of its own: it connects, sends what was written in one piece,
/// hands over what comes, and after a loss connects again.
///
/// The wait before attempt 1, 2, 3 … is 50 ms doubled each time, at most 2 s, less up to half of it at
/// random, so that nodes that lost the server together do not return together.
///
/// The thread lives from `start` to `close`; it holds the user, so that neither vanishes under it.
final class RedisLink: Sendable {
    private struct State {
        var output = RESPWriter()
        /// The thread waits and has not been woken.
        var isParked = false
        var isStarted = false
        var isClosed = false
        var isEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let addresses: @Sendable () -> RedisAddress
    private let options: CacheOptions
    private let seams: Seams
    private let state = Mutex(State())
    /// As in the state; read without its lock by each request.
    private let isStarted = Atomic(false)
    private let wakeup: Int32

    /// - Parameter addresses: asked before each attempt where to connect to.
    init(
        _ addresses: @escaping @Sendable () -> RedisAddress, options: CacheOptions, seams: Seams
    ) throws {
        self.addresses = addresses
        self.options = options
        self.seams = seams
        wakeup = tc_event()
        guard wakeup >= 0 else {
            throw TCError(.io, "cannot make an event: \(String(cString: strerror(errno)))")
        }
    }

    deinit { Glibc.close(wakeup) }

    /// Starts the thread, unless it was started before. Throws `.tryAgain` where the system has none
    /// to give; the next call tries again.
    func start(_ user: any RedisLinkUser) throws(TCError) {
        if isStarted.load(ordering: .relaxed) { return }
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted && !state.isClosed
        }
        guard isFirst else { return }
        do {
            try Workers.detach { self.work(user) }
        } catch {
            state.withLock { $0.isStarted = false }
            throw error
        }
        isStarted.store(true, ordering: .relaxed)
    }

    /// Writes requests, from any thread; false, and nothing written, where more than `waitingBytes` are
    /// unsent already.
    func write(_ body: (inout RESPWriter) -> Void) -> Bool {
        let (isWritten, mustWake) = state.withLock { state in
            guard state.output.count <= options.waitingBytes else { return (false, false) }
            body(&state.output)
            defer { state.isParked = false }
            return (true, state.isParked)
        }
        if mustWake { wake() }
        return isWritten
    }

    /// Tells the thread to end; once more does nothing.
    func stop() {
        let mustWake = state.withLock { state in
            state.isClosed = true
            if !state.isStarted { state.isEnded = true }
            return !state.isEnded
        }
        if mustWake { wake() }
    }

    /// Returns when the thread has ended.
    func close() async {
        stop()
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.closers.append(continuation) }
                return state.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }

    private func wake() {
        var one: UInt64 = 1
        // A counter at its maximum would refuse, and then the thread is awake anyway.
        _ = Glibc.write(wakeup, &one, 8)
    }

    // MARK: The thread

    private func work(_ user: any RedisLinkUser) {
        var attempt = 0
        while true {
            let address = addresses()
            do {
                let socket = try RedisSocket(address, options: options, uptime: seams.uptime)
                attempt = 0
                user.linkIsUp()
                try serve(socket, user)
                break
            } catch {
                user.linkIsLost(address.named(error))
                state.withLock { $0.output.removeAll() }
            }
            attempt += 1
            guard !isClosed(after: delay(beforeAttempt: attempt)) else { break }
        }
        user.linkIsLost(TCError.cacheIsClosed)
        let closers = state.withLock { state in
            state.isEnded = true
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    private func delay(beforeAttempt attempt: Int) -> Double {
        let longest = min(0.05 * Double(1 << min(attempt - 1, 10)), 2)
        return longest * (0.5 + Double(seams.random() >> 11) / 0x1p54)
    }

    /// Waits, but not beyond `close`.
    private func isClosed(after seconds: Double) -> Bool {
        let end = seams.uptime() + seconds
        while true {
            if state.withLock({ $0.isClosed }) { return true }
            let left = end - seams.uptime()
            guard left > 0 else { return false }
            wait(nil, sending: false, seconds: left)
        }
    }

    /// Works on one connection until it is closed; throws when it is lost.
    private func serve(_ socket: RedisSocket, _ user: any RedisLinkUser) throws {
        var output: [UInt8] = []
        var sent = 0
        while true {
            let deadline = try user.nextDeadline(now: seams.uptime())
            let isClosed = state.withLock { state in
                if sent == output.count {
                    state.output.exchange(&output)
                    sent = 0
                }
                state.isParked = output.isEmpty
                return state.isClosed
            }
            if isClosed { return }
            if sent < output.count { sent += try socket.send(output[sent...]) }
            let isSending = sent < output.count
            // What was written while this was sent goes first; what has come is read all the same.
            let hasMore = !isSending && !output.isEmpty
            let isReady = wait(
                socket, sending: isSending,
                seconds: hasMore ? 0 : deadline.map { max(0, $0 - seams.uptime()) })
            guard isReady else { continue }
            let replies = try socket.receive()
            if !replies.isEmpty { try user.receive(replies) }
        }
    }

    /// Returns when something has come, something can be sent, somebody woke this thread or the time
    /// is up (nil is never), and whether it was the socket.
    @discardableResult
    private func wait(_ socket: RedisSocket?, sending: Bool, seconds: Double?) -> Bool {
        let events = Int16(POLLIN) | (sending ? Int16(POLLOUT) : 0)
        var waits = [
            pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0),
            // A negative descriptor is passed over.
            pollfd(fd: socket?.descriptor ?? -1, events: events, revents: 0),
        ]
        // In milliseconds, rounded up lest it spin through the last of them.
        let limit = seconds.map { Int32(min($0 * 1000, 1e6).rounded(.up)) } ?? -1
        guard poll(&waits, 2, limit) > 0 else { return false }
        if waits[0].revents != 0 {
            var count: UInt64 = 0
            _ = read(wakeup, &count, 8)
        }
        return waits[1].revents != 0
    }
}
