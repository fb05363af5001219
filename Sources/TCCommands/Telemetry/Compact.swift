import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry compact`
struct Compact: PrintsRecords, ShowsProgress {
    static let help = CommandHelp(
        "compact", "Merge each day's files into one, folding late and repeated rows.",
        examples: [
            ("What is there to do?", "tc telemetry compact --dry-run"),
            ("Every night", "tc telemetry compact --quiet"),
        ],
        discussion: """
            One record for each day that had several files. No answer changes, except that queries \
            are faster and the store is smaller. Safe beside ingests and queries, and to interrupt or \
            kill at any moment: a day is done or as it was. What killed commands left behind is \
            removed. A day with a file that cannot be read is told of and left as it is.
            """,
        exits: [.inputOutput, .tryAgain, .notPermitted, .configuration, .interrupted])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a day that was compacted",
                [
                    .required("day", .string, "the day (UTC), YYYY-MM-DD"),
                    .required("files_before", .count, "files that were merged"),
                    .required("files_after", .count, "files that are there instead"),
                    .required("rows_before", .count, "rows in the files before"),
                    .required("rows_after", .count, "rows after, repeats folded"),
                    .required("bytes_before", .count, "bytes of the files before"),
                    .optional("bytes_after", .count, "bytes after; not known in a dry run"),
                    .required("files", .array(.string), "the files that were merged"),
                ]))
    }

    static let stopsSafely = true

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var dry: DryRunOptions

    func run(in context: CommandContext) throws -> ExitStatus {
        let store = try TelemetryStore(url: try context.storeURL(store))
        var status = ExitStatus.done
        try store.compact(
            dryRun: dry.dryRun, try context.maintenance("compacting"),
            failed: { error in
                context.diagnostics.error(error)
                status = ExitStatus(error.kind)
            },
            report: { day in
                var json = JSONWriter()
                write(day, to: &json)
                try context.output.write(lines: json.bytes)
                try context.output.flush()
            })
        return status
    }

    private func write(_ day: CompactedDay, to json: inout JSONWriter) {
        json.beginObject()
        json.key("day")
        json.string(day.day.description)
        json.count("files_before", day.files.count)
        json.count("files_after", day.filesAfter)
        json.count("rows_before", day.rowsBefore)
        json.count("rows_after", day.rowsAfter)
        json.count("bytes_before", day.bytesBefore)
        if let bytes = day.bytesAfter { json.count("bytes_after", bytes) }
        json.key("files")
        json.beginArray()
        for file in day.files { json.string(file) }
        json.endArray()
        json.endObject()
        json.newline()
    }
}
