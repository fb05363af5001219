import ArgumentParser

/// `tc auth mfa …`
struct AuthMFAFamily: TCFamily {
    static let help = CommandHelp(
        "mfa", "Second factors: codes of an authenticator app, and recovery codes.",
        examples: [
            ("Begin, with a QR code for the app", "tc auth mfa enroll --user ada@example.com --qr"),
            ("Put it in force with a code", "tc auth mfa confirm --user ada@example.com"),
        ])

    /// One line a subcommand.
    static var commands: [any ParsableCommand.Type] {
        [
            AuthMFAEnroll.self,
            AuthMFAConfirm.self,
            AuthMFAVerify.self,
            AuthMFADisable.self,
            AuthMFARecoveryCodes.self,
        ]
    }
}
