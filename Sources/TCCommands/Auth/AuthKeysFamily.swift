/// `tc auth keys …`
struct AuthKeysFamily: TCFamily {
    static let help = CommandHelp(
        "keys", "The keys that sign tokens.",
        examples: [
            ("What signs now?", "tc auth keys list --format table"),
            ("A new one, which takes over without breaking a token", "tc auth keys rotate"),
        ])

    /// One line a subcommand.
    static var commands: [CommandNode] {
        [
            .command(AuthKeysList.self),
            .command(AuthKeysRotate.self),
            .command(AuthKeysRetire.self),
            .command(AuthKeysJWKS.self),
        ]
    }
}
