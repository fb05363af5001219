/// `tc auth mfa …`
struct AuthMFAFamily: TCFamily {
    static let help = CommandHelp(
        "mfa", "Second factors: codes of an authenticator app, and recovery codes.",
        examples: [
            ("Begin, with a QR code for the app", "tc auth mfa enroll --user ada@example.com --qr"),
            ("New recovery codes", "tc auth mfa recovery-codes --user bob@example.com"),
        ])

    /// One line a subcommand.
    static var commands: [CommandNode] {
        [
            .command(AuthMFAEnroll.self),
            .command(AuthMFAConfirm.self),
            .command(AuthMFAVerify.self),
            .command(AuthMFADisable.self),
            .command(AuthMFARecoveryCodes.self),
        ]
    }
}
