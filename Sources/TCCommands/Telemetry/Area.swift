import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry area`
struct Area: PrintsRecords {
    static let help = CommandHelp(
        "area", "The vehicles whose last known place lies in a box or a circle.",
        examples: [
            ("Who is in Berlin?", "tc telemetry area --bbox 52.34,13.09,52.68,13.76"),
            (
                "Who is within twenty kilometres?",
                "tc telemetry area --near 52.52,13.405 --radius-m 20000"
            ),
            (
                "Who was there at ten past three, heard of in the last minute?",
                "tc telemetry area --bbox 52.34,13.09,52.68,13.76 --at 2026-01-02T03:10:00Z --max-age 1m"
            ),
        ],
        discussion: """
            A box is south, west, north, east in degrees, its edges included; where west is above east \
            it crosses the antimeridian. With --at, a vehicle's place is the last one that it sent at \
            or before that time; with --max-age, places that are as old or older are not known any \
            more. The records are valid input of ingest.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a vehicle in the area",
                [
                    .required("vehicle_id", .identifier, "the vehicle"),
                    .required("ts", .time, "when it was there"),
                    .required("lat", .number(-90...90), unit: "°", "latitude"),
                    .required("lon", .number(-180...180), unit: "°", "longitude"),
                    .optional(
                        "distance_m", .number(0...2.1e7), unit: "m",
                        "with --near, how far from the point"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions

    @Option(
        parsing: .unconditional,
        help: .init("The box: south, west, north, east in degrees.", valueName: "s,w,n,e"))
    var bbox: String?

    @Option(
        parsing: .unconditional,
        help: .init("The middle of the circle in degrees.", valueName: "lat,lon"))
    var near: String?

    @Option(help: .init("The radius of the circle in metres.", valueName: "metres"))
    var radiusM: Double?

    @Option(help: .init("The moment that is asked about; now if absent.", valueName: "time"))
    var at: String?

    @Option(help: .init("Only places younger than this.", valueName: "duration"))
    var maxAge: String?

    @Option(help: .init("Only this vehicle; may be given several times.", valueName: "id"))
    var vehicle: [String] = []

    @Option(help: .init("Print at most so many records.", valueName: "count"))
    var limit: Int?

    func run(in context: CommandContext) throws -> ExitStatus {
        let area = try area()
        var request = ScanRequest(
            vehicles: vehicle.isEmpty ? nil : vehicle, columns: PlacesInArea.columns)
        request.latestOnly = true
        request.places = area.bounds
        let asked = try at.map { try moment($0, flag: "--at") }
        if let asked { request.to = Instant(milliseconds: asked.milliseconds + 1) }
        if let maxAge {
            let age = try duration(maxAge, flag: "--max-age").milliseconds
            let now = (asked ?? context.seams.now()).milliseconds
            request.from = Instant(milliseconds: now - age + 1)
        }
        let query = try StoreQuery(context, store: store, request: request, limit: limit)
        return try query.print { PlacesInArea(area) }
    }

    private func area() throws -> GeoArea {
        switch (bbox, near, radiusM) {
        case (let bbox?, nil, nil): return try GeoArea(box: bbox)
        case (nil, let near?, let radiusM?): return try GeoArea(near: near, radiusM: radiusM)
        default:
            throw TCError(
                .usage, "an area is missing",
                hint: "write --bbox S,W,N,E or --near LAT,LON --radius-m R")
        }
    }
}
