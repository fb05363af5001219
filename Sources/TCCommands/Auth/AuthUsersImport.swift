import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users import`
struct AuthUsersImport: AnswersLines {
    static let help = CommandHelp(
        "import", "Make accounts as they were elsewhere, with their passwords' hashes.",
        examples: [
            ("From another database", "tc auth users import < users.jsonl")
        ],
        discussion: """
            Lines are those of export. Importing again changes nothing and answers exists.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: .transfer,
            output: RecordSchema(
                "what became of it", [.status("imported", "exists")] + RecordSchema.userFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.importUser(UserTransfer(record), by: .local)
            }
        }
    }
}
