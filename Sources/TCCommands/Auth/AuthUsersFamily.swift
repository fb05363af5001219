import ArgumentParser

/// `tc auth users …`
struct AuthUsersFamily: TCFamily {
    static let help = CommandHelp(
        "users", "Accounts, as an operator sees them.",
        examples: [
            ("Who is there?", "tc auth users list --format table"),
            ("Close an account at once", "tc auth users disable --user ada@example.com"),
        ])

    /// One line a subcommand.
    static var commands: [any ParsableCommand.Type] {
        [
            AuthUsersList.self,
            AuthUsersShow.self,
            AuthUsersSetRole.self,
            AuthUsersSetPassword.self,
            AuthUsersDisable.self,
            AuthUsersEnable.self,
            AuthUsersDelete.self,
            AuthUsersImport.self,
            AuthUsersExport.self,
        ]
    }
}
