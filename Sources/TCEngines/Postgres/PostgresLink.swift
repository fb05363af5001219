import CPostgres
import Glibc
import TCCore

/// A session on a server, over a socket that never blocks: every wait has a deadline and ends early
/// when the caller is cancelled.
///
/// It owns libpq's connection and closes it with the last reference; it is used by one
/// thread at a time. The connection stays in pipeline mode, so that several commands cost one round
/// trip.
final class PostgresLink {
    let libpq: LibPQ
    let connection: OpaquePointer
    let place: String
    private let uptime: @Sendable () -> Double
    /// Of the thread that uses it.
    var wakeup: Wakeup
    /// Seconds that a statement and its answer may take.
    let answerLimit: Double

    /// How long an answer may be late after the server should have given it: after the statement's
    /// time-out, or after a request to cancel.
    static let grace = 2.0

    /// The call that is worked on.
    var interruption: Interruption?
    private var cancellation: PostgresCancellation?

    /// Connects, within the time that `options` allow for it.
    init(
        _ url: PostgresURL, _ libpq: LibPQ, options: DatabaseOptions,
        uptime: @escaping @Sendable () -> Double, wakeup: Wakeup, interruption: Interruption
    ) throws {
        self.libpq = libpq
        self.uptime = uptime
        self.wakeup = wakeup
        self.interruption = interruption
        place = url.place
        answerLimit = Double(options.statementTimeout.milliseconds) / 1000 + PostgresLink.grace
        let parameters = url.connectParameters(options)
        guard
            let connection = withCStrings(
                parameters.map(\.keyword),
                {
                    keywords in
                    withCStrings(parameters.map(\.value)) {
                        libpq.functions.PQconnectStartParams(keywords, $0, 0)
                    }
                })
        else { throw TCError(.unavailable, "no memory for a connection") }
        self.connection = connection
        try greet(until: uptime() + Double(options.connectTimeout.milliseconds) / 1000, options)
        // Else libpq prints what servers remark to standard error.
        _ = pq.PQsetNoticeReceiver(connection, { _, _ in }, nil)
        guard pq.PQsetnonblocking(connection, 1) == 0, pq.PQenterPipelineMode(connection) == 1
        else {
            throw TCError(.unavailable, "cannot use '\(place)': \(message)")
        }
    }

    deinit { pq.PQfinish(connection) }

    private var pq: tc_libpq { libpq.functions }

    /// libpq's last message, on one line; it holds no password.
    var message: String {
        pq.PQerrorMessage(connection).map { String(cString: $0) }?
            .split { $0.isWhitespace }.joined(separator: " ") ?? ""
    }

    var descriptor: Int32 { pq.PQsocket(connection) }

    /// Whether the server only replays the log of another, as far as it has said; one that was promoted
    /// says so with its next answer.
    var isStandby: Bool {
        pq.PQparameterStatus(connection, "in_hot_standby").map { String(cString: $0) } == "on"
    }

    /// Whether a transaction is open or failed.
    var transactionStatus: PGTransactionStatusType { pq.PQtransactionStatus(connection) }

    // MARK: Connecting

