import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth oauth2 authorize`
struct AuthOAuth2Authorize: AnswersLines {
    static let help = CommandHelp(
        "authorize", "Begin sign-ins: the address at the provider to send a browser to.",
        examples: [
            (
                "With GitHub",
                "tc auth oauth2 authorize --provider github --redirect-uri https://app.example.com/callback"
            )
        ],
        discussion: """
            attempt is what the browser must keep, in a cookie for instance, and bring to callback: it \
            binds state, nonce and the PKCE verifier to it, sealed.
            """,
        exits: [.inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a sign-in to begin",
                [
                    .required("provider", .text(1...32), "the provider's name"),
                    .required(
                        "redirect_uri", .text(1...2048), "the callback, as registered there"),
                ], allowsOthers: true),
            output: RecordSchema(
                "where to send the browser",
                [
                    .required("provider", .string, "the provider's name"),
                    .required("redirect_uri", .string, "the callback"),
                    .required("url", .string, "at the provider"),
                    .required("attempt", .string, secret: true, "what callback wants again"),
                    .required("expires_in", .count, unit: "s", "how long there is time"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    @Option(help: .init("The provider's name.", valueName: "name"))
    var provider: String?

    @Option(help: .init("The callback, as it is registered at the provider.", valueName: "url"))
    var redirectURI: String?

    var flagFields: [FlagField] {
        [.subject("provider", provider), .detail("redirect_uri", redirectURI)]
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withProviders { _, providers in
            try await answer(context) { record in
                SignInBeginning(
                    redirect: try await providers.begin(
                        record["provider"]?.string ?? "",
                        redirectURI: record["redirect_uri"]?.string ?? ""))
            }
        }
    }
}

/// A sign-in that has begun.
private struct SignInBeginning: RecordOutcome {
    let redirect: SignInRedirect

    var status: String { "begun" }
    var isNegative: Bool { false }

    func writeMembers(to writer: inout JSONWriter) {
        writer.key("url")
        writer.string(redirect.url)
        writer.key("attempt")
        writer.string(redirect.cookie)
        writer.key("expires_in")
        writer.int(redirect.lifetime.milliseconds / 1000)
    }
}
