import ArgumentParser
import TCCore
import TCStore
import TCWire

/// `tc events replay`
struct EventsReplay: PrintsRecords {
    static let help = CommandHelp(
        "replay", "Print the events that were, and end behind the last one.",
        examples: [
            ("All that are kept", "tc events replay --format table"),
            ("Behind one that was seen", "tc events replay --since 1 --limit 10"),
            (
                "Who has registered since yesterday?",
                "tc events replay --type tc.auth.user.registered --since `date -u -I -d yesterday`"
            ),
        ],
        discussion: """
            The last event is the last that was there when the command began. Of two calls where one \
            has --until and the other --since the same place, each event is printed by one of them.
            """,
        exits: [
            .negative, .unavailable, .inputOutput, .tryAgain, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema { CommandSchema(output: RecordSchema.event) }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var type: EventTypeOption

    @Option(
        help: .init(
            "Begin behind the event with this sequence, or with what happened at or after a time.",
            valueName: "place"))
    var since = "0"

    @Option(
        help: .init(
            "End with the event that has this sequence, or before what happened at or after a time.",
            valueName: "place"))
    var until: String?

    @Option(help: .init("Print at most so many records.", valueName: "count"))
    var limit: Int?

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        if let limit, limit < 1 {
            throw TCError(.usage, "--limit must be 1 or more, got \(limit)")
        }
        let first = try EventPlace(since, flag: "--since")
        let last = try until.map { try EventPlace($0, flag: "--until") }
        let type = try type.wanted
        return try await context.withDatabase { database in
            let end = try await last?.position(in: database) ?? Int64.max
            let since = try await first.position(in: database)
            var rest = limit ?? Int.max
            var iterator = OutboxTail.replaying(database, since: since, type: type)
                .makeAsyncIterator()
            replay: while rest > 0 {
                let page = try await iterator.nextPage()
                guard !page.isEmpty else { break }
                for entry in page.prefix(rest) {
                    guard entry.position <= end else { break replay }
                    try context.output.write(lines: entry.line)
                    rest -= 1
                }
            }
            return rest == limit ?? Int.max ? .negative : .done
        }
    }
}
