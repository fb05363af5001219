import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOExtras
import NIOSSL
import NIOTLS

/// One connection, from the handshake to the end: which protocol it speaks, and who answers.
struct WebConnection: Sendable {
    /// What the client chose; HTTP/2 only over TLS, by ALPN.
    private enum Negotiated {
        case http1(HTTP1Channel, HTTP1Channel.Value)
        case http2(HTTP2Channel, HTTP2Channel.Value)
    }

    let channel: any Channel
    private let negotiated: EventLoopFuture<Negotiated>
    private let logger: Logger

    /// Builds the pipeline of a channel that was just accepted, on its event loop.
    ///
    /// - Parameter tls: nil to speak without.
    static func setUp(
        _ channel: any Channel, tls: NIOSSLContext?, limits: WebLimits, pipeline: RequestPipeline,
        logger: Logger
    ) -> EventLoopFuture<WebConnection> {
        let peer = Peer(channel: channel, isSecure: tls != nil)
        let respond: HTTPChannelHandler.Responder = { request, writer, _ in
            try await pipeline.respond(to: request, from: peer, writer: writer)
        }
        let times = ConnectionTimes(limits)
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
            maxHeaderFieldCount: limits.headerFields)
        func configuration(isStream: Bool) -> HTTP1Channel.Configuration {
            HTTP1Channel.Configuration(
                additionalChannelHandlers: [
                    ConnectionGuard(times: times, isStream: isStream) {
                        pipeline.refuse($0, peer: peer)
                    }
                ],
                httpDecoderConfiguration: decoder)
        }
        let http1 = HTTP1Channel(
            responder: respond, configuration: configuration(isStream: false))
        guard let tls else {
            return http1.setup(channel: channel, logger: logger).map { value in
                WebConnection(
                    channel: channel,
                    negotiated: channel.eventLoop.makeSucceededFuture(.http1(http1, value)),
                    logger: logger)
            }
        }
        let http2 = HTTP2Channel(
            responder: respond,
            configuration: HTTP2ChannelConfiguration(
                idleTimeout: limits.idle,
                streamConfiguration: configuration(isStream: true)))
        return channel.eventLoop.makeCompletedFuture {
            let handlers = channel.pipeline.syncOperations
            let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Negotiated> {
                result, channel in
                switch result {
                case .negotiated("h2"):
                    http2.setup(channel: channel, logger: logger).map { .http2(http2, $0) }
                default: http1.setup(channel: channel, logger: logger).map { .http1(http1, $0) }
                }
            }
            try handlers.addHandler(NIOSSLServerHandler(context: tls))
            try handlers.addHandler(HandshakeDeadline(time: times.head))
            try handlers.addHandler(negotiation)
            return WebConnection(
                channel: channel, negotiated: negotiation.protocolNegotiationResult, logger: logger)
        }
    }

    /// Answers what comes until the connection ends.
    func run() async {
        do {
            switch try await negotiated.get() {
            case .http1(let http1, let value): await http1.handle(value: value, logger: logger)
            case .http2(let http2, let value): await http2.handle(value: value, logger: logger)
            }
        } catch {
            // No handshake, no request: a port scan, a client without a certificate.
            logger.debug("no protocol was agreed on: \(error)")
        }
        // Closing what is closed already fails, which is all the same here.
        try? await channel.close()
    }
}

/// Closes a connection whose handshake is not done in time, or not done when the server drains.
private final class HandshakeDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let time: TimeAmount
    private var timer: Scheduled<Void>?

    init(time: TimeAmount) { self.time = time }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            context.fireUserInboundEventTriggered(event)
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        case is ChannelShouldQuiesceEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}
