import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth sessions`
struct AuthSessions: ReadsLines, PrintsRecords {
    static let help = CommandHelp(
        "sessions", "List the sessions of users.",
        examples: [
            (
                "Where is somebody logged in?",
                "tc auth sessions --user ada@example.com --format table"
            ),
            (
                "End those that began long ago",
                "tc auth sessions --user ada@example.com | jq -c 'select(.created_at < \"2026-01-02\")' | tc auth revoke"
            ),
        ],
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema.userInput("whose sessions"),
            output: RecordSchema(
                "a session",
                [
                    .required("session_id", .identifier, "the session: ses_…"), .userID,
                    .required("method", .string, "how it began: password, second_factor, …"),
                    .required("created_at", .time, "when it began"),
                    .required("last_seen_at", .time, "when a refresh token was last given out"),
                    .required("expires_at", .time, "when it ends unless it is prolonged"),
                    .optional("mfa_at", .time, "when the second factor was shown"),
                    .optional(
                        "address", .string, "where it began; absent where an operator ordered it"),
                    .optional("user_agent", .string, "what the client called itself"),
                    .optional("device_id", .string, "equal for sessions of one device"),
                    .optional("revoked_at", .time, "when it was ended"),
                    .optional(
                        "revoked_why", .oneOf(RevocationReason.allCases.map(\.rawValue)), "why"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var user: UserOption

    @Flag(help: "Also those that have ended, as long as they are kept.")
    var all = false

    var flagRecord: JSONObject? {
        guard let value = user.field.value else { return nil }
        var record = JSONObject()
        record[user.field.name] = value
        return record
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let schema = RecordSchema.userInput("whose sessions")
        return try await context.withAuth { auth in
            var isFound = false
            let summary = try await context.forEachRecord { record in
                try schema.check(record)
                guard let user = try await auth.service.user(UserKey(record)) else { return }
                var after: String?
                repeat {
                    let page = try await auth.service.sessions(
                        of: user.id, includingEnded: all, after: after,
                        limit: AuthService.longestPage)
                    for session in page { try context.output.write(lines: session.line) }
                    isFound = isFound || !page.isEmpty
                    after = page.count == AuthService.longestPage ? page.last?.id : nil
                } while after != nil
            }
            if context.flagRecord == nil { context.summarise(summary) }
            return isFound ? .done : .negative
        }
    }
}
