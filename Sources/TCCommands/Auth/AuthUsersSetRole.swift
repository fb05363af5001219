import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users set-role`
struct AuthUsersSetRole: AnswersLines {
    static let help = CommandHelp(
        "set-role", "Give users another role.",
        examples: [
            ("An administrator", "tc auth users set-role --user ada@example.com --role admin")
        ],
        discussion: """
            Access tokens with the old role are not believed any more by --online and the daemons; \
            the next refresh brings the new one.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput(
                "which user, and the role", [.required("role", .text(1...64), "the new role")]),
            output: RecordSchema.userAnswer("role_changed"))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    @Option(help: .init("The new role, where a line names none.", valueName: "role"))
    var role: String?

    var flagFields: [FlagField] { [user.field, .detail("role", role)] }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.setRole(
                    of: UserKey(record), to: record["role"]?.string ?? "", by: .local)
            }
        }
    }
}
