import ArgumentParser
import TCAuth
import TCCore
import TCWire

extension RecordSchema {
    /// What a revocation answers.
    static let revocationAnswer = RecordSchema(
        "what was revoked",
        [
            .status("revoked", "unchanged", "not_found", "would_revoke"),
            .optional("revoked", .oneOf(["token", "everyone"]), "what, where it has no id"),
            .optional("session_id", .identifier, "the session"), .userID,
            .optional("sessions", .count, "how many sessions ended"),
        ])
}

/// `tc auth revoke`
struct AuthRevoke: AnswersLines {
    static let help = CommandHelp(
        "revoke", "End tokens, sessions, all sessions of a user, or all there are.",
        examples: [
            (
                "All sessions of somebody whose phone was stolen",
                "tc auth revoke --user ada@example.com"
            ),
            ("What would end", "tc auth revoke --user ada@example.com --dry-run"),
            ("Everybody logs in again", "tc auth revoke --everyone"),
        ],
        discussion: """
            A line has one of token, session_id, user_id or email, or everyone: true. An access \
            token is revoked alone; a refresh token ends its session. Verification with --online and \
            the daemons honour it within a second, on every node.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "what is to end",
                [
                    .optional(
                        "token", .text(1...16_384), secret: true,
                        "an access token or a refresh token"),
                    .optional("session_id", .identifier, "the session"), .userID, .email,
                    .optional("everyone", .boolean, "true for all sessions that there are"),
                ], allowsOthers: true),
            output: RecordSchema.revocationAnswer)
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption
    @OptionGroup var dry: DryRunOptions

    @Option(help: .init("The one session to end.", valueName: "id"))
    var session: String?

    @Flag(help: "End all sessions that there are.")
    var everyone = false

    var flagFields: [FlagField] {
        get throws {
            if [user.user != nil, session != nil, everyone].count(where: { $0 }) > 1 {
                throw TCError(.usage, "only one of --user, --session and --everyone can be given")
            }
            return [
                user.field, .subject("session_id", session),
                FlagField(
                    name: "everyone", value: everyone ? .bool(true) : nil, identifies: true),
            ]
        }
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withAuth { auth in
            try await answer(context) { record in
                let target = try await self.target(record, auth.service)
                guard let target else {
                    return RevocationOutcome.notFound(
                        .user(record["user_id"]?.string ?? record["email"]?.string ?? ""))
                }
                return dry.dryRun
                    ? try await auth.service.previewRevocation(target)
                    : try await auth.service.revoke(target, by: .local)
            }
        }
    }

    /// What a record names; nil for a user that there is not.
    nonisolated(nonsending) private func target(
        _ record: JSONObject, _ service: AuthService
    ) async throws -> RevocationTarget? {
        let token = record["token"]?.string
        let session = record["session_id"]?.string
        let isEveryone = record["everyone"]?.bool == true
        let hasUser = record["user_id"] != nil || record["email"] != nil
        guard [token != nil, isEveryone, session != nil || hasUser].count(where: { $0 }) == 1 else {
            throw TCError(
                .badInput,
                "the record must say what is to end by one of 'token', 'session_id', 'user_id',"
                    + " 'email' and 'everyone'")
        }
        if let token { return .token(token) }
        // A record of `sessions` names both, and means the session.
        if let session { return .session(session) }
        if isEveryone { return .everyone }
        guard let user = try await service.user(UserKey(record)) else { return nil }
        return .user(user.id)
    }
}
