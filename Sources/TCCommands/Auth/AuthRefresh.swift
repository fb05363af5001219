import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth refresh`
struct AuthRefresh: AnswersLines {
    static let help = CommandHelp(
        "refresh", "Replace refresh tokens by their successors.",
        examples: [
            ("A new access token from what login answered", "tc auth refresh < login.jsonl"),
            ("With a longer grace", "tc auth refresh --grace 60s < login.jsonl"),
        ],
        discussion: """
            Of several who refresh one token at once, all get the same successor, as does who asks \
            again within the grace, for instance because an answer was lost. A use after that means \
            that the token was copied: the session ends, and the log says so.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .tryAgain, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a refresh token",
                [
                    .required(
                        "refresh_token", .text(1...256), secret: true, "as login gave it")
                ], allowsOthers: true),
            output: RecordSchema(
                "what the refresh came to",
                [.status("ok", "unknown_token", "expired", "revoked", "replayed", "conflict")]
                    + RecordSchema.grantFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: .init(
            "The file whose first line is the one refresh token; - is standard input.",
            valueName: "file"),
        completion: .file())
    var tokenFile: String?

    @Option(
        help: .init(
            "How long a token that was rotated gives the same successor again (TC_AUTH_GRACE).",
            valueName: "duration"))
    var grace: String?

    var flagFields: [FlagField] {
        get throws {
            let token = try tokenFile.map { try SecretInput.read("refresh token", file: $0) }
            return [.subject("refresh_token", token)]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let grace = try context.settings.value(.authGrace, flag: grace)
        return try await context.withAuth(grace: grace) { auth in
            try await answer(context) { record in
                try await auth.service.refresh(record["refresh_token"]?.string ?? "")
            }
        }
    }
}
