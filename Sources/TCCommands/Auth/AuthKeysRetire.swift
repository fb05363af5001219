import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth keys retire`
struct AuthKeysRetire: PrintsRecords {
    static let help = CommandHelp(
        "retire", "End a signing key of which nothing valid is left.",
        examples: [
            (
                "Those of which nothing valid is left",
                "tc auth keys list | jq -r 'select(.retirable_at and .retirable_at < (now | todate)).kid' | xargs -r -n 1 tc auth keys retire"
            ),
            (
                "The one before, although valid tokens break, since somebody has it",
                "tc auth keys rotate --now | jq -r .replaces | xargs tc auth keys retire --break-valid-tokens"
            ),
        ],
        discussion: """
            Its private half is erased. A key that still verifies valid tokens is in_use until \
            retirable_at; --break-valid-tokens retires it all the same, except the only one that can \
            sign.
            """,
        exits: [.negative, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "what became of the key",
                [.status("retired", "unchanged", "not_found", "in_use")] + RecordSchema.keyFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var dry: DryRunOptions

    @Argument(help: "The key's name, as keys list prints it.")
    var kid: String

    @Flag(help: "Retire it although tokens that it signed are valid.")
    var breakValidTokens = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            let outcome = try await auth.keys.retire(
                kid, force: breakValidTokens, by: .local, dryRun: dry.dryRun)
            try context.output.write(lines: outcome.line)
            return outcome.isNegative ? .negative : .done
        }
    }
}
