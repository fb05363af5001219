import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry charges`
struct Charges: PrintsRecords {
    static let help = CommandHelp(
        "charges", "Charging sessions: when, from and to which state of charge, how much energy.",
        examples: [
            ("Every charging session of the fleet", "tc telemetry charges --format table"),
            ("Where a pause of ten minutes is still one session", "tc telemetry charges --gap 10m"),
        ],
        discussion: """
            A vehicle charges from the message that says charge: charging to the last one before a \
            message that says otherwise. A message without charge says what the one before said. A \
            vehicle that never sends charge charges while its charge_kw is above 0.

            A session is over when a pause has lasted --gap, when the vehicle was silent for longer \
            than --silence (or --gap, if that is longer), or when charge_kwh falls. ongoing tells that \
            none of these has happened by the end of the data.

            energy_source says where the energy comes from: charge_kwh where the session has it, else \
            charge_kw over time. Then a reading stands for the time since the message before it, of \
            which at most a minute before the session's first.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a charging session",
                [
                    .required("vehicle_id", .identifier, "the vehicle"),
                    .required("start", .time, "the first message that says it charges"),
                    .required("end", .time, "the last one"),
                    .required("duration_s", .number(0...1e11), unit: "s", "from start to end"),
                    .optional(
                        "soc_from_pct", .number(0...100), unit: "%", "state of charge at start"),
                    .optional("soc_to_pct", .number(0...100), unit: "%", "state of charge at end"),
                    .optional("energy_kwh", .number, unit: "kWh", "energy charged"),
                    .optional(
                        "energy_source", .oneOf(["charge_kwh", "charge_kw"]), "what told the energy"
                    ),
                    .optional("max_charge_kw", .number, unit: "kW", "highest power"),
                    .required("ongoing", .boolean, "whether it may go on after the data"),
                ], together: [["energy_kwh", "energy_source"]]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions

    @Option(help: .init("How long a pause must last to end a session.", valueName: "duration"))
    var gap: String = "0s"

    @Option(
        help: .init("How long a loss of signal must last to end a session.", valueName: "duration"))
    var silence: String = "1h"

    func run(in context: CommandContext) throws -> ExitStatus {
        let gap = try duration(gap, flag: "--gap")
        let silence = try duration(silence, flag: "--silence")
        let query = try StoreQuery(
            context, store: store, request: try selection.request(ChargeFinder.columns),
            limit: selection.limit)
        return try query.print { ChargeFinder(gap: gap, silence: silence) }
    }
}
