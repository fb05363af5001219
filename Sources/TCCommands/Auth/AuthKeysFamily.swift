import ArgumentParser
import TCAuth
import TCCore
import TCCrypto
import TCWire

/// `tc auth keys …`
struct AuthKeysFamily: TCFamily {
    static let help = CommandHelp(
        "keys", "The keys that sign tokens.",
        examples: [
            ("What signs now?", "tc auth keys list --format table"),
            ("A new one, which takes over without breaking a token", "tc auth keys rotate"),
        ])

    /// One line a subcommand.
    static var commands: [any ParsableCommand.Type] {
        [AuthKeysList.self, AuthKeysRotate.self, AuthKeysRetire.self, AuthKeysJWKS.self]
    }
}

extension RecordSchema {
    /// The members of a key.
    fileprivate static let keyFields: [Field] = [
        .optional("kid", .string, "the name of the key in tokens"),
        .optional(
            "algorithm", .oneOf(KeySettings.algorithms.map(\.rawValue)), "what it signs with"),
        .optional("state", .oneOf(KeyRecord.State.allCases.map(\.rawValue)), "what it is good for"),
        .optional("created_at", .time, "when it was made"),
        .optional("signs_from", .time, "from when on it signs"),
        .optional("retirable_at", .time, "when nothing valid is left of what it signed"),
        .optional("retired_at", .time, "when it was retired"),
    ]
}

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
    @OptionGroup var dry: DryRunOption

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

/// `tc auth keys retire`
struct AuthKeysRetire: PrintsRecords {
    static let help = CommandHelp(
        "retire", "End a signing key of which nothing valid is left.",
        examples: [
            ("What would happen", "tc auth keys retire KID --dry-run"),
            (
                "Although valid tokens break, since somebody has the key",
                "tc auth keys retire KID --break-valid-tokens"
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
    @OptionGroup var dry: DryRunOption

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

/// `tc auth keys jwks`
struct AuthKeysJWKS: PrintsRecords {
    static let help = CommandHelp(
        "jwks", "Print the public keys as a JSON Web Key Set.",
        examples: [
            (
                "Check tokens on a machine without the database",
                "tc auth keys jwks -o jwks.json && tc auth verify --jwks jwks.json tokens.txt"
            )
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
