import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users export`
struct AuthUsersExport: PrintsRecords {
    static let help = CommandHelp(
        "export", "Print accounts with what lets them in: it carries secrets.",
        examples: [
            ("To a file that nobody else reads", "tc auth users export -o users.jsonl"),
            ("To another database", "tc auth users export | tc auth users import --home elsewhere"),
            ("To see", "tc auth users export"),
        ],
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
