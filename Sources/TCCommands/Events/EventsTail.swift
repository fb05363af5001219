import ArgumentParser
import TCCore
import TCStore
import TCWire

/// `tc events tail`
struct EventsTail: PrintsRecords {
    static let help = CommandHelp(
        "tail", "Follow events as they happen.",
        examples: [
            (
                "Everything from the first event on, as it comes",
                "tc events tail --since 0 | head -n 3"
            ),
            (
                "The next event behind one that was seen",
                "tc events tail --since 1 --limit 1 --format table"
            ),
            (
                "Accounts only, for a script that acts on each",
                "tc events tail --type 'tc.auth.user.*' --since 0 | head -n 1 | jq -r .subject"
            ),
        ],
        discussion: """
            Each event comes at least once, and events of one subject in the order in which they \
            happened. Whoever keeps the sequence of the last event goes on behind it with --since, \
            and by its id drops what comes twice. Without --since only what happens from now on is \
            printed. A database that goes away is waited for. SIGINT and SIGTERM end it with status \
            130, and so does a reader that goes away, with 0.
            """,
        exits: [
            .unavailable, .inputOutput, .tryAgain, .notPermitted, .configuration, .interrupted,
        ])

    static var schema: CommandSchema { CommandSchema(output: RecordSchema.event) }

    static let stopsSafely = true

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var type: EventTypeOption

    @Option(
        help: .init(
            "Begin behind the event with this sequence (0 is before all), with what happened at or "
                + "after a time, or now.",
            valueName: "place"))
    var since = "now"

    @Option(help: .init("End behind so many events.", valueName: "count"))
    var limit: Int?

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        if let limit, limit < 1 {
            throw TCError(.usage, "--limit must be 1 or more, got \(limit)")
        }
        let place = try EventPlace(since, flag: "--since")
        let type = try type.wanted
        return try await context.withDatabase { database in
            do {
                let position = try await context.untilInterrupted {
                    try await place.position(in: database)
                }
                var follower = EventFollower(database, since: position, type: type)
                var rest = limit ?? Int.max
                while rest > 0 {
                    for entry in try await follower.next(context).prefix(rest) {
                        try context.output.write(lines: entry.line)
                        rest -= 1
                    }
                    try context.output.flush()
                }
                return .done
            } catch let error as TCError where error.kind == .interrupted {
                // As `tail` ends: there is nothing to say about it.
                return .interrupted
            }
        }
    }
}
