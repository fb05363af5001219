import ArgumentParser

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
    static var commands: [any ParsableCommand.Type] {
        [
            Simulate.self,
            Ingest.self,
            Last.self,
            RangeCommand.self,
            Window.self,
            Trips.self,
            Charges.self,
            Area.self,
            Alerts.self,
            Plot.self,
            Export.self,
            Stat.self,
            Compact.self,
            Verify.self,
            Forget.self,
        ]
    }
}
