import ArgumentParser
import TCCore
import TCStore
import TCWire

/// `tc events forget`
struct EventsForget: PrintsRecords {
    static let help = CommandHelp(
        "forget", "Delete the events that happened before a time.",
        examples: [
            (
                "How many are there of each type?",
                "tc events forget --before 2100-01-01 --dry-run --format table"
            ),
            (
                "Retention; 1 says that nothing is so old",
                "tc events forget --before `date -u -I -d '400 days ago'` || test $? -eq 1"
            ),
        ],
        discussion: """
            One record for each type: how many events were deleted, or with --dry-run would be. Whoever \
            follows and has not seen them never will. They go in small steps beside whatever else \
            happens; safe to interrupt or kill: run it again to complete it.
            """,
        exits: [
            .negative, .unavailable, .inputOutput, .tryAgain, .notPermitted, .configuration,
            .interrupted,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "events of a type that were deleted",
                [
                    .required("type", .string, "what had happened"),
                    .required("events", .count, "how many go"),
                    .required("first_time", .time, "when the first of them happened"),
                    .required("last_time", .time, "when the last of them happened"),
                ]))
    }

    static let stopsSafely = true

    /// Events of one transaction: others write between two of them.
    private static let step = 1000

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var dry: DryRunOptions

    @Option(
        help: .init(
            "Events before this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.",
            valueName: "time"))
    var before: String

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let time = try moment(before, flag: "--before")
        return try await context.withDatabase { database in
            if dry.dryRun {
                return try write(try await Outbox.tally(before: time, in: database), context)
            }
            var forgotten: [EventTally] = []
            do {
                while !context.interrupted() {
                    let step = try await Outbox.forget(
                        before: time, atMost: EventsForget.step, in: database)
                    if step.isEmpty { return try write(forgotten, context) }
                    forgotten = Outbox.sum(forgotten + step)
                }
            } catch {
                // What is gone is told before what went wrong.
                _ = try write(forgotten, context)
                throw error
            }
            _ = try write(forgotten, context)
            return .interrupted
        }
    }

    private func write(_ tallies: [EventTally], _ context: CommandContext) throws -> ExitStatus {
        var json = JSONWriter()
        for tally in tallies {
            json.beginObject()
            json.key("type")
            json.string(tally.type)
            json.count("events", tally.events)
            json.key("first_time")
            json.instant(tally.first)
            json.key("last_time")
            json.instant(tally.last)
            json.endObject()
            json.newline()
        }
        try context.output.write(lines: json.bytes)
        return tallies.isEmpty ? .negative : .done
    }
}
