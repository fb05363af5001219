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

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.logout(
                    refreshToken: record["refresh_token"]?.string ?? "")
            }
        }
    }
}
