/// `tc auth …`
struct AuthFamily: TCFamily {
    static let help = CommandHelp(
        "auth", "Identity: users, sessions, tokens and the keys that sign them.",
        examples: [
            (
                "Make an account; without --password-file the password is asked for",
                "tc auth register --email eve@example.com --password-file password"
            ),
            (
                "A token for a service, and what it says",
                "tc auth issue-token --user ada@example.com | tc auth verify"
            ),
        ])

    /// One line a subcommand, in the order of a first reading.
    static var commands: [CommandNode] {
        [
            .command(AuthRegister.self),
            .command(AuthLogin.self),
            .command(AuthRefresh.self),
            .command(AuthLogout.self),
            .command(AuthSessions.self),
            .family(AuthUsersFamily.self),
            .command(AuthIssueToken.self),
            .command(AuthVerify.self),
            .command(AuthExplain.self),
            .command(AuthRevoke.self),
            .family(AuthMFAFamily.self),
            .family(AuthOAuth2Family.self),
            .family(AuthKeysFamily.self),
            .command(AuthServe.self),
        ]
    }
}
