import ArgumentParser
import TCCore
import TCData
import TCEngines
import TCServe
import TCStore

/// `tc data serve`
struct DataServe: TCCommand {
    static let help = CommandHelp(
        "serve", "Serve the catalogue over HTTP.",
        examples: [
            (
                "Over TLS",
                "tc data serve --listen 0.0.0.0:8443 --tls-certificate tls.crt --tls-key tls.key"
            ),
            ("On this machine only", "tc data serve --listen 127.0.0.1:8080"),
        ],
        discussion: """
            Tables are /v1/data/TABLE and /v1/data/TABLE/KEY, queries /v1/query/NAME, statements \
            /v1/statement/NAME; /openapi.json lists them with what each takes. Callers bring an access \
            token, which is verified with the public keys of data.jwks, a file or a URL, or with those \
            that the issuer publishes; a role that the catalogue names must be theirs. What the \
            catalogue opens to no role is not served. tc serve data is the same.
            """,
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema { CommandSchema() }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: ServeOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await Daemon.run(["data"], options, context)
    }
}

/// Makes the data service of a daemon.
enum DataDaemon {
    /// How long a key set may be.
    private static let keySetLimit = 1 << 20

    static func make(_ parts: Daemon.Parts) async throws -> WebService {
        let settings = parts.settings
        let path = try settings.value(.dataCatalog)
        guard !path.isEmpty else {
            throw TCError(
                .configuration, "there is no catalogue to serve", hint: "name one in data.catalog")
        }
        let catalog = try CatalogFile.sound(path)
        let issuer = try settings.value(.authIssuer)
        let named = try settings.value(.dataJWKS)
        let audience = try settings.value(.authAudience)
        let http = HTTPClientEngine()
        do {
            let keys = PublishedKeys(
                issuer: issuer, audience: audience, seams: parts.seams,
                source: try keySource(
                    named.isEmpty ? "\(issuer)/.well-known/jwks.json" : named, http))
            let engines = try await DataEngines.open(catalog, settings, parts.seams)
            do {
                try await keys.refresh()
            } catch {
                // It is tried again; until then the service is not ready.
                parts.log.write(.warning, "the keys of the auth service cannot be read: \(error)")
            }
            let cluster = engines.cluster
            return DataWebService.make(
                engines.service, keys: keys, metrics: parts.metrics, log: parts.log,
                check: { try await cluster.primary().database.check() }
            ) {
                await http.close()
                await engines.close()
            }
        } catch {
            await http.close()
            throw error
        }
    }

    private static func keySource(
        _ source: String, _ http: HTTPClientEngine
    ) throws -> PublishedKeys.Source {
        guard source.hasPrefix("https:") || source.hasPrefix("http:") else {
            return { try SmallFile.read(source, atMost: keySetLimit) }
        }
        let address = try WebAddress(source, allowsLoopbackHTTP: true)
        return {
            let answer = try await http.send(
                OutboundRequest(.get, address, answerLimit: keySetLimit))
            guard answer.status == 200 else {
                throw TCError(
                    .unavailable, "'\(source)' answered with status \(answer.status), expected 200")
            }
            return answer.body
        }
    }
}
