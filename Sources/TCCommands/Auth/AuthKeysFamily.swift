import ArgumentParser

/// `tc auth keys …`
struct AuthKeysFamily: TCFamily {
    static let help = CommandHelp(
        "keys", "The keys that sign tokens.",
        examples: [
            ("What signs now?", "tc auth keys list --format table"),
            ("A new one, which takes over without breaking a token", "tc auth keys rotate"),
        ])

    /// One line a subcommand.
    static var commands: [any ParsableCommand.Type] {
        [AuthKeysList.self, AuthKeysRotate.self, AuthKeysRetire.self, AuthKeysJWKS.self]
    }
}
