import Glibc
import ServiceLifecycle
import Synchronization
import TCCore
import TCWire
import UnixSignals

@testable import TCServe

/// A server on ports that the system chose, with real sockets, and everything that it logged.
struct TestServer {
    let addresses: [String]
    let metrics: Metrics
    private let group: ServiceGroup
    private let log: ServerLog
    private let logFile: Int32
    private let running: Task<Void, any Error>

    /// Runs `body` beside a server, stops the server and returns what it has logged.
    ///
    /// - Parameter settings: changes what the server is told; it listens on loopback unless that says
    ///   something else.
    @discardableResult
    static func with(
        _ services: [WebService], stoppedBy signals: [UnixSignal] = [],
        systemd: Systemd = .absent, seams: Seams = .running,
        settings change: (inout WebServerSettings) throws -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws -> String {
        var settings = WebServerSettings(
            listen: systemd.sockets.isEmpty ? [try ListenAddress("127.0.0.1:0")] : [],
            version: "1.2.3")
        try change(&settings)
        let server = try await TestServer(
            services, settings, signals: signals, systemd: systemd, seams: seams)
        do {
            try await body(server)
        } catch {
            // The first error says more.
            _ = try? await server.stop()
            throw error
        }
        return try await server.stop()
    }

    private init(
        _ services: [WebService], _ settings: WebServerSettings, signals: [UnixSignal],
        systemd: Systemd, seams: Seams
    ) async throws {
        var template = Array("/tmp/tc-log-XXXXXX".utf8CString)
        logFile = mkstemp(&template)
        unlink(template)
        metrics = Metrics()
        log = try ServerLog(descriptor: logFile, now: seams.now)
        let server = try WebServer(
            services, settings, systemd: systemd, metrics: metrics, log: log, seams: seams)
        let (found, listening) = AsyncStream<[String]>.makeStream()
        let group = server.group(stoppedBy: signals) { listening.yield($0) }
        self.group = group
        running = Task {
            defer { listening.finish() }
            try await group.run()
        }
        var addresses: [String]?
        for await some in found {
            addresses = some
            break
        }
        guard let addresses else {
            log.close()
            // It has ended before it listened, and says why.
            try await running.value
            throw TCError(.bug, "the server ended without a reason")
        }
        self.addresses = addresses
    }

    /// Of the first address.
    var port: Int { addresses[0].split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    /// Asks the server to end, as SIGTERM does.
    func askToStop() async { await group.triggerGracefulShutdown() }

    /// Waits until the server has ended by itself.
    func ended() async throws { try await running.value }

    private func stop() async throws -> String {
        await group.triggerGracefulShutdown()
        let outcome = await running.result
        log.close()
        var bytes = [UInt8](repeating: 0, count: Int(lseek(logFile, 0, SEEK_END)))
        let count = pread(logFile, &bytes, bytes.count, 0)
        close(logFile)
        try outcome.get()
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }
}

extension Seams {
    /// The clocks of the system.
    static var running: Seams {
        Seams(
            now: {
                var time = timespec()
                clock_gettime(CLOCK_REALTIME, &time)
                return Instant(
                    milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
            },
            uptime: {
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
            }, random: { UInt64.random(in: 0...UInt64.max) })
    }
}

/// A door that tests open: whoever waits goes on.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream<Void>.makeStream() }

    /// Lets one waiter through, now or when it comes.
    func open() { continuation.yield() }

    /// Waits for the door; throws when the waiting task is cancelled.
    func pass() async throws {
        for await _ in stream { return }
        throw CancellationError()
    }
}
