import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users set-password`
struct AuthUsersSetPassword: AnswersLines {
    static let help = CommandHelp(
        "set-password", "Give users another password and end their sessions.",
        examples: [
            (
                "Without --password-file the password is asked for",
                "tc auth users set-password --user ada@example.com --password-file password"
            )
        ],
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .tryAgain, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("which user, and the password", [.password]),
            output: RecordSchema.userAnswer("password_changed"))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    @Option(
        help: .init("The file whose first line is the password.", valueName: "file"),
        completion: .file())
    var passwordFile: String?

    var flagFields: [FlagField] {
        get throws {
            let password =
                user.user == nil ? nil : try SecretInput.read("password", file: passwordFile)
            return [user.field, .detail("password", password)]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.setPassword(
                    of: UserKey(record), to: record["password"]?.string ?? "", by: .local)
            }
        }
    }
}
