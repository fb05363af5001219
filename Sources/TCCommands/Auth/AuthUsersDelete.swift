import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users delete`
struct AuthUsersDelete: AnswersLines {
    static let help = CommandHelp(
        "delete", "Remove users with everything that is theirs.",
        examples: [
            ("Look first", "tc auth users delete --user ada@example.com --dry-run"),
            ("Then do it", "tc auth users delete --user ada@example.com"),
        ],
        discussion: """
            Sessions, second factors, devices and links go with the account and are not brought \
            back. The events that tell of the user stay.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("which user"),
            output: RecordSchema(
                "the user as removed",
                [.status("deleted", "would_delete", "not_found")] + RecordSchema.userFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption
    @OptionGroup var dry: DryRunOptions

    var flagFields: [FlagField] { [user.field] }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                let key = try UserKey(record)
                guard dry.dryRun else { return try await auth.service.delete(key, by: .local) }
                let user = try await auth.service.user(key)
                return user.map { UserOutcome.done("would_delete", $0) } ?? .notFound(key)
            }
        }
    }
}
