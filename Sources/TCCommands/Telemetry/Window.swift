import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// Whose rows share a window.
enum WindowOwner: String, CaseIterable, ExpressibleByArgument, Sendable {
    case vehicle, fleet
}

/// `tc telemetry window`
struct Window: PrintsRecords {
    static let help = CommandHelp(
        "window", "Averages, extremes, sums and percentiles over tumbling windows of time.",
        examples: [
            (
                "How fast is the fleet, minute by minute?",
                "tc telemetry window --every 1m --agg avg:speed_kph,max:speed_kph"
            ),
            (
                "Each vehicle's hours",
                "tc telemetry window --every 1h --by vehicle --agg p95:speed_kph,first:soc_pct,last:soc_pct"
            ),
            ("Messages a second", "tc telemetry window --every 1s --format csv"),
        ],
        discussion: """
            Windows begin at the multiples of --every since 1970-01-01T00:00Z. A window without rows \
            is not printed. A value that a message does not carry is passed over: count is the rows \
            of the window, count:SIGNAL those with a value, and an aggregate of no values is left out.

            The functions are avg, min, max, sum, first, last, count, and p50, p95, p99: exact \
            percentiles by the nearest rank, so always a value that was measured. They keep every \
            distinct value, of which there may be 4,000,000.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "one window; beside these fields one for each aggregate, such as avg_speed_kph",
                [
                    .optional("vehicle_id", .identifier, "the vehicle, with --by vehicle"),
                    .required("from", .time, "where the window begins"),
                    .required("to", .time, "where it ends; not part of it"),
                    .required("count", .count, "the rows in it"),
                ], allowsOthers: true))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions

    @Option(help: .init("How long a window is: 10s, 1m, 1h, 1d.", valueName: "duration"))
    var every: String = "1m"

    @Option(help: "Whose rows share a window.")
    var by: WindowOwner = .fleet

    @Option(
        help: .init("What to compute: FUNCTION:SIGNAL, separated by commas.", valueName: "list"))
    var agg: String = "count"

    var outputColumns: [String] {
        get throws {
            (by == .vehicle ? ["vehicle_id"] : []) + ["from", "to", "count"]
                + (try plan()).aggregates.map(\.name)
        }
    }

    private func plan() throws -> WindowPlan {
        try WindowPlan(every: try duration(every, flag: "--every"), aggregates: agg)
    }

    func run(in context: CommandContext) throws -> ExitStatus {
        let plan = try plan()
        let query = try StoreQuery(
            context, store: store, request: try selection.request(plan.columns),
            limit: selection.limit)
        switch by {
        case .vehicle where plan.every < 60_000:
            // As many records as messages, perhaps: they go out in order as they come.
            return try query.answer { sink in
                var windows = VehicleWindows(plan, sink: sink)
                try query.snapshot.scanInOrder(query.request, visitor: &windows)
                try windows.finish()
            }
        case .vehicle:
            return try query.print { VehicleWindows(plan) }
        case .fleet:
            return try query.answer { sink in
                var fleet = FleetWindows(plan)
                try query.snapshot.scan(
                    query.request, workers: query.workers, makeVisitor: { FleetWindows(plan) },
                    deliver: { try fleet.merge($0) })
                try fleet.writeRecords(to: sink)
            }
        }
    }
}
