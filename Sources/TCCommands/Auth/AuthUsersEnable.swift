import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users enable`
struct AuthUsersEnable: AnswersLines {
    static let help = CommandHelp(
        "enable", "Open accounts that were closed.",
        examples: [("Again", "tc auth users enable --user ada@example.com")],
        discussion: """
            Sessions that ended when the account was closed stay ended.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("which user"),
            output: RecordSchema.userAnswer("enabled"))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    var flagFields: [FlagField] { [user.field] }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.setDisabled(UserKey(record), false, by: .local)
            }
        }
    }
}
