import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth keys jwks`
struct AuthKeysJWKS: PrintsRecords {
    static let help = CommandHelp(
        "jwks", "Print the public keys as a JSON Web Key Set.",
        examples: [
            ("All keys that verify", "tc auth keys jwks"),
            (
                "Check tokens on a machine without the database",
                "tc auth keys jwks -o jwks.json && tc auth verify --jwks jwks.json tokens.txt"
            ),
        ],
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a JSON Web Key Set",
                [
                    .required(
                        "keys", .array(.object(RecordSchema("a key", [], allowsOthers: true))),
                        "the public keys (RFC 7517)")
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try context.output.write(lines: Array(await auth.keys.jwks().utf8) + [0x0A])
            return .done
        }
    }
}
