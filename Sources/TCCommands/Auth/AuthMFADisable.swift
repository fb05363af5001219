import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth mfa disable`
struct AuthMFADisable: AnswersLines {
    static let help = CommandHelp(
        "disable", "Remove second factors and their recovery codes.",
        examples: [
            ("Somebody lost the phone and the codes", "tc auth mfa disable --user bob@example.com")
        ],
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("whose second factor"),
            output: RecordSchema(
                "what it came to",
                [
                    .status("disabled", "would_disable", "not_enrolled", "not_found"), .userID,
                    .email,
                ]
            ))
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
                guard let user = try await auth.service.user(UserKey(record)) else {
                    return MFAOutcome.userNotFound
                }
                if dry.dryRun {
                    return user.hasMFA ? Preview("would_disable", user) : MFAOutcome.notEnrolled
                }
                return try await auth.service.disableMFA(user.id, by: .local)
            }
        }
    }
}