    private func greet(until deadline: Double, _ options: DatabaseOptions) throws {
        var events = Int16(POLLOUT)
        guard pq.PQstatus(connection) != CONNECTION_BAD else { throw unreachable() }
        while true {
            if interruption?.isRequested == true { throw CancellationError() }
            if interruption?.isAbandoned == true { throw abandoned().error }
            let rest = deadline - uptime()
            guard rest > 0 else {
                throw TCError(
                    .unavailable,
                    "'\(place)' did not greet within \(options.connectTimeout.text)")
            }
            guard wait(for: events, seconds: rest) != 0 else { continue }
            switch pq.PQconnectPoll(connection) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: events = Int16(POLLIN)
            case PGRES_POLLING_WRITING: events = Int16(POLLOUT)
            default: throw unreachable()
            }
        }
    }

    private func unreachable() -> TCError {
        // libpq tells neither an SQLSTATE nor a kind here, only the server's text.
        let isRefusal =
            pq.PQconnectionNeedsPassword(connection) != 0
            || ["authentication failed", "no pg_hba.conf entry"].contains { message.contains($0) }
        return TCError(
            isRefusal ? .configuration : .unavailable, "cannot connect to '\(place)': \(message)")
    }

    /// Takes what the server says unasked; whether it is still there.
    func isAlive() -> Bool {
        pq.PQconsumeInput(connection) == 1 && pq.PQstatus(connection) != CONNECTION_BAD
    }

    // MARK: Waiting

    /// What the socket is ready for; nothing after a wake-up, an interruption or the time.
    private func wait(for events: Int16, seconds: Double) -> Int16 {
        withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { polls in
            polls.initializeElement(
                at: 0, to: pollfd(fd: pq.PQsocket(connection), events: events, revents: 0))
            polls.initializeElement(
                at: 1, to: pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0))
            guard poll(polls.baseAddress, 2, Wakeup.milliseconds(seconds)) > 0 else { return 0 }
            if polls[1].revents != 0 { wakeup.clear() }
            return polls[0].revents
        }
    }

    /// Has the server answer what was queued: sends everything, and hands over each result up to the
    /// end of the pipeline's part; nil stands behind the results of each command.
    ///
    /// - Parameters:
    ///   - isCancellable: whether the caller's cancellation is sent to the server.
    ///   - limit: how many seconds it may take.
    /// - Throws: `PostgresLoss` where the session can no longer be used.
    func exchange(
        isCancellable: Bool, limit: Double, _ take: (PostgresResult?) -> Void
    ) throws(PostgresLoss) {
        let isSent = try send()
        try finish(
            isSent: isSent, isCancellable: isCancellable, deadline: uptime() + limit, limit, take)
    }

    /// The first half of `exchange`, which waits for nothing: true where all of it was sent.
    func send() throws(PostgresLoss) -> Bool {
        cancellation = nil
        guard pq.PQpipelineSync(connection) == 1 else { throw lost(message) }
        return try flush()
    }

    /// The second half without waiting: takes what has come, and is true at the end of the pipeline's
    /// part.
    func receive(_ take: (PostgresResult?) -> Void) throws(PostgresLoss) -> Bool {
        guard pq.PQconsumeInput(connection) == 1 else { throw lost(message) }
        return try collect(take)
    }

    private func collect(_ take: (PostgresResult?) -> Void) throws(PostgresLoss) -> Bool {
        while pq.PQisBusy(connection) == 0 {
            let result = pq.PQgetResult(connection).map { PostgresResult($0, libpq) }
            if result?.status == PGRES_PIPELINE_SYNC { return true }
            take(result)
            if pq.PQstatus(connection) == CONNECTION_BAD { throw lost(message) }
        }
        return false
    }

    /// The second half of `exchange`, at any moment of it.
    ///
    /// - Parameter deadline: as `uptime`.
    func finish(
        isSent: Bool, isCancellable: Bool, deadline: Double, _ limit: Double,
        _ take: (PostgresResult?) -> Void
    ) throws(PostgresLoss) {
        var (isSent, deadline) = (isSent, deadline)
        while try !collect(take) {
            if !isSent { isSent = try flush() }
            if interruption?.isAbandoned == true { throw abandoned() }
            if isCancellable { askToCancel(&deadline) }
            let rest = deadline - uptime()
            guard rest > 0 else { throw lateAnswer(limit) }
            let ready = wait(for: Int16(isSent ? POLLIN : POLLIN | POLLOUT), seconds: rest)
            // Whatever is not room to send is something to read, a broken connection too.
            if ready & ~Int16(POLLOUT) != 0, pq.PQconsumeInput(connection) == 0 {
                throw lost(message)
            }
        }
        try waitForCancellation(until: deadline, limit)
    }

    /// True when everything is sent.
    private func flush() throws(PostgresLoss) -> Bool {
        switch pq.PQflush(connection) {
        case 0: return true
        case 1: return false
        default: throw lost(message)
        }
    }

    private func lost(_ reason: String) -> PostgresLoss {
        PostgresLoss("the connection to '\(place)' was lost: \(reason)")
    }

    private func lateAnswer(_ limit: Double) -> PostgresLoss {
        let limit = Duration.milliseconds(Int64(limit * 1000))
        return PostgresLoss(
            "'\(place)' did not answer within \(limit.text)",
            cancellation == nil ? .late : .cancelled)
    }

    private func abandoned() -> PostgresLoss {
        PostgresLoss("'\(place)' does not answer others either", .late)
    }

    // MARK: Cancelling

    private func askToCancel(_ deadline: inout Double) {
        guard cancellation == nil, interruption?.isRequested == true else { return }
        cancellation = PostgresCancellation(connection, libpq, wakeup)
        deadline = min(deadline, uptime() + PostgresLink.grace)
    }

    /// Returns when the request is through, since a late one would hit the next command.
    private func waitForCancellation(
        until deadline: Double, _ limit: Double
    ) throws(PostgresLoss) {
        guard let cancellation else { return }
        while !cancellation.isThrough {
            let rest = deadline - uptime()
            guard rest > 0 else { throw lateAnswer(limit) }
            wakeup.wait(seconds: rest)
            wakeup.clear()
        }
    }
}

/// A session has ended, or is given up, while something was in flight.
struct PostgresLoss: Error {
    enum Cause {
        /// The server or the way to it is gone.
        case broken
        /// It did not answer in time.
        case late
        /// The caller was cancelled, and the server did not say that it had heard of it.
        case cancelled
    }

    let reason: String
    let cause: Cause

    init(_ reason: String, _ cause: Cause = .broken) {
        self.reason = reason
        self.cause = cause
    }

    /// The same for the caller, where nothing has happened.
    var error: any Error {
        cause == .cancelled ? CancellationError() : TCError(.unavailable, reason)
    }
}

/// Calls `body` with a list of C strings, at least one, that ends with a null.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for string in strings {
        starts.append(bytes.count)
        bytes.append(contentsOf: string.utf8CString)
    }
    return bytes.withUnsafeBufferPointer { bytes in
        // Not empty: each string has at least its NUL.
        body(starts.map { bytes.baseAddress! + $0 } + [nil])
    }
}
