import ArgumentParser
import TCCore
import TCTelemetry

/// `tc telemetry simulate`
struct Simulate: TCCommand, PrintsRecords, ShowsProgress {
    static let help = CommandHelp(
        "simulate", "Print the messages of a fleet that drives, parks and charges.",
        examples: [
            (
                "Ten minutes of a hundred vehicles into the store",
                "tc telemetry simulate --vehicles 100 --duration 10m | tc telemetry ingest"
            ),
            (
                "Another fleet, a day of it, a message every ten seconds",
                "tc telemetry simulate --vehicles 20 --duration 1d --rate 1/10s --seed 7"
            ),
            (
                "One line in a hundred is broken or odd, to try out what reads it",
                "tc telemetry simulate --vehicles 5 --duration 1m --dirty 0.01"
            ),
        ],
        discussion: """
            Equal flags give equal bytes, on any machine: the run starts at 2026-01-02T03:04:05Z \
            unless --start says otherwise, and all chance comes from --seed.

            Vehicles send what changed. A full message goes out once a minute and whenever gear or \
            mode change; between them driving cars tell place, motion and power, charging cars \
            battery and charger, parked cars battery and cabin.

            A car in a tunnel (8 to 190 s) or garage (1 to 10 min) sends nothing. When it is back it \
            sends its newest message first and then all that it held back, oldest first; one time \
            in four it sends the end of that twice. One message in 2,048 of the others is sent \
            twice. On the last tick every car is back, so each vehicle's every message is printed.

            --dirty adds lines and changes none of the others, so that a reader which rejects what \
            is broken gives the same answers: seven in eight are broken (no JSON, no object, \
            missing or impossible identity or time, wrong type, out of range, half a place, not \
            UTF-8, NUL, nested too deeply, cut short, and, once in 4,096, longer than a mebibyte), \
            the others repeat a message in an unusual spelling (CRLF, spaces, escaped names, \
            repeated names, RFC 3339 time) or are blank.
            """,
        exits: [.inputOutput, .interrupted])

    static var schema: CommandSchema { CommandSchema(output: .telemetryMessage(timesIn: true)) }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var progress: ProgressOptions

    @Option(help: .init("How many vehicles, 1 to 8000000.", valueName: "count"))
    var vehicles = 100

    @Option(help: .init("How long the fleet is watched: 90s, 10m, 1d.", valueName: "time"))
    var duration = "10m"

    @Option(help: .init("How often each vehicle sends: 1/s, 10/s, 1/30s.", valueName: "count/time"))
    var rate = "1/s"

    @Option(help: .init("Which fleet: any whole number, 0 or more.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        help: .init(
            "When it begins, RFC 3339 or epoch milliseconds (2026-01-02T03:04:05Z).",
            valueName: "time"))
    var start: String?

    @Option(
        help: .init("Broken and odd lines for each message, 0 to 1.", valueName: "fraction"))
    var dirty = 0.0

    func run(in context: CommandContext) throws -> ExitStatus {
        let plan = try plan()
        let total = plan.vehicles * Int(plan.ticks)
        var bytes = 0
        let summary = try FleetSimulation(plan).run(workers: context.workerCount) { lines in
            try context.output.write(lines: lines)
            bytes += lines.count
            context.diagnostics.progress { "\(bytes >> 20) MiB of \(total) messages" }
        }
        try context.output.flush()
        context.diagnostics.note(Simulate.account(of: summary))
        return .done
    }

    private func plan() throws -> FleetPlan {
        guard let duration = Duration(text: duration) else {
            throw TCError(
                .usage, "--duration must be a time such as 90s, 10m or 1h30m, got '\(duration)'")
        }
        guard let rate = MessageRate(text: rate) else {
            throw TCError(
                .usage, "--rate must be a count and a time such as 1/s or 1/30s, got '\(rate)'",
                hint: "from one message an hour to a thousand a second")
        }
        let begin: Instant
        if let start {
            guard let instant = Instant(start) else {
                throw TCError(
                    .usage,
                    "--start must be an RFC 3339 time or epoch milliseconds, got '\(start)'")
            }
            begin = instant
        } else {
            begin = FleetPlan.defaultStart
        }
        if dirty > 0, output.format != .jsonl {
            throw TCError(.usage, "--dirty breaks JSON lines and needs --format jsonl")
        }
        return try FleetPlan(
            vehicles: vehicles, duration: duration, rate: rate, seed: seed, start: begin,
            dirty: dirty)
    }

    private static func account(of summary: SimulationSummary) -> String {
        var text =
            "\(summary.lines) lines: \(summary.messages) messages (\(summary.late) late), "
            + "\(summary.repeated) repeated"
        if summary.odd + summary.broken > 0 {
            text += ", \(summary.odd) odd, \(summary.broken) broken"
        }
        return text
    }
}
