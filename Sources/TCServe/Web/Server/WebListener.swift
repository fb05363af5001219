import Glibc
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import NIOSSL
import TCCore

/// A socket that listens, and the connections that came from it.
struct WebListener: Sendable {
    /// A connection to be served; nil for one too many, which is only told so.
    private typealias Accepted = WebConnection?

    private let accepted: NIOAsyncChannel<Accepted, Never>
    private let quiescing: ServerQuiescingHelper
    private let executors: EventLoopExecutors
    /// The path of a socket that is ours to remove.
    private let path: String?

    /// Where a listener comes from.
    enum Source: Sendable {
        case address(ListenAddress)
        /// From systemd.
        case socket(Int32)
    }

    /// What connections of all listeners share.
    struct Shared: Sendable {
        let group: any EventLoopGroup
        let executors: EventLoopExecutors
        let limits: WebLimits
        let pipeline: RequestPipeline
        let connections: Gauge
        /// The current certificate; nil without TLS.
        let tls: @Sendable () -> NIOSSLContext?
        let logger: Logger
    }

    /// Binds and listens.
    ///
    /// - Throws: `unavailable`, naming the address, where that is not possible.
    init(_ source: Source, _ shared: Shared) async throws {
        path = if case .address(.unix(let path)) = source { path } else { nil }
        if let path, UnixSocket.isAnswered(path) {
            throw TCError(.unavailable, "cannot listen on \(source): another process does")
        }
        // On threads that never end: where binding fails, it may be let go after ours have.
        let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)
        let bootstrap = ServerBootstrap(group: shared.group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        quiescing.makeServerChannelHandler(channel: channel))
                }
            }
        let accept: @Sendable (any Channel) -> EventLoopFuture<Accepted> = { channel in
            WebListener.accept(channel, shared)
        }
        do {
            accepted =
                switch source {
                case .address(.tcp(let host, let port)):
                    try await bootstrap.bind(
                        host: host, port: port, childChannelInitializer: accept)
                case .address(.unix(let path)):
                    try await bootstrap.bind(
                        unixDomainSocketPath: path, cleanupExistingSocketFile: true,
                        childChannelInitializer: accept)
                case .socket(let descriptor):
                    try await bootstrap.bind(descriptor, childChannelInitializer: accept)
                }
        } catch {
            let reason =
                (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw TCError(.unavailable, "cannot listen on \(source): \(reason)")
        }
        self.quiescing = quiescing
        executors = shared.executors
    }

    private static func accept(
        _ channel: any Channel, _ shared: Shared
    ) -> EventLoopFuture<Accepted> {
        if shared.connections.add(1) > shared.limits.connections {
            shared.connections.add(-1)
            return refuse(channel, shared).map { nil }
        }
        channel.closeFuture.whenComplete { _ in shared.connections.add(-1) }
        return WebConnection.setUp(
            channel, tls: shared.tls(), limits: shared.limits, pipeline: shared.pipeline,
            logger: shared.logger
        ).map { $0 }
    }

    /// Has the client told that there are too many connections, where that can be said without a
    /// handshake; otherwise the connection is closed at once.
    private static func refuse(_ channel: any Channel, _ shared: Shared) -> EventLoopFuture<Void> {
        guard shared.tls() == nil else { return channel.close() }
        let problem = Problem(
            503, "overloaded", "the server has as many connections as it may",
            headers: [("Retry-After", "1")])
        let (head, body) = shared.pipeline.refuse(
            problem, peer: Peer(channel: channel, isSecure: false))
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(Farewell(head: head, body: body))
        }
    }

    /// Where it listens, as the system says it.
    var address: String {
        guard let address = accepted.channel.localAddress else { return "a closed socket" }
        switch address {
        case .unixDomainSocket: return "unix:\(address.pathname ?? "")"
        default:
            return ListenAddress.tcp(
                host: address.ipAddress ?? "", port: address.port ?? 0
            ).description
        }
    }

    /// Serves connections until `stop`, then until the last of them has ended. Cancelling cuts them.
    func run() async throws {
        try await accepted.executeThenClose { connections in
            await withDiscardingTaskGroup { group in
                do {
                    for try await connection in connections {
                        guard let connection else { continue }
                        group.addTask(
                            executorPreference: executors[connection.channel.eventLoop]
                        ) { await connection.run() }
                    }
                } catch {
                    // The socket itself has failed, which ends accepting and nothing else.
                }
            }
        }
    }

    /// Stops accepting; connections end with what they are doing.
    func stop() {
        quiescing.initiateShutdown(promise: nil)
        if let path { unlink(path) }
    }
}

extension WebListener.Source: CustomStringConvertible {
    var description: String {
        switch self {
        case .address(let address): "\(address)"
        case .socket(let descriptor): "descriptor \(descriptor)"
        }
    }
}
