/// `tc`: the root of all families.
public struct TC: TCFamily {
    public static let version = "0.1.0"

    public static let help = CommandHelp(
        "tc", "The backend of a connected-vehicle company as Unix tools.",
        examples: [
            (
                "Simulate a fleet and store what it sends",
                "tc telemetry simulate --vehicles 100 --duration 10m | tc telemetry ingest"
            ),
            ("Where is each vehicle now?", "tc telemetry last --format table"),
            ("What does a command read and print?", "tc schema telemetry ingest"),
        ])

    /// One line a family.
    public static var commands: [CommandNode] {
        [
            .family(AuthFamily.self),
            .family(DataFamily.self),
            .family(TelemetryFamily.self),
            .family(EventsFamily.self),
            .command(Serve.self),
            .command(Doctor.self),
            .family(ConfigFamily.self),
            .command(SchemaCommand.self),
            .command(CompletionsCommand.self),
        ]
    }

    public init() {}
}
