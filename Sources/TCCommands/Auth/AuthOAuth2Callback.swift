import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth oauth2 callback`
struct AuthOAuth2Callback: AnswersLines {
    static let help = CommandHelp(
        "callback", "End sign-ins with what the provider sent the browser back with.",
        examples: [
            ("What a line must have", "tc schema auth oauth2 callback --part input")
        ],
        discussion: """
            A line is what authorize printed, with the code and the state that the provider added to \
            the callback's address. The id token is checked through the provider's keys: issuer, audience, expiry, nonce and \
            algorithm. Whom it opens an account for is decided by the identity's id at the provider; \
            by its e-mail address only where auth.link_by_email allows it and both sides have \
            verified it.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a sign-in to end",
                [
                    .required("provider", .text(1...32), "the provider's name"),
                    .required("attempt", .text(1...8192), secret: true, "as authorize gave it"),
                    .optional("code", .text(1...4096), secret: true, "of the callback's address"),
                    .optional("state", .text(1...1024), secret: true, "of the callback's address"),
                    .optional("iss", .text(1...1024), "of the callback's address"),
                    .optional("error", .text(1...256), "of the callback's address"),
                ] + RecordSchema.clientFields, allowsOthers: true),
            output: RecordSchema.loginAnswer)
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let rules = try AuthEngines.linkingRules(context.settings)
        return try await context.withProviders { auth, providers in
            try await answer(context) { record in
                let query = ["code", "state", "iss", "error"].compactMap { name in
                    record[name]?.string.map { (name: name, value: $0) }
                }
                let identity = try await providers.finish(
                    record["provider"]?.string ?? "", try SignInCallback(query: query),
                    cookie: record["attempt"]?.string ?? "")
                return try await auth.service.signIn(
                    identity, rules: rules, from: ClientContext(record))
            }
        }
    }
}
