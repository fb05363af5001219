import HTTPTypes
import NIOCore

/// Says one thing to a client that cannot be served, and lets it hear that: half of the connection is
/// closed, and the rest when the client has closed its own or is out of time.
final class Farewell: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let patience = TimeAmount.seconds(2)

    private let head: HTTPResponse
    private let body: ByteBuffer
    private var timer: Scheduled<Void>?

    init(head: HTTPResponse, body: ByteBuffer) {
        self.head = head
        self.body = body
    }

    func channelActive(context: ChannelHandlerContext) {
        var text = "HTTP/1.1 \(head.status.code) \(head.status.reasonPhrase)\r\n"
        for field in head.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
        var bytes = ByteBuffer(string: "\(text)connection: close\r\n\r\n")
        bytes.writeImmutableBuffer(body)
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in
            context.close(mode: .output, promise: nil)
        }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Farewell.patience) {
            context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Whatever the client asks is not heard.
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) { timer?.cancel() }
}
