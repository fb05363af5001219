import Glibc
import TCCore
import TCServe

/// Hosts the daemons of one or more families in this process until SIGTERM or SIGINT.
enum Daemon {
    /// What a family is given to make its service with.
    struct Parts: Sendable {
        let settings: Settings
        let seams: Seams
        let metrics: Metrics
        let log: ServerLog
        /// Whether clients speak TLS with this process.
        let hasTLS: Bool
    }

    /// Makes the service of a family, on engines that it opens.
    typealias Maker = @Sendable (Parts) async throws -> WebService

    /// The families that have a daemon, by name.
    static let families: [(name: String, make: Maker)] = [
        (name: "auth", make: { try await AuthDaemon.make($0) }),
        (name: "data", make: { try await DataDaemon.make($0) }),
    ]

    /// Runs those of these names.
    nonisolated(nonsending) static func run(
        _ names: [String], _ options: ServeOptions, _ context: CommandContext
    ) async throws -> ExitStatus {
        let settings = try options.settings()
        let systemd = try Systemd(
            variables: variables(["NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS"]))
        let log = try ServerLog(now: context.seams.now)
        defer { log.close() }
        let metrics = Metrics()
        let parts = Parts(
            settings: context.settings, seams: context.seams, metrics: metrics, log: log,
            hasTLS: options.hasTLS)
        var services: [WebService] = []
        do {
            for name in names {
                guard let family = families.first(where: { $0.name == name }) else {
                    throw TCError(
                        .usage, "there is no daemon '\(name)'",
                        hint: "there are \(families.map(\.name).joined(separator: ", "))")
                }
                services.append(try await family.make(parts))
            }
            let server = try WebServer(
                services, settings, systemd: systemd, metrics: metrics, log: log,
                seams: context.seams)
            try await server.run()
        } catch {
            // What the server has put away is put away again without harm.
            for service in services { await service.close() }
            throw error
        }
        return .done
    }

    private static func variables(_ names: [String]) -> [String: String] {
        var variables: [String: String] = [:]
        for name in names { variables[name] = Settings.processEnvironment(name) }
        return variables
    }
}
