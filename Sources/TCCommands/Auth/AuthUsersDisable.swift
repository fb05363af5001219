import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users disable`
struct AuthUsersDisable: AnswersLines {
    static let help = CommandHelp(
        "disable", "Close accounts and end their sessions.",
        examples: [("At once, on every node", "tc auth users disable --user ada@example.com")],
        discussion: """
            Nothing opens a closed account, and all of its sessions have ended; enable opens it again.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("which user"),
            output: RecordSchema.userAnswer("disabled"))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    var flagFields: [FlagField] { [user.field] }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.setDisabled(UserKey(record), true, by: .local)
            }
        }
    }
}
