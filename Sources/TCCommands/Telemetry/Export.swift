import ArgumentParser
import TCCore
import TCTelemetry

/// `tc telemetry export`
struct Export: PrintsRecords {
    static let help = CommandHelp(
        "export", "All messages of the store, in the order of vehicle and time.",
        examples: [
            ("A copy of the whole store", "tc telemetry export -o fleet-copy.jsonl"),
            (
                "One day as CSV",
                "tc telemetry export --from 2026-01-02 --to 2026-01-03 --format csv"
            ),
            (
                "From one store into another",
                "tc telemetry export | tc telemetry ingest --store parquet:other"
            ),
        ],
        discussion: """
            What is printed is valid input of ingest, and a store that it is ingested into holds the \
            same. Rows are printed as they are read, so memory does not grow with their number.
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
        try printRows(context, store, selection, signals: signals)
    }
}
