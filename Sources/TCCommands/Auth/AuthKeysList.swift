import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth keys list`
struct AuthKeysList: PrintsRecords {
    static let help = CommandHelp(
        "list", "List signing keys, in the order in which they sign.",
        examples: [("All of them", "tc auth keys list --format table")],
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(output: RecordSchema("a signing key", RecordSchema.keyFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            for key in try await auth.keys.list() { try context.output.write(lines: key.line) }
            return .done
        }
    }
}
