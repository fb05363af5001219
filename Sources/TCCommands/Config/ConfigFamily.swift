/// `tc config …`
struct ConfigFamily: TCFamily {
    static let help = CommandHelp(
        "config", "The settings, and where each value came from.",
        examples: [("What is set, and where?", "tc config show --format table")])

    static var commands: [CommandNode] { [.command(ConfigShow.self)] }
}
