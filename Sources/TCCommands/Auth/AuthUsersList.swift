import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// `tc auth users list`
struct AuthUsersList: PrintsRecords {
    static let help = CommandHelp(
        "list", "List accounts, in the order of their making.",
        examples: [
            ("Everybody", "tc auth users list --format table"),
            ("Those with a role", "tc auth users list --role user"),
        ],
        exits: [.negative, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(output: RecordSchema("a user", RecordSchema.userFields))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    @Option(help: .init("Only users with this role.", valueName: "role"))
    var role: String?

    @Flag(help: "Only closed accounts.")
    var disabled = false

    @Flag(help: "Only open accounts.")
    var enabled = false

    @Option(help: .init("Begin behind the user with this id.", valueName: "id"))
    var after: String?

    @Option(help: .init("At most so many.", valueName: "n"))
    var limit: Int?

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        if disabled, enabled {
            throw TCError(.usage, "only one of --disabled and --enabled can be given")
        }
        if let limit, limit < 1 {
            throw TCError(.usage, "--limit must be 1 or more, got \(limit)")
        }
        let filter = UserFilter(role: role, isDisabled: disabled ? true : enabled ? false : nil)
        return try await context.withAuth { auth in
            var rest = limit ?? Int.max
            var after = after
            var count = 0
            while rest > 0 {
                let page = try await auth.service.users(
                    filter, after: after, limit: min(rest, AuthService.longestPage))
                for user in page.users { try context.output.write(lines: user.line) }
                count += page.users.count
                rest -= page.users.count
                guard let next = page.next else { break }
                after = next
                try context.stopIfInterrupted()
            }
            return count > 0 ? .done : .negative
        }
    }
}
