import ArgumentParser
import TCCore

/// `tc serve`
struct Serve: TCCommand {
    static let help = CommandHelp(
        "serve", "Host the daemons of several families in one process.",
        examples: [
            (
                "Identity over TLS",
                "tc serve auth --listen 0.0.0.0:8443 --tls-certificate tls.crt --tls-key tls.key"
            ),
            ("On this machine only", "tc serve auth --listen 127.0.0.1:8080"),
        ],
        discussion: """
            SIGTERM ends it when what is in flight has been answered, within --drain; SIGHUP reads the \
            files of TLS again. Logs are JSON lines on standard error; /healthz, /readyz, /metrics \
            and /openapi.json are there for whoever watches. Under systemd it says when it is ready, \
            and takes sockets.
            """,
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema { CommandSchema() }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ServeOptions

    @Argument(help: .init("The families to host: auth, data.", valueName: "family"))
    var families: [String]

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await Daemon.run(families, options, context)
    }
}
