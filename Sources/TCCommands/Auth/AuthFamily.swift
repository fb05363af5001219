import ArgumentParser

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
    static var commands: [any ParsableCommand.Type] {
        [
            AuthRegister.self,
            AuthLogin.self,
            AuthRefresh.self,
            AuthLogout.self,
            AuthSessions.self,
            AuthUsersFamily.self,
            AuthIssueToken.self,
            AuthVerify.self,
            AuthExplain.self,
            AuthRevoke.self,
            AuthMFAFamily.self,
            AuthOAuth2Family.self,
            AuthKeysFamily.self,
            AuthServe.self,
        ]
    }
}
