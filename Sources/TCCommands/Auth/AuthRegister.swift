import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth register`
struct AuthRegister: AnswersLines {
    static let help = CommandHelp(
        "register", "Make accounts.",
        examples: [
            (
                "One account; without --password-file the password is asked for",
                "tc auth register --email eve@example.com --password-file password"
            ),
            (
                "Many, with a result for each",
                "tc auth register --errors refused.jsonl < accounts.jsonl"
            ),
        ],
        discussion: """
            A password has 8 to 1,024 bytes and is none of the most common ones, nor made of the \
            address or the name. It is kept as scrypt. With --email the password is asked for on a \
            terminal, and is else the first line of standard input or of --password-file; \
            --no-password makes an account that opens by other ways only.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .tryAgain, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "who wants an account",
                [
                    .required("email", .text(3...254), "the e-mail address"),
                    .optional(
                        "password", .text(1...1024), secret: true,
                        "the password, 8 to 1024 bytes; without it other ways open the account"),
                    .personName, .role,
                ], allowsOthers: true),
            output: RecordSchema.userAnswer("registered"))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    @Option(help: .init("The e-mail address of the one account to make.", valueName: "address"))
    var email: String?

    @Option(help: .init("The person's name.", valueName: "name"))
    var name: String?

    @Option(help: .init("The role, where a line names none.", valueName: "role"))
    var role: String?

    @Option(
        help: .init("The file whose first line is the password.", valueName: "file"),
        completion: .file())
    var passwordFile: String?

    @Flag(help: "With --email: make an account without a password.")
    var noPassword = false

    var flagFields: [FlagField] {
        get throws {
            var password: String?
            if email != nil, !noPassword {
                password = try SecretInput.read("password", file: passwordFile)
            }
            return [
                .subject("email", email), .detail("password", password), .detail("name", name),
                .detail("role", role),
            ]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.register(NewUser(record), by: .local)
            }
        }
    }
}
