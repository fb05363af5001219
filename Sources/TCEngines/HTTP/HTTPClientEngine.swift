import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL
import TCCore

/// Calls to other services through async-http-client: HTTP/1.1 and HTTP/2, TLS 1.2 and 1.3 with the
/// system's certificate authorities, connections kept for a while.
///
/// Nothing here follows a redirect, asks for compression, which could blow an answer up past its limit,
/// or takes a proxy from the environment.
public final class HTTPClientEngine: OutboundHTTP {
    private let client: HTTPClient

    /// - Parameter connectTimeLimit: for one attempt at a connection, TLS included.
    public init(connectTimeLimit: Duration = .seconds(5)) {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .nanoseconds(1_000_000 * connectTimeLimit.milliseconds)))
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        configuration.tlsConfiguration = tls
        // A login that waits for a dead provider is no better than one that is told so at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends every connection; what is in flight fails. Must be called once, before the last reference
    /// goes.
    public func close() async {
        // It fails only where it was called before, and then there is nothing left to end.
        try? await client.shutdown()
    }

    public func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        var message = HTTPClientRequest(url: request.address.text)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if !request.body.isEmpty { message.body = .bytes(request.body) }
        do {
            return try await answer(
                message, within: request.timeLimit, bodyLimit: request.answerLimit)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw HTTPClientEngine.translated(error, request)
        }
    }

    /// The library's own deadline ends with the head of the answer, so a clock runs beside it.
    private func answer(
        _ message: HTTPClientRequest, within limit: Duration, bodyLimit: Int
    ) async throws -> OutboundAnswer {
        try await withThrowingTaskGroup { group in
            group.addTask { try await self.wholeAnswer(message, within: limit, bodyLimit) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            // There are two, so there is a first.
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func wholeAnswer(
        _ message: HTTPClientRequest, within limit: Duration, _ bodyLimit: Int
    ) async throws -> OutboundAnswer {
        let response = try await client.execute(
            message, timeout: .nanoseconds(1_000_000 * limit.milliseconds))
        let body = try await response.body.collect(upTo: bodyLimit)
        return OutboundAnswer(
            status: Int(response.status.code),
            headers: response.headers.map { ($0.name, $0.value) },
            body: Array(body.readableBytesView))
    }

    /// The library's error with the host; its own text may repeat the whole URL.
    private static func translated(_ error: any Error, _ request: OutboundRequest) -> TCError {
        let reason =
            switch error {
            case is NIOTooManyBytesError:
                "the answer has more than \(request.answerLimit) bytes"
            case let error as HTTPClientError where isTimeout(error):
                "no whole answer in \(request.timeLimit.text)"
            case let error as HTTPClientError: error.shortDescription
            case is NIOSSLError, is BoringSSLError: "the TLS handshake failed"
            case let error as IOError:
                "the connection failed: \(String(cString: strerror(error.errnoCode)))"
            default: "the connection failed"
            }
        return TCError(.unavailable, "cannot call '\(request.address.host)': \(reason)")
    }

    private static func isTimeout(_ error: HTTPClientError) -> Bool {
        [.deadlineExceeded, .connectTimeout, .readTimeout, .getConnectionFromPoolTimeout]
            .contains(error)
    }
}
