import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth keys rotate`
struct AuthKeysRotate: PrintsRecords {
    static let help = CommandHelp(
        "rotate", "Make a signing key that takes over from the one that signs.",
        examples: [
            ("What would be made", "tc auth keys rotate --dry-run"),
            ("It signs when verifiers know it", "tc auth keys rotate"),
            ("At once, since the old one is not to be trusted", "tc auth keys rotate --now"),
        ],
        discussion: """
            The new key is published at once and signs after auth.key_overlap, so that verifiers which \
            keep the key set know it by then. The old one goes on verifying what it signed.
            """,
        exits: [.unavailable, .inputOutput, .notPermitted, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "the key that was made, or would be",
                [.status("rotated")] + RecordSchema.keyFields + [
                    .optional("replaces", .string, "the key that signs until then")
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var dry: DryRunOptions

    @Option(help: .init("ES256, EdDSA, RS256 or HS256 (TC_AUTH_ALGORITHM).", valueName: "name"))
    var algorithm: String?

    @Flag(help: "Sign with it at once; verifiers that do not know it yet refuse its tokens.")
    var now = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let algorithm = try context.settings.value(.authAlgorithm, flag: algorithm)
        return try await context.withAuth { auth in
            let outcome = try await auth.keys.rotate(
                algorithm: algorithm, now: now, by: .local, dryRun: dry.dryRun)
            try context.output.write(lines: outcome.line)
            return outcome.isNegative ? .negative : .done
        }
    }
}
