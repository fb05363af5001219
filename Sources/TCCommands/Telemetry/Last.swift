import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry last`
struct Last: PrintsRecords {
    static let help = CommandHelp(
        "last", "The last known value of every signal of every vehicle.",
        examples: [
            (
                "Where is each vehicle now, and how full?",
                "tc telemetry last --signals lat,lon,soc_pct"
            ),
            ("The state of the fleet with the time of each value", "tc telemetry last --times"),
            ("As a table", "tc telemetry last --format table --limit 10"),
        ],
        discussion: """
            Vehicles send what changed, so a vehicle's state is spread over many messages. One record \
            a vehicle puts it together: of each signal, and of each field that the design does not \
            name, the newest value that came before --to. ts is the time of the newest message. The \
            records are valid input of ingest; with --times, times becomes one more field of theirs.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        let message = RecordSchema.telemetryMessage(timesIn: false)
        return CommandSchema(
            output: RecordSchema(
                "the last known values of a vehicle",
                message.fields + [
                    .optional(
                        "times",
                        .object(RecordSchema("the time of each value", [], allowsOthers: true)),
                        "with --times, the time of each value by its name")
                ], together: message.together, allowsOthers: true))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions

    @Flag(help: "Add the time of each value.")
    var times = false

    @Option(
        help: .init(
            "Only these signals, separated by commas; extra is all other fields.",
            valueName: "names"))
    var signals: String?

    var outputColumns: [String] {
        get throws {
            try TCCommands.outputColumns(signals: signals) + (times ? ["times"] : [])
        }
    }

    func run(in context: CommandContext) throws -> ExitStatus {
        let columns = try columns(signals: signals)
        let writesTimes = times
        var request = try selection.request(columns)
        request.latestOnly = true
        let query = try StoreQuery(
            context, store: store, request: request, limit: selection.limit)
        return try query.print { LastValues(columns: columns, writesTimes: writesTimes) }
    }
}
