import ArgumentParser
import TCAuth
import TCCore
import TCEngines
import TCServe

/// `tc auth serve`
struct AuthServe: TCCommand {
    static let help = CommandHelp(
        "serve", "Serve identity over HTTP.",
        examples: [
            (
                "Over TLS",
                "tc auth serve --listen 0.0.0.0:8443 --tls-certificate tls.crt --tls-key tls.key"
            ),
            ("On this machine only", "tc auth serve --listen 127.0.0.1:8080"),
        ],
        discussion: """
            Several nodes share a database by TC_DATABASE and a cache by TC_CACHE, and use the same \
            key file. The refresh token travels in a cookie that only the refresh route gets. \
            /openapi.json lists the routes; tc serve auth is the same.
            """,
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema { CommandSchema() }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ServeOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await Daemon.run(["auth"], options, context)
    }
}

/// Makes the auth service of a daemon.
enum AuthDaemon {
    static func make(_ parts: Daemon.Parts) async throws -> WebService {
        let log = parts.log
        let auth = try await AuthEngines.open(
            parts.settings, parts.seams, tell: AuthLog.telling(log),
            cacheChanged: { change in
                switch change {
                case .alone(let reason):
                    log.write(
                        .warning,
                        "the cache does not answer: \(reason.message); limits are counted by this "
                            + "node alone")
                case .together: log.write(.info, "the cache answers again")
                }
            })
        let http = HTTPClientEngine()
        do {
            let issuer = try parts.settings.value(.authIssuer)
            let publicURL = try parts.settings.value(.authPublicURL)
            var web = AuthWebSettings(
                publicURL: publicURL.isEmpty ? issuer : publicURL, issuer: issuer)
            web.hasSecureCookies = web.publicURL.hasPrefix("https:") || parts.hasTLS
            web.linking = try AuthEngines.linkingRules(parts.settings)
            // A key that cannot be opened is told before anybody is served.
            _ = try await auth.keys.issuer()
            return AuthWebService.make(
                auth.service, web, jwks: { Array(await auth.keys.jwks().utf8) },
                providers: try auth.providers(parts.settings, http, parts.seams),
                metrics: parts.metrics, log: log
            ) {
                await http.close()
                await auth.close()
            }
        } catch {
            await http.close()
            await auth.close()
            throw error
        }
    }
}
