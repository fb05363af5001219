/// `tc events …`
struct EventsFamily: TCFamily {
    static let help = CommandHelp(
        "events", "What happened: the events that every change leaves behind.",
        examples: [
            ("All that is kept", "tc events replay --format table"),
            ("What comes, from the first event on", "tc events tail --since 0 | head -n 3"),
        ])

    /// One line a subcommand, in the order of a first reading.
    static var commands: [CommandNode] {
        [.command(EventsTail.self), .command(EventsReplay.self), .command(EventsForget.self)]
    }
}
