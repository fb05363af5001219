import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth explain`
struct AuthExplain: PrintsRecords {
    static let help = CommandHelp(
        "explain", "Check a token and say what each check finds, one line a check.",
        examples: [
            ("Why is it refused?", "tc auth explain --format table - < tokens.txt"),
            ("With public keys alone", "tc auth explain --jwks jwks.json - < tokens.txt"),
        ],
        discussion: """
            Checks that come behind a failed one are made too where there is something to look at. \
            Revocation is not looked at; verify --online does that.
            """,
        exits: [.negative, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a check",
                [
                    .required("check", .oneOf(TokenCheck.allCases.map(\.rawValue)), "its name"),
                    .required("outcome", .oneOf(["passed", "failed", "skipped"]), "how it ended"),
                    .required("detail", .string, "what was seen"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var verifier: VerifierOptions

    @Argument(help: "The token; - reads it from standard input, where no other process sees it.")
    var token: String

    @Flag(help: "It is an MFA token, not an access token.")
    var mfa = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let token = Array(
            (token == "-" ? try SecretInput.read("token", file: nil) : token).utf8)
        let now = context.seams.now()
        return try await verifier.withVerifier(of: mfa ? .mfa : .access, context) { verifier in
            let findings = token.withUnsafeBufferPointer { verifier.explain($0, at: now) }
            var json = JSONWriter()
            for finding in findings {
                json.beginObject()
                json.key("check")
                json.string(finding.check.rawValue)
                json.key("outcome")
                json.string(finding.outcome.rawValue)
                json.key("detail")
                json.string(finding.detail)
                json.endObject()
                json.newline()
            }
            try context.output.write(lines: json.bytes)
            return findings.contains { $0.outcome == .failed } ? .negative : .done
        }
    }
}
