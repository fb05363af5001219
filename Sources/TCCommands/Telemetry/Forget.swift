import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry forget`
struct Forget: PrintsRecords, ShowsProgress {
    static let help = CommandHelp(
        "forget", "Delete the rows of vehicles, or all rows before a time.",
        examples: [
            ("What would go?", "tc telemetry forget --vehicle XP7YGCEL9TA000009 --dry-run"),
            ("A person asks to be forgotten", "tc telemetry forget --vehicle XP7YGCEL9TA000009"),
            ("Retention", "tc telemetry forget --before 2026-01-02T03:05:00Z"),
        ],
        discussion: """
            One record for each vehicle in each file: what was deleted, or with --dry-run would be. \
            With both --vehicle and --before only those vehicles' rows before that time go. A file is \
            rewritten beside the old one and takes its place in one step; copies that a killed compact \
            left behind go too. Safe beside ingests and queries, and to interrupt or kill: run it \
            again to complete it. Messages that are ingested meanwhile stay.
            """,
        exits: [
            .negative, .inputOutput, .tryAgain, .notPermitted, .configuration, .interrupted,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "rows that were deleted",
                [
                    .required("vehicle_id", .identifier, "the vehicle"),
                    .required("file", .string, "the file, below the store's folder"),
                    .required("rows", .count, "rows of the vehicle in the file that go"),
                    .required("first_ts", .time, "the time of the first of them"),
                    .required("last_ts", .time, "the time of the last of them"),
                ]))
    }

    static let stopsSafely = true

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var dry: DryRunOptions

    @Option(help: .init("This vehicle's rows; may be given several times.", valueName: "id"))
    var vehicle: [String] = []

    @Option(
        help: .init(
            "Rows before this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.",
            valueName: "time"))
    var before: String?

    func run(in context: CommandContext) throws -> ExitStatus {
        let before = try before.map { try moment($0, flag: "--before") }
        if vehicle.isEmpty, before == nil {
            throw TCError(
                .usage, "nothing was named to forget",
                hint: "write --vehicle ID, --before TIME or both")
        }
        let rule = ForgetRule(vehicles: vehicle.isEmpty ? nil : vehicle, before: before)
        let store = try TelemetryStore(url: try context.storeURL(store))
        var status: ExitStatus?
        var rows = 0
        try store.forget(
            rule, dryRun: dry.dryRun, try context.maintenance("rewriting"),
            failed: { error in
                context.diagnostics.error(error)
                status = ExitStatus(error.kind)
            },
            report: { found in
                rows += found.rows
                var json = JSONWriter()
                write(found, to: &json)
                try context.output.write(lines: json.bytes)
                try context.output.flush()
            })
        return status ?? (rows > 0 ? .done : .negative)
    }

    private func write(_ found: ForgottenRows, to json: inout JSONWriter) {
        json.beginObject()
        json.key("vehicle_id")
        json.string(found.vehicleID)
        json.key("file")
        json.string(found.file)
        json.count("rows", found.rows)
        json.key("first_ts")
        json.instant(found.first)
        json.key("last_ts")
        json.instant(found.last)
        json.endObject()
        json.newline()
    }
}
