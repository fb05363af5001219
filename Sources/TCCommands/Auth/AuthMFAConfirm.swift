import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth mfa confirm`
struct AuthMFAConfirm: AnswersLines {
    static let help = CommandHelp(
        "confirm", "Put a second factor in force with the first code of the app.",
        examples: [
            (
                "On a terminal the code is asked for",
                "tc auth mfa confirm --user ada@example.com < code"
            )
        ],
        discussion: """
            The answer has ten recovery codes, each good once, which are not shown again. From now on \
            login answers with an mfa_token, for mfa verify. With --user the code is asked for on a \
            terminal, and is else the first line of standard input.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("whose app, and its code", [.code]),
            output: RecordSchema(
                "what it came to",
                [
                    .status(
                        "confirmed", "invalid_code", "wait", "already_enrolled", "not_enrolled",
                        "not_found"),
                    .userID, .email, .recoveryCodes, .retryAfter,
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    var flagFields: [FlagField] {
        get throws {
            let code = user.user == nil ? nil : try SecretInput.read("code", file: nil)
            return [user.field, .detail("code", code)]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                guard let user = try await auth.service.user(UserKey(record)) else {
                    return MFAOutcome.userNotFound
                }
                return try await auth.service.confirmMFA(
                    user.id, code: record["code"]?.string ?? "", from: ClientContext(record))
            }
        }
    }
}

extension RecordSchema.Field {
    static let recoveryCodes = RecordSchema.Field.optional(
        "recovery_codes", .array(.string), secret: true, "each good once in place of a code")
    static let retryAfter = RecordSchema.Field.optional(
        "retry_after", .count, unit: "s", "after how long to try again")
}
