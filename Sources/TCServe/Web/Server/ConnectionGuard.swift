import HTTPTypes
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOHTTPTypes

/// Holds one connection of HTTP/1.1, or one stream of HTTP/2, to its limits in time, and answers what
/// never becomes a request.
///
/// It stands behind the parser and does what parser and library do not:
/// - a head or a body that does not arrive in time is answered with 408, and a client that does not
///   take its answer is cut off;
/// - bytes that are no HTTP are answered with a problem, behind the answers that are still due;
/// - where the server closes before all of a body has come, it first says that it does, then takes and
///   drops for a while what is on its way: a socket that is closed over unread bytes resets the
///   connection, and the client would lose its answer.
///
/// Only the event loop of its channel touches it.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Makes the answer to what is no request.
    typealias Refuse = (Problem) -> (head: HTTPResponse, body: ByteBuffer)

    /// What the client is doing.
    private enum Phase {
        /// Between requests; nothing of the next one has come.
        case idle
        /// The head of a request is awaited (a new connection owes one) or on its way.
        case head
        /// The body of a request is on its way.
        case body
        /// All is said, and what still comes is dropped.
        case lingering
    }

    /// Bytes of a body that are taken after its answer so that the connection can be kept.
    private static let mostUnread = 64 << 10
    /// How long bytes on their way are taken before the server closes.
    private static let lingerTime = TimeAmount.seconds(2)

    private let times: ConnectionTimes
    /// Streams of HTTP/2 come and go with their request; only a connection is kept or closed.
    private let isStream: Bool
    private let refuse: Refuse

    private var phase = Phase.head
    /// Whether anything of the awaited head has come.
    private var hasBegun = false
    /// Whether the bytes being read have made a part of a request.
    private var madePart = false
    /// Answers that are due.
    private var unanswered = 0
    private var unread = 0
    private var closesAfterAnswer = false
    /// What is to be answered behind what is due.
    private var refusal: Problem?
    private var phaseDeadline = NIODeadline.distantFuture
    private var writeDeadline = NIODeadline.distantFuture
    private var timer: Scheduled<Void>?

    init(times: ConnectionTimes, isStream: Bool, refuse: @escaping Refuse) {
        self.times = times
        self.isStream = isStream
        self.refuse = refuse
    }

    func handlerAdded(context: ChannelHandlerContext) {
        allow(times.head)
        tick(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    // MARK: What comes

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        madePart = true
        guard phase != .lingering, refusal == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            phase = .body
            hasBegun = false
            unanswered += 1
            unread = 0
            if head.headerFields[.connection]?.lowercased() == "close" { closesAfterAnswer = true }
            allow(times.body)
        case .body(let bytes):
            unread += bytes.readableBytes
            if unanswered == 0, unread > ConnectionGuard.mostUnread { return linger(context) }
        case .end:
            phase = .idle
            allow(unanswered == 0 ? times.idle : nil)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !madePart {
            // Bytes that made no part yet are the beginning of a head.
            if phase == .idle {
                phase = .head
                allow(times.head)
            }
            hasBegun = phase == .head
        }
        madePart = false
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            // Not handed on: the library would close over bytes that are on their way.
            closesAfterAnswer = true
            if unanswered == 0, phase == .idle || phase == .head { context.close(promise: nil) }
        case ChannelEvent.inputClosed:
            // A client may close its side and wait for the answer.
            closesAfterAnswer = true
            context.fireUserInboundEventTriggered(event)
            if unanswered == 0, refusal == nil { context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard phase != .lingering else { return }
        if phase == .body, unanswered > 0 {
            // Whoever reads the body finds out and answers.
            closesAfterAnswer = true
            context.fireErrorCaught(error)
        } else if let problem = Problem(parserError: error) {
            answer(problem, context)
        } else {
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeDeadline = context.channel.isWritable ? .distantFuture : .now() + times.body
        context.fireChannelWritabilityChanged()
    }

    // MARK: What goes

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            if head.headerFields[.connection] != nil { closesAfterAnswer = true }
            // HTTP/2 knows no such field, and it is untrue before the last of several answers.
            head.headerFields[.connection] =
                closesAfterAnswer && !isStream && unanswered == 1 ? "close" : nil
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unanswered -= 1
            if let refusal, unanswered == 0 {
                context.write(data, promise: promise)
                answer(refusal, context)
            } else if closesAfterAnswer, unanswered == 0, !isStream {
                finish(data, promise, context)
            } else {
                context.write(data, promise: promise)
                if unanswered == 0 { allow(phase == .idle ? times.idle : times.body) }
            }
        default: context.write(data, promise: promise)
        }
    }

    /// Answers what is no request, as soon as it is its turn; nothing is read from here on.
    private func answer(_ problem: Problem, _ context: ChannelHandlerContext) {
        refusal = problem
        guard unanswered == 0 else { return }
        var (head, body) = refuse(problem)
        head.headerFields[.connection] = isStream ? nil : "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        finish(wrapOutboundOut(.end(nil)), nil, context)
    }

    /// Writes the last of the last answer and closes when the client has it.
    private func finish(
        _ end: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) {
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        let hasRead = phase == .idle
        startLingering(context)
        context.writeAndFlush(end, promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in
            if hasRead { context.close(promise: nil) } else { self.linger(context) }
        }
    }

    /// Says that no more will be said, and waits for the client to hear it.
    private func linger(_ context: ChannelHandlerContext) {
        startLingering(context)
        if isStream {
            context.close(promise: nil)
        } else {
            context.close(mode: .output, promise: nil)
        }
    }

    private func startLingering(_ context: ChannelHandlerContext) {
        phase = .lingering
        allow(ConnectionGuard.lingerTime)
        timer?.cancel()
        tick(context)
    }

    // MARK: Time

    /// How long what is happening now may take; nil for as long as it likes.
    private func allow(_ time: TimeAmount?) {
        phaseDeadline = time.map { .now() + $0 } ?? .distantFuture
    }

    /// Looks whether time is up, and again when it may next be.
    ///
    /// A timer for each phase of each request would cost more than the request's own book-keeping. No
    /// phase is allowed less than a tick, so that none is missed, and a tick comes on the deadline.
    private func tick(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        if min(phaseDeadline, writeDeadline) <= now { return expire(context) }
        let next = min(phaseDeadline, writeDeadline, now + times.tick)
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) {
            self.tick(context)
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        switch phase {
        case .head where hasBegun && writeDeadline == .distantFuture:
            answer(.timeout("the head of a request must arrive within", times.head), context)
        case .body where unanswered > 0 && writeDeadline == .distantFuture:
            closesAfterAnswer = true
            allow(nil)
            context.fireErrorCaught(Problem.timeout("the body must arrive within", times.body))
        default: return context.close(promise: nil)
        }
        tick(context)
    }
}
