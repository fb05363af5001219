import ArgumentParser
import TCCore
import TCTelemetry

/// `tc telemetry range`
struct RangeCommand: PrintsRecords {
    static let help = CommandHelp(
        "range", "The messages of a vehicle, merged, in time order.",
        examples: [
            (
                "Ten minutes of one vehicle",
                "tc telemetry range --vehicle XP7YGCEL9TA000009 --from 2026-01-02T03:04:00Z "
                    + "--to 2026-01-02T03:14:00Z"
            ),
            (
                "Its speed as a spreadsheet",
                "tc telemetry range --vehicle XP7YGCEL9TA000009 --signals speed_kph --format csv"
            ),
        ],
        discussion: """
            Messages of the same moment, and messages that came late, are one row each, in its place. \
            --from belongs to the range, --to does not. Rows are printed as they are read, so memory \
            does not grow with their number; several vehicles come one after the other.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(output: .telemetryMessage(timesIn: false))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions

    @Option(
        help: .init(
            "Only these signals, separated by commas; rows without any of them are left out.",
            valueName: "names"))
    var signals: String?

    var outputColumns: [String] { get throws { try TCCommands.outputColumns(signals: signals) } }

    func run(in context: CommandContext) throws -> ExitStatus {
        guard !selection.vehicle.isEmpty else {
            throw TCError(
                .usage, "--vehicle is missing",
                hint: "'tc telemetry export' prints the rows of all vehicles")
        }
        return try printRows(context, store, selection, signals: signals)
    }
}

/// Prints the rows of the store as messages: what `range` and `export` do.
func printRows(
    _ context: CommandContext, _ store: StoreOptions, _ selection: SelectionOptions,
    signals: String?
) throws -> ExitStatus {
    let columns = try columns(signals: signals)
    let query = try StoreQuery(
        context, store: store, request: try selection.request(columns), limit: selection.limit)
    return try query.answer { sink in
        var printer = RowPrinter(columns: columns, sink: sink)
        try query.snapshot.scanInOrder(query.request, visitor: &printer)
        try printer.finish()
    }
}
