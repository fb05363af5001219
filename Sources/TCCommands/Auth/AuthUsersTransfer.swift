import ArgumentParser
import TCAuth
import TCCore
import TCWire

extension RecordSchema {
    /// A user with what lets them in.
    fileprivate static let transfer = RecordSchema(
        "a user with what lets them in",
        [
            .userID, .email, .personName, .role,
            .optional("created_at", .timeIn, "when the account was made"),
            .optional("email_verified_at", .timeIn, "when the user has shown to read the address"),
            .optional("disabled_at", .timeIn, "since when nothing opens the account"),
            .optional(
                "password_hash", .text(1...512), secret: true, "of the password, scrypt in PHC form"
            ),
            .optional(
                "totp_secret", .text(1...256), secret: true,
                "the secret of a second factor in use, in base32"),
        ], allowsOthers: true)
}

/// `tc auth users import`
struct AuthUsersImport: AnswersLines {
    static let help = CommandHelp(
        "import", "Make accounts as they were elsewhere, with their passwords' hashes.",
        examples: [("From another database", "tc auth users import < users.jsonl")],
        discussion: """
            Lines are those of export. Importing again changes nothing and answers exists.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: .transfer,
            output: RecordSchema(
                "what became of it", [.status("imported", "exists")] + RecordSchema.userFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                try await auth.service.importUser(UserTransfer(record), by: .local)
            }
        }
    }
}

/// `tc auth users export`
struct AuthUsersExport: PrintsRecords {
    static let help = CommandHelp(
        "export", "Print accounts with what lets them in: it carries secrets.",
        examples: [("To a file that nobody else reads", "tc auth users export -o users.jsonl")],
        discussion: """
            The lines hold the hashes of passwords and the secrets of second factors. Recovery codes \
            and links to identity providers stay behind.
            """,
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema { CommandSchema(output: .transfer) }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            var after: String?
            repeat {
                let page = try await auth.service.export(
                    after: after, limit: AuthService.longestPage)
                for user in page { try context.output.write(lines: user.line) }
                after = page.count == AuthService.longestPage ? page.last?.id : nil
                try context.stopIfInterrupted()
            } while after != nil
            return .done
        }
    }
}
