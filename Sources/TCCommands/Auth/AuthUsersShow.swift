import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users show`
struct AuthUsersShow: AnswersLines {
    static let help = CommandHelp(
        "show", "Show accounts by id or by address.",
        examples: [("One of them", "tc auth users show --user ada@example.com")],
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("which user"),
            output: RecordSchema(
                "the user, or that there is none",
                [.status("found", "not_found")] + RecordSchema.userFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    var flagFields: [FlagField] { [user.field] }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                let key = try UserKey(record)
                let user = try await auth.service.user(key)
                return user.map { UserOutcome.done("found", $0) } ?? .notFound(key)
            }
        }
    }
}
