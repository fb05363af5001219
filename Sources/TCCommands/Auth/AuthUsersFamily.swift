/// `tc auth users …`
struct AuthUsersFamily: TCFamily {
    static let help = CommandHelp(
        "users", "Accounts, as an operator sees them.",
        examples: [
            ("Who is there?", "tc auth users list --format table"),
            ("Close an account at once", "tc auth users disable --user ada@example.com"),
        ])

    /// One line a subcommand.
    static var commands: [CommandNode] {
        [
            .command(AuthUsersList.self),
            .command(AuthUsersShow.self),
            .command(AuthUsersSetRole.self),
            .command(AuthUsersSetPassword.self),
            .command(AuthUsersDisable.self),
            .command(AuthUsersEnable.self),
            .command(AuthUsersDelete.self),
            .command(AuthUsersImport.self),
            .command(AuthUsersExport.self),
        ]
    }
}
