/// `tc telemetry …`
struct TelemetryFamily: TCFamily {
    static let help = CommandHelp(
        "telemetry", "Vehicle messages: take them in, keep them, ask about them.",
        examples: [
            (
                "A fleet of a hundred vehicles, ten minutes of it",
                "tc telemetry simulate --vehicles 100 --duration 10m | tc telemetry ingest"
            ),
            ("Where is each vehicle now?", "tc telemetry last --format table"),
        ])

    /// One line a subcommand, in the order of a first reading.
    static var commands: [CommandNode] {
        [
            .command(Simulate.self),
            .command(Ingest.self),
            .command(Last.self),
            .command(RangeCommand.self),
            .command(Window.self),
            .command(Trips.self),
            .command(Charges.self),
            .command(Area.self),
            .command(Alerts.self),
            .command(Plot.self),
            .command(Export.self),
            .command(Stat.self),
            .command(Compact.self),
            .command(Verify.self),
            .command(Forget.self),
        ]
    }
}
