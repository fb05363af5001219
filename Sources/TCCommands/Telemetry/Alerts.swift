import ArgumentParser
import TCCore
import TCTelemetry
import TCWire

/// `tc telemetry alerts`
struct Alerts: PrintsRecords {
    static let help = CommandHelp(
        "alerts", "Low charge, harsh driving, silence: one line for each thing to be told of.",
        examples: [
            ("Whose battery is nearly empty?", "tc telemetry alerts --soc-below 15"),
            ("The ten hardest on the brakes", "tc telemetry alerts --harsh-braking 3 --top 10"),
            ("Who has not been heard of for an hour?", "tc telemetry alerts --silent 1h"),
        ],
        discussion: """
            Each rule that is named raises alerts; where none is, all do, with 15 %, 3 m/s² and ten \
            minutes. low_soc looks at the last \
            known state of charge, harsh_braking and harsh_acceleration count the messages with more \
            than so many m/s² and tell the worst, silent looks at the time since the last message.

            An alert is critical at a third of the state of charge asked for, at twice the \
            acceleration, at six times the silence; else it is a warning. Alerts come in the order of \
            vehicles; with --top the worst of each kind come first: the lowest charge, the highest \
            count, the longest silence.
            """,
        exits: [.negative, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "an alert",
                [
                    .required(
                        "alert", .oneOf(Alert.Kind.allCases.map(\.rawValue)), "what it is about"),
                    .required("vehicle_id", .identifier, "the vehicle"),
                    .required(
                        "ts", .time, "when it was measured; of counts the last message looked at"),
                    .required("value", .number, "what was measured; of counts the worst"),
                    .required("threshold", .number, "what it was held against"),
                    .required("unit", .string, "the unit of value and threshold"),
                    .optional("count", .count, "of harsh driving, how often"),
                    .required(
                        "severity", .oneOf(Alert.Severity.allCases.map(\.rawValue)), "how bad it is"
                    ),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var selection: SelectionOptions

    @Option(
        help: .init("Vehicles whose last known state of charge is below.", valueName: "percent"))
    var socBelow: Double?

    @Option(
        parsing: .unconditional,
        help: .init("Vehicles that slowed down by more than this.", valueName: "m/s²"))
    var harshBraking: Double?

    @Option(help: .init("Vehicles that sped up by more than this.", valueName: "m/s²"))
    var harshAcceleration: Double?

    @Option(
        help: .init("Vehicles that sent nothing for so long, or longer.", valueName: "duration"))
    var silent: String?

    @Option(help: .init("The moment that is asked about; now if absent.", valueName: "time"))
    var at: String?

    @Option(help: .init("Only the worst of each kind, so many, worst first.", valueName: "count"))
    var top: Int?

    func run(in context: CommandContext) throws -> ExitStatus {
        let rules = try rules(context)
        if let top, top < 1 { throw TCError(.usage, "--top must be 1 or more, got \(top)") }
        let query = try StoreQuery(
            context, store: store, request: try request(rules), limit: selection.limit)
        return try query.answer { sink in
            var worst = top.map(WorstAlerts.init)
            try query.snapshot.scan(
                query.request, workers: query.workers,
                makeVisitor: { [top] in AlertFinder(rules, worst: top) },
                deliver: { finder in
                    if worst == nil {
                        try write(finder.alerts, to: sink)
                    } else {
                        for alert in finder.alerts { worst!.add(alert) }
                    }
                })
            if let worst { try write(worst.alerts, to: sink) }
        }
    }

    private func write(_ alerts: [Alert], to sink: RecordSink) throws {
        var records = JSONWriter()
        for alert in alerts { alert.write(to: &records) }
        try records.withBytes(sink)
    }

    private func rules(_ context: CommandContext) throws -> AlertRules {
        if let socBelow, !(0...100).contains(socBelow) {
            throw TCError(.usage, "--soc-below must be between 0 and 100, got \(socBelow)")
        }
        if socBelow == nil, harshBraking == nil, harshAcceleration == nil, silent == nil {
            return AlertRules.all(now: try now(context))
        }
        return AlertRules(
            socBelow: socBelow, harshBraking: try acceleration(harshBraking, "--harsh-braking"),
            harshAcceleration: try acceleration(harshAcceleration, "--harsh-acceleration"),
            silentFor: try silent.map { try duration($0, flag: "--silent") },
            now: try now(context))
    }

    private func now(_ context: CommandContext) throws -> Instant {
        try at.map { try moment($0, flag: "--at") } ?? context.seams.now()
    }

    /// Braking may be written as what it is, `-3`, or by how much it is, `3`.
    private func acceleration(_ value: Double?, _ flag: String) throws -> Double? {
        guard let value else { return nil }
        guard value.magnitude > 0, value.magnitude <= 100 else {
            throw TCError(.usage, "\(flag) must be above 0 and at most 100 m/s², got \(value)")
        }
        return value.magnitude
    }

    /// With `--at` what came later is not known yet.
    private func request(_ rules: AlertRules) throws -> ScanRequest {
        var request = try selection.request(rules.columns)
        // Only counts need every row.
        request.latestOnly = rules.harshBraking == nil && rules.harshAcceleration == nil
        request.needsTimes = rules.needsTimes
        request.matching = rules.matching
        if at != nil {
            let end = Instant(milliseconds: rules.now.milliseconds + 1)
            request.to = request.to.map { min($0, end) } ?? end
        }
        return request
    }
}
