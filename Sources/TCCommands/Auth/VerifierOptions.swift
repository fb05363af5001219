import ArgumentParser
import TCAuth
import TCCore
import TCEngines
import TCStore
import TCWire

/// The flags of commands that check tokens.
struct VerifierOptions: ParsableArguments {
    @Option(
        help: .init(
            "Check with the public keys of this set, a file or an https URL; no database is opened.",
            valueName: "file|url"), completion: .file())
    var jwks: String?

    @Option(help: .init("Who must have issued the token (TC_AUTH_ISSUER).", valueName: "issuer"))
    var issuer: String?

    @Option(help: .init("Whom the token must be for (TC_AUTH_AUDIENCE).", valueName: "audience"))
    var audience: String?

    init() {}

    /// Of how many good tokens the outcome is kept.
    private static let rememberedTokens = 100_000
    /// How long a key set may be.
    private static let setLimit = 1 << 20

    /// Calls `body` with a verifier of tokens of a kind: from the key set, else from the service's own
    /// keys.
    nonisolated(nonsending) func withVerifier(
        of kind: TokenKind, _ context: CommandContext,
        _ body: (TokenVerifier) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        guard let jwks else {
            if issuer != nil || audience != nil {
                throw TCError(
                    .usage, "--issuer and --audience go with --jwks",
                    hint: "for the service's own keys they are settings")
            }
            return try await context.withAuth { auth in
                try await body(try await auth.keys.verifier(of: kind))
            }
        }
        let bytes = try await VerifierOptions.read(jwks)
        let keys: TokenKeys
        do {
            keys = try TokenKeys(JWKSet(parsing: bytes))
        } catch {
            throw TCError(.configuration, "'\(jwks)': \(error.message)")
        }
        let rules = TokenRules(
            kind, issuer: try context.settings.value(.authIssuer, flag: issuer),
            audience: try context.settings.value(.authAudience, flag: audience))
        return try await body(
            TokenVerifier(keys, rules, rememberedTokens: VerifierOptions.rememberedTokens))
    }

    nonisolated(nonsending) private static func read(_ source: String) async throws -> [UInt8] {
        guard source.hasPrefix("https:") || source.hasPrefix("http:") else {
            return try SmallFile.read(source, atMost: setLimit)
        }
        let address: WebAddress
        do {
            address = try WebAddress(source, allowsLoopbackHTTP: true)
        } catch {
            throw TCError(.usage, "--jwks: \(error.message)")
        }
        let http = HTTPClientEngine()
        do {
            let answer = try await http.send(
                OutboundRequest(.get, address, answerLimit: setLimit))
            await http.close()
            guard answer.status == 200 else {
                throw TCError(
                    .unavailable, "'\(source)' answered with status \(answer.status), expected 200")
            }
            return answer.body
        } catch {
            await http.close()
            throw error
        }
    }
}
