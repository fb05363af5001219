import ArgumentParser
import TCCore
import TCStore
import TCWire

/// `tc data status`
struct DataStatus: PrintsRecords {
    static let help = CommandHelp(
        "status", "The servers of the database: who is primary, and how far the others are behind.",
        examples: [
            ("At a glance", "tc data status --format table"),
            (
                "Which replica is more than a second behind?",
                "tc data status | jq -c 'select(.lag_ms > 1000)'"
            ),
        ],
        discussion: """
            Ends with 1 where a server does not answer or stands aside.
            """,
        exits: [.negative, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a server",
                [
                    .required("name", .string, "its host and port"),
                    .optional("role", .oneOf(["primary", "replica"]), "what it does"),
                    .required("reachable", .boolean, "whether it answers"),
                    .optional("problem", .string, "why it is not used"),
                    .optional("lag_ms", .count, unit: "ms", "how far behind it is at most"),
                    .optional("lsn", .string, "what it has written or replayed of the log"),
                    .optional("timeline", .count, "the timeline of lsn"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withCluster(data.database) { cluster in
            let members = await cluster.status()
            for member in members {
                var writer = JSONWriter()
                writer.beginObject()
                writer.member("name", member.name)
                writer.member("role", ifAny: member.role?.rawValue)
                writer.member("reachable", member.isReachable)
                writer.member("problem", ifAny: member.problem)
                if let lag = member.lag {
                    writer.key("lag_ms")
                    writer.int(lag.milliseconds)
                }
                writer.member("lsn", ifAny: member.lsn.map { "\($0)" })
                if let timeline = member.timeline {
                    writer.key("timeline")
                    writer.int(timeline)
                }
                writer.endObject()
                writer.newline()
                try context.output.write(lines: writer.bytes)
            }
            return members.allSatisfy { $0.isReachable && $0.problem == nil } ? .done : .negative
        }
    }
}
