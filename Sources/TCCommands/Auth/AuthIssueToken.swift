import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth issue-token`
struct AuthIssueToken: AnswersLines {
    static let help = CommandHelp(
        "issue-token", "Begin sessions without a password, for services and operators.",
        examples: [
            ("A token for a service", "tc auth issue-token --user ada@example.com"),
            (
                "Another role, and a way to prolong it",
                "tc auth issue-token --user ada@example.com --role driver --refresh"
            ),
        ],
        discussion: """
            The access token is a JWT of 24 hours, signed with the key that signs now. The answer \
            says whom it is for, and the outbox has an event of it.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput(
                "whom the token is for",
                [
                    .optional("role", .text(1...64), "in place of the user's role"),
                    .optional("refresh", .boolean, "whether a refresh token is wanted too"),
                ]),
            output: RecordSchema(
                "a session's tokens, or why there are none",
                [.status("issued", "not_found", "disabled"), .email] + RecordSchema.grantFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    @Option(
        help: .init("A role in place of the user's, where a line names none.", valueName: "role"))
    var role: String?

    @Flag(help: "Add a refresh token.")
    var refresh = false

    var flagFields: [FlagField] {
        [user.field, .detail("role", role), .detail("refresh", refresh)]
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                let key = try UserKey(record)
                let grant = try await auth.service.issue(
                    for: key, role: record["role"]?.string,
                    hasRefreshToken: record["refresh"]?.bool ?? false, by: .local)
                if let grant { return TokenIssue.issued(grant) }
                let user = try await auth.service.user(key)
                return user == nil ? TokenIssue.notFound : .disabled
            }
        }
    }
}

/// What an order for a token came to.
private enum TokenIssue: RecordOutcome {
    case issued(Grant)
    case notFound
    case disabled

    var status: String {
        switch self {
        case .issued: "issued"
        case .notFound: "not_found"
        case .disabled: "disabled"
        }
    }

    var isNegative: Bool { if case .issued = self { false } else { true } }

    func writeMembers(to writer: inout JSONWriter) {
        writer.key("status")
        writer.string(status)
        if case .issued(let grant) = self { grant.writeMembers(to: &writer) }
    }
}
