import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth logout`
struct AuthLogout: AnswersLines {
    static let help = CommandHelp(
        "logout", "End the sessions that refresh tokens belong to.",
        examples: [("Log out what login answered", "tc auth logout < login.jsonl")],
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a refresh token",
                [
                    .required(
                        "refresh_token", .text(1...256), secret: true,
                        "of the session; also one that was rotated")
                ], allowsOthers: true),
            output: RecordSchema.revocationAnswer)
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

    var flagFields: [FlagField] {
        get throws {
            let token = try tokenFile.map { try SecretInput.read("refresh token", file: $0) }
            return [.subject("refresh_token", token)]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.logout(
                    refreshToken: record["refresh_token"]?.string ?? "")
            }
        }
    }
}
