import Synchronization
import TCCore
import TCStore

/// Why a request that was made has no answer.
struct RedisLoss: Error {
    /// Of kind `unavailable`, or `configuration` where the server does not let us in.
    let error: TCError
    /// Whether the server may have seen the request, and carried it out.
    let wasSent: Bool
    /// Since when there is no connection, on the clock `Seams.uptime`.
    let since: Double
}

/// A connection that many callers share: requests are sent in the order in which they are made, in as
/// few pieces as possible, without waiting for the answers of those before them, and each caller gets
/// its own answer, matched by that order.
///
/// When the oldest request has waited for `CacheOptions.timeout`, the server is taken for lost: all
/// requests fail with `unavailable`, and until the server answers again new ones fail at once. So a
/// server that is paused costs each caller one time-out at most, and nothing piles up. Only those who
/// come before the first connection is made or has failed may wait longer: for the name service.
final class RedisConnection: RedisLinkUser {
    private struct Waiting {
        /// Nil for an answer that nobody wants.
        let continuation: CheckedContinuation<RedisReply, any Error>?
        /// On the clock `Seams.uptime`.
        let deadline: Double
    }

    private struct State {
        var waiting = Queue<Waiting>()
        /// Why requests are refused; nil at first too, since the first may wait for the connection.
        var refusal: TCError?
        var isUp = false
        /// Since when there is no connection, though it was tried; on the clock `Seams.uptime`.
        var lostAt: Double?
    }

    private let address: RedisAddress
    private let link: RedisLink
    private let options: CacheOptions
    private let uptime: @Sendable () -> Double
    private let state = Mutex(State())
    private let isRefusing = Atomic(false)

    init(_ address: RedisAddress, options: CacheOptions, seams: Seams) throws {
        self.address = address
        link = try RedisLink({ address }, options: options, seams: seams)
        self.options = options
        uptime = seams.uptime
    }

    /// Whether requests are taken, as far as is known without the lock.
    var isUp: Bool { !isRefusing.load(ordering: .relaxed) }

    func start() throws(TCError) { try link.start(self) }
    func stop() { link.stop() }
    func close() async {
        state.withLock { $0.refusal = .cacheIsClosed }
        await link.close()
    }

    /// Sends one request, which `request` writes, and returns what the server answers.
    ///
    /// - Parameter asking: whether `ASKING` stands right before it, as a node of a cluster wants it
    ///   that is about to take over the key's slot.
    /// - Throws: `RedisLoss` where there is no connection or it is lost, and `unavailable` where no
    ///   more may wait.
    func send(
        asking: Bool = false, _ request: (inout RESPWriter) -> Void
    ) async throws -> RedisReply {
        let deadline = uptime() + options.timeout.inSeconds
        return try await withCheckedThrowingContinuation { continuation in
            let refusal = state.withLock { state -> (any Error)? in
                if let refusal = state.refusal {
                    return RedisLoss(
                        error: refusal, wasSent: false, since: state.lostAt ?? deadline)
                }
                guard state.waiting.count < options.waitingRequests else {
                    return overflow("\(options.waitingRequests) requests")
                }
                // Under the lock, so that requests and those who wait stand in the same order.
                let isWritten = link.write { writer in
                    if asking {
                        writer.begin(1)
                        writer.word("ASKING")
                    }
                    request(&writer)
                }
                guard isWritten else {
                    return overflow("\(options.waitingBytes) bytes of requests")
                }
                if asking { state.waiting.append(Waiting(continuation: nil, deadline: deadline)) }
                state.waiting.append(Waiting(continuation: continuation, deadline: deadline))
                return nil
            }
            if let refusal { continuation.resume(throwing: refusal) }
        }
    }

    private func overflow(_ what: String) -> TCError {
        TCError(.unavailable, "\(address.name) has \(what) waiting and takes no more")
    }

    // MARK: RedisLinkUser

    func linkIsUp() {
        state.withLock { state in
            if state.refusal != .cacheIsClosed { state.refusal = nil }
            state.isUp = true
            state.lostAt = nil
        }
        isRefusing.store(false, ordering: .relaxed)
    }

    func linkIsLost(_ error: TCError) {
        let (waiting, loss) = state.withLock { state in
            if state.refusal != .cacheIsClosed { state.refusal = error }
            let since = state.lostAt ?? uptime()
            defer {
                state.isUp = false
                state.lostAt = since
            }
            return (
                state.waiting.removeAll(),
                RedisLoss(error: error, wasSent: state.isUp, since: since)
            )
        }
        isRefusing.store(true, ordering: .relaxed)
        for one in waiting { one.continuation?.resume(throwing: loss) }
    }

    func receive(_ replies: [RedisReply]) throws {
        let answered = state.withLock { state in
            replies.compactMap { _ in state.waiting.popFirst() }
        }
        for (one, reply) in zip(answered, replies) { one.continuation?.resume(returning: reply) }
        guard answered.count == replies.count else {
            throw TCError(.unavailable, "answered what nobody had asked")
        }
    }

    func nextDeadline(now: Double) throws -> Double? {
        let deadline = state.withLock { $0.waiting.first?.deadline }
        if let deadline, deadline <= now {
            throw TCError(.unavailable, "has not answered within \(options.timeout.text)")
        }
        return deadline
    }
}
