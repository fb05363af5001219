import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth mfa recovery-codes`
struct AuthMFARecoveryCodes: AnswersLines {
    static let help = CommandHelp(
        "recovery-codes", "Make ten new recovery codes in place of the old ones.",
        examples: [
            ("They are not shown again", "tc auth mfa recovery-codes --user bob@example.com")
        ],
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("whose codes"),
            output: RecordSchema(
                "the codes",
                [.status("ok", "not_enrolled", "not_found"), .userID, .email, .recoveryCodes]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    var flagFields: [FlagField] { [user.field] }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                guard let user = try await auth.service.user(UserKey(record)) else {
                    return MFAOutcome.userNotFound
                }
                return try await auth.service.newRecoveryCodes(user.id, by: .local)
            }
        }
    }
}
