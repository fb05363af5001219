import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth login`
struct AuthLogin: AnswersLines {
    static let help = CommandHelp(
        "login", "Check passwords and begin sessions.",
        examples: [
            (
                "Log in; without --password-file the password is asked for",
                "tc auth login --email ada@example.com --password-file password"
            ),
            ("Many, with a result for each", "tc auth login < credentials.jsonl"),
        ],
        discussion: """
            A wrong password and an unknown address get the same answer after the same time. After \
            several wrong ones the next must wait, a little longer each time, up to a limit. Where the \
            account has a second factor, the answer has an mfa_token for mfa verify and no other token.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .tryAgain, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "credentials",
                [
                    .required("email", .text(3...254), "the e-mail address"), .password,
                ] + RecordSchema.clientFields, allowsOthers: true),
            output: RecordSchema.loginAnswer)
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    @Option(help: .init("The e-mail address of the one who logs in.", valueName: "address"))
    var email: String?

    @Option(
        help: .init("The file whose first line is the password.", valueName: "file"),
        completion: .file())
    var passwordFile: String?

    var flagFields: [FlagField] {
        get throws {
            let password =
                email == nil ? nil : try SecretInput.read("password", file: passwordFile)
            return [.subject("email", email), .detail("password", password)]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.login(
                    email: record["email"]?.string ?? "",
                    password: record["password"]?.string ?? "", from: ClientContext(record))
            }
        }
    }
}

extension ClientContext {
    /// Where a record says that it comes from.
    init(_ record: JSONObject) {
        self.init(
            address: record["address"]?.string ?? "local",
            userAgent: record["user_agent"]?.string,
            deviceToken: record["device_token"]?.string)
    }
}
