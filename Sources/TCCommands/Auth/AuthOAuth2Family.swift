/// `tc auth oauth2 …`
struct AuthOAuth2Family: TCFamily {
    static let help = CommandHelp(
        "oauth2", "Signing in with Google, GitHub, Microsoft or any OpenID provider.",
        examples: [
            ("Whom can one sign in with?", "tc auth oauth2 providers"),
            (
                "Where to send a browser",
                "tc auth oauth2 authorize --provider github --redirect-uri https://app.example.com/callback"
            ),
        ])

    /// One line a subcommand.
    static var commands: [CommandNode] {
        [
            .command(AuthOAuth2Providers.self),
            .command(AuthOAuth2Authorize.self),
            .command(AuthOAuth2Callback.self),
        ]
    }
}
