import ServiceLifecycle
import Synchronization
import TCCore
import TCWire
import UnixSignals

/// A daemon: one or more services behind the same listeners.
///
/// ```swift
/// let server = try WebServer([auth, pay], settings, metrics: metrics, log: log, seams: seams)
/// try await server.run()
/// ```
public struct WebServer: Sendable {
    private let services: [WebService]
    private let settings: WebServerSettings
    private let systemd: Systemd
    private let log: ServerLog
    private let metrics: Metrics
    private let readiness: Readiness
    private let pipeline: RequestPipeline
    private let tls: CurrentCertificate?

    /// Checks everything that can be checked without listening.
    ///
    /// - Parameters:
    ///   - services: one or more; their routes must not meet.
    ///   - metrics: what the services count in too.
    /// - Throws: `usage` where there is nowhere to listen; `configuration` where a file of TLS cannot
    ///   be used.
    public init(
        _ services: [WebService], _ settings: WebServerSettings, systemd: Systemd = .absent,
        metrics: Metrics, log: ServerLog, seams: Seams
    ) throws {
        guard !settings.listen.isEmpty || !systemd.sockets.isEmpty else {
            throw TCError(.usage, "there is no address to listen on", hint: "give --listen")
        }
        self.services = services
        self.settings = settings
        self.systemd = systemd
        self.log = log
        self.metrics = metrics
        tls = try settings.tls.map(CurrentCertificate.init)
        metrics.showProcess(startedAt: Double(seams.now().milliseconds) / 1000)
        let readiness = Readiness(
            checks: services.flatMap { service in
                service.checks.map { CheckRun($0, service: service.name) }
            }, log: log, uptime: seams.uptime)
        self.readiness = readiness
        let document = Mutex(JSONWriter())
        let own = WebService(
            "server",
            routes: ServerRoutes.all(readiness: readiness, metrics: metrics) {
                .bytes(
                    200, "application/json", cacheControl: "no-cache", document.withLock { $0 })
            })
        let routes = (services + [own]).flatMap { service in
            service.routes.map { route in
                BoundRoute(
                    route: route, service: service,
                    metrics: RouteMetrics(
                        method: route.method.rawValue, route: route.path.text, in: metrics))
            }
        }
        let title = "tc \(services.map(\.name).joined(separator: " "))"
        document.withLock {
            OpenAPI(title: title, version: settings.version, routes: routes).write(to: &$0)
        }
        pipeline = RequestPipeline(
            routes: routes, limits: settings.limits, trustedProxies: settings.trustedProxies,
            metrics: metrics, log: log, seams: seams)
    }

    /// Listens and answers until SIGTERM or SIGINT, then stops listening, finishes what is in flight
    /// within the time to drain, and puts the services away. SIGHUP reads the files of TLS again.
    ///
    /// - Parameter onListening: told the addresses, with the ports that the system chose, once
    ///   requests are answered.
    /// - Throws: `unavailable` where it cannot listen; what a background work threw.
    public func run(
        onListening: @escaping @Sendable ([String]) -> Void = { _ in }
    ) async throws {
        try await group(stoppedBy: [.sigterm, .sigint], onListening: onListening).run()
    }

    /// The parts of the server, which end when one of `signals` comes.
    func group(
        stoppedBy signals: [UnixSignal], onListening: @escaping @Sendable ([String]) -> Void
    ) -> ServiceGroup {
        // In the order of dependency: what comes last is stopped first, so the listeners drain before
        // the work stops and the engines are put away.
        var parts: [any Service] = services.map { Closing(close: $0.close) }
        parts += services.flatMap(\.work).map { Working(work: $0) }
        if let tls { parts.append(Reloading(tls: tls, log: log)) }
        parts.append(
            Listening(
                settings: settings, systemd: systemd, pipeline: pipeline, readiness: readiness,
                connections: metrics.gauge("http_connections", "Open connections."), tls: tls,
                log: log, onListening: onListening))
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: parts, gracefulShutdownSignals: signals,
                logger: LibraryLog.logger("tc", to: log)))
    }
}
