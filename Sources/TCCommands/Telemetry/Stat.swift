import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry stat`
struct Stat: PrintsRecords {
    /// What `--by` cuts the counts by.
    enum Grouping: String, CaseIterable, ExpressibleByArgument {
        case store, day
    }

    static let help = CommandHelp(
        "stat", "How much the store holds: rows, vehicles, time span, files, bytes.",
        examples: [
            ("How large is the store?", "tc telemetry stat"),
            ("Day by day, as a table", "tc telemetry stat --by day --format table"),
        ],
        discussion: """
            rows are what queries see; stored_rows counts a moment of a vehicle in each file that \
            holds it, so what is more than rows is folded by the next compact. bytes are those of the \
            files.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "what the store or a day of it holds",
                [
                    .optional("day", .string, "with --by day, the day (UTC), YYYY-MM-DD"),
                    .required("rows", .count, "rows as queries see them"),
                    .required("stored_rows", .count, "rows in the files, repeats included"),
                    .required("vehicles", .count, "vehicles that have a row"),
                    .optional("first_ts", .time, "the earliest row's time"),
                    .optional("last_ts", .time, "the latest row's time"),
                    .required("files", .count, "files"),
                    .required("bytes", .count, "bytes of the files"),
                    .optional("bytes_per_row", .number, "bytes by rows"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions

    @Option(help: .init("One record for the whole store, or one for each day.", valueName: "what"))
    var by: Grouping = .store

    func run(in context: CommandContext) throws -> ExitStatus {
        let snapshot = try TelemetryStore(url: try context.storeURL(store)).snapshot()
        let workers = try context.workerCount
        let parts =
            by == .day
            ? try snapshot.statisticsByDay(workers: workers)
            : [try snapshot.statistics(workers: workers)]
        var json = JSONWriter()
        for part in parts { write(part, to: &json) }
        try context.output.write(lines: json.bytes)
        return context.status(of: snapshot, found: parts.contains { $0.files > 0 })
    }

    private func write(_ part: StoreStatistics, to json: inout JSONWriter) {
        json.beginObject()
        if let day = part.day {
            json.key("day")
            json.string(day.description)
        }
        json.count("rows", part.rows)
        json.count("stored_rows", part.storedRows)
        json.count("vehicles", part.vehicles)
        if let first = part.first, let last = part.last {
            json.key("first_ts")
            json.instant(first)
            json.key("last_ts")
            json.instant(last)
        }
        json.count("files", part.files)
        json.count("bytes", part.bytes)
        if let bytesPerRow = part.bytesPerRow {
            json.key("bytes_per_row")
            json.double((bytesPerRow * 100).rounded() / 100)
        }
        json.endObject()
        json.newline()
    }
}

extension JSONWriter {
    /// A member whose value is a count.
    mutating func count(_ name: StaticString, _ value: Int) {
        key(name)
        int(Int64(value))
    }
}
