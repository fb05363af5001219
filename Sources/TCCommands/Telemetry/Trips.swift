import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry trips`
struct Trips: PrintsRecords {
    static let help = CommandHelp(
        "trips", "Runs of movement: when, where, how far, how fast, on how much charge.",
        examples: [
            ("Every trip of the fleet", "tc telemetry trips --format table"),
            ("Where a stop of half an hour is still one trip", "tc telemetry trips --gap 30m"),
            ("Every single movement between two standstills", "tc telemetry trips --gap 0s"),
        ],
        discussion: """
            A vehicle moves where speed_kph is above 0. Where a message carries no speed, it moves if \
            the odometer or the place has moved (25 m or more), and stands if neither has for a minute.

            A trip begins and ends with a message that says it moves. It is over when a stop has \
            lasted --gap, or when nothing told of movement for longer than --silence (or --gap, if \
            that is longer). ongoing tells that neither has happened by the end of the data.

            distance_source says where the distance comes from: the odometer where the trip has it, \
            else the coordinates one by one, by great circle. Readings that no vehicle can have made \
            (faster than 500 km/h, an odometer that falls, a coordinate of exactly 0) are left out. \
            avg_speed_kph is over time, stops included.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a trip",
                [
                    .required("vehicle_id", .identifier, "the vehicle"),
                    .required("start", .time, "the first message that says it moves"),
                    .required("end", .time, "the last one"),
                    .required("duration_s", .number(0...1e11), unit: "s", "from start to end"),
                    .optional("distance_km", .number(0...1e300), unit: "km", "how far"),
                    .optional(
                        "distance_source", .oneOf(["odometer", "coordinates"]),
                        "what told the distance"),
                    .optional(
                        "soc_start_pct", .number(0...100), unit: "%", "state of charge at start"),
                    .optional("soc_end_pct", .number(0...100), unit: "%", "state of charge at end"),
                    .optional("soc_used_pct", .number(-100...100), unit: "%", "the difference"),
                    .optional("avg_speed_kph", .number(0...500), unit: "km/h", "average over time"),
                    .optional("max_speed_kph", .number(0...500), unit: "km/h", "highest speed"),
                    .optional("start_lat", .number(-90...90), unit: "°", "where it began"),
                    .optional("start_lon", .number(-180...180), unit: "°", "where it began"),
                    .optional("end_lat", .number(-90...90), unit: "°", "where it ended"),
                    .optional("end_lon", .number(-180...180), unit: "°", "where it ended"),
                    .required("ongoing", .boolean, "whether it may go on after the data"),
                ],
                together: [
                    ["distance_km", "distance_source"],
                    ["start_lat", "start_lon", "end_lat", "end_lon"],
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions

    @Option(help: .init("How long a stop must last to end a trip.", valueName: "duration"))
    var gap: String = "5m"

    @Option(
        help: .init("How long nothing must tell of movement to end a trip.", valueName: "duration"))
    var silence: String = "10m"

    func run(in context: CommandContext) throws -> ExitStatus {
        let gap = try duration(gap, flag: "--gap")
        let silence = try duration(silence, flag: "--silence")
        let query = try StoreQuery(
            context, store: store, request: try selection.request(TripFinder.columns),
            limit: selection.limit)
        return try query.print { TripFinder(gap: gap, silence: silence) }
    }
}
