import TCCore
import TCWire

extension NewUser {
    /// Reads `email`, `password`, `name` and `role`; other members are no matter.
    ///
    /// Throws `.badInput` where one is missing or not a string. A password is in no message.
    public init(_ record: JSONObject) throws(TCError) {
        guard let email = try JOSEText.string(record, "email", "user") else {
            throw TCError(.badInput, "the user has no 'email'")
        }
        self.init(
            email: email, password: try JOSEText.string(record, "password", "user"),
            name: try JOSEText.string(record, "name", "user"),
            role: try JOSEText.string(record, "role", "user"))
    }
}

extension UserTransfer {
    /// Reads what `writeMembers` writes; other members are no matter.
    ///
    /// Throws `.badInput` where one is not what it must be. Secrets are in no message.
    public init(_ record: JSONObject) throws(TCError) {
        func text(_ key: String) throws(TCError) -> String? {
            try JOSEText.string(record, key, "user")
        }
        func time(_ key: String) throws(TCError) -> Instant? {
            guard let text = try text(key) else { return nil }
            guard let time = Instant(text) else {
                throw TCError(
                    .badInput,
                    "'\(key)' of the user must be a time like 2026-01-02T03:04:05.678Z,"
                        + " got '\(String(text.prefix(80)))'")
            }
            return time
        }
        id = try text("user_id")
        email = try text("email")
        name = try text("name")
        role = try text("role")
        createdAt = try time("created_at")
        emailVerifiedAt = try time("email_verified_at")
        disabledAt = try time("disabled_at")
        passwordHash = try text("password_hash")
        if let secret = try text("totp_secret") {
            totpSecret = Base32.decode(secret)
            if totpSecret == nil {
                throw TCError(.badInput, "'totp_secret' of the user must be base32")
            }
        }
    }
}
