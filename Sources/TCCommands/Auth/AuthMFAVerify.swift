import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth mfa verify`
struct AuthMFAVerify: AnswersLines {
    static let help = CommandHelp(
        "verify", "End logins that asked for a second factor.",
        examples: [
            (
                "With what login answered, and a code",
                "jq -c --rawfile code recovery-code '.code = $code' login-of-bob.jsonl | tc auth mfa verify"
            )
        ],
        discussion: """
            A code works once; a wrong one may be tried again with the same mfa_token until that \
            expires, after a wait that grows.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "what login answered, and a code",
                [
                    .required("mfa_token", .text(1...16_384), secret: true, "as login gave it"),
                    .code, .email,
                ] + RecordSchema.clientFields, allowsOthers: true),
            output: RecordSchema.loginAnswer)
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: .init(
            "The file whose first line is the mfa_token; the code is then asked for, or the first line of standard input.",
            valueName: "file"),
        completion: .file())
    var mfaTokenFile: String?

    var flagFields: [FlagField] {
        get throws {
            guard let mfaTokenFile else { return [] }
            return [
                .subject("mfa_token", try SecretInput.read("MFA token", file: mfaTokenFile)),
                .detail("code", try SecretInput.read("code", file: nil)),
            ]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.verifyMFA(
                    token: record["mfa_token"]?.string ?? "", code: record["code"]?.string ?? "",
                    from: ClientContext(record))
            }
        }
    }
}
