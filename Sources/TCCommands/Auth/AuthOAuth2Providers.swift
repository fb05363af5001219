import ArgumentParser
import TCAuth
import TCCore
import TCEngines
import TCWire

/// `tc auth oauth2 providers`
struct AuthOAuth2Providers: PrintsRecords {
    static let help = CommandHelp(
        "providers", "List the identity providers that are configured.",
        examples: [("All of them", "tc auth oauth2 providers")],
        discussion: """
            They stand in the YAML file that auth.providers names: a mapping from google, github, \
            microsoft or any other name to client_id, client_secret_file and, for others, issuer.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a provider",
                [
                    .required("provider", .string, "its name"),
                    .required("client_id", .string, "what this service is called there"),
                    .required("scopes", .array(.string), "what is asked for"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) throws -> ExitStatus {
        let path = try context.settings.value(.authProviders)
        let providers = path.isEmpty ? [] : try ProvidersFile.read(path)
        var json = JSONWriter()
        for provider in providers {
            json.beginObject()
            json.key("provider")
            json.string(provider.name)
            json.key("client_id")
            json.string(provider.clientID)
            json.key("scopes")
            json.value(.array(provider.scopes.map { .string($0) }))
            json.endObject()
            json.newline()
        }
        try context.output.write(lines: json.bytes)
        return providers.isEmpty ? .negative : .done
    }
}

extension CommandContext {
    /// Calls `body` with the engines and the identity providers.
    ///
    /// Throws `.configuration` where there is no provider.
    nonisolated(nonsending) func withProviders(
        _ body: (AuthEngines, OAuth2Client) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        try await withAuth { auth in
            let http = HTTPClientEngine()
            do {
                guard let providers = try auth.providers(settings, http, seams) else {
                    throw TCError(
                        .configuration, "no identity provider is configured",
                        hint: "name a YAML file of them as auth.providers (TC_AUTH_PROVIDERS)")
                }
                let status = try await body(auth, providers)
                await http.close()
                return status
            } catch {
                await http.close()
                throw error
            }
        }
    }
}
