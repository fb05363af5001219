import TCAuth
import TCWire

/// Parts of records that several commands of the family read or print.
extension RecordSchema.Field {
    static let email = RecordSchema.Field.optional("email", .text(3...254), "the e-mail address")
    static let userID = RecordSchema.Field.optional("user_id", .identifier, "the user: usr_…")
    static let role = RecordSchema.Field.optional("role", .text(1...64), "the role")
    static let personName = RecordSchema.Field.optional("name", .text(1...256), "the person's name")
    static let password = RecordSchema.Field.required(
        "password", .text(1...1024), secret: true, "the password, 8 to 1024 bytes")
    static let code = RecordSchema.Field.required(
        "code", .text(1...64), secret: true,
        "what the authenticator app shows, or a recovery code; it is used up by this")

    static func status(_ values: String...) -> RecordSchema.Field {
        .required("status", .oneOf(values), "what it came to")
    }
}

extension RecordSchema {
    /// Where a login comes from, as `ClientContext` reads it.
    static let clientFields: [Field] = [
        .optional("address", .text(1...64), "the client's address; local without"),
        .optional("user_agent", .text(1...512), "what the client calls itself"),
        .optional(
            "device_token", .text(1...128), secret: true,
            "what an earlier login of this device was given"),
    ]

    /// The members of a session's tokens.
    static let grantFields: [Field] = [
        .userID, .role,
        .optional("session_id", .identifier, "the session: ses_…"),
        .optional("access_token", .string, secret: true, "the access token, a JWT"),
        .optional("token_type", .string, "Bearer"),
        .optional("expires_in", .count, unit: "s", "how long the access token is good for"),
        .optional("expires_at", .time, "until when the access token is good"),
        .optional("refresh_token", .string, secret: true, "the refresh token"),
        .optional("refresh_expires_at", .time, "until when the refresh token is good"),
        .optional(
            "device_token", .string, secret: true, "to be given with the next login of this device"),
    ]

    /// The members of a user.
    static let userFields: [Field] = [
        .userID, .email, .personName, .role,
        .optional("created_at", .time, "when the account was made"),
        .optional("email_verified_at", .time, "when the user has shown to read the address"),
        .optional("disabled_at", .time, "since when nothing opens the account"),
        .optional("has_password", .boolean, "whether a password opens it"),
        .optional("has_mfa", .boolean, "whether a second factor is asked for"),
    ]

    /// What a login answers.
    static let loginAnswer = RecordSchema(
        "what a login came to",
        [
            .status(
                "ok", "mfa_required", "invalid_credentials", "wait", "disabled",
                "account_exists", "accounts_not_created", "linked_to_another"),
            .email,
        ] + grantFields + [
            .optional(
                "mfa_token", .string, secret: true,
                "where a second factor is wanted: what mfa verify takes, good for 5 minutes"),
            .optional("retry_after", .count, unit: "s", "after how long to try again"),
        ])

    /// What a change of a user answers.
    static func userAnswer(_ done: String) -> RecordSchema {
        RecordSchema(
            "the user as changed",
            [.status(done, "unchanged", "exists", "not_found")] + userFields)
    }

    /// A user by id or by address, with what else a command wants.
    static func userInput(_ title: String, _ more: [Field] = []) -> RecordSchema {
        RecordSchema(title, [.userID, .email] + more, allowsOthers: true)
    }

    /// A user with what lets them in.
    static let transfer = RecordSchema(
        "a user with what lets them in",
        [
            .userID, .email, .personName, .role,
            .optional("created_at", .timeIn, "when the account was made"),
            .optional("email_verified_at", .timeIn, "when the user has shown to read the address"),
            .optional("disabled_at", .timeIn, "since when nothing opens the account"),
            .optional(
                "password_hash", .text(1...512), secret: true, "of the password, scrypt in PHC form"
            ),
            .optional(
                "totp_secret", .text(1...256), secret: true,
                "the secret of a second factor in use, in base32"),
        ], allowsOthers: true)

    /// The members of a key.
    static let keyFields: [Field] = [
        .optional("kid", .string, "the name of the key in tokens"),
        .optional(
            "algorithm", .oneOf(KeySettings.algorithms.map(\.rawValue)), "what it signs with"),
        .optional("state", .oneOf(KeyRecord.State.allCases.map(\.rawValue)), "what it is good for"),
        .optional("created_at", .time, "when it was made"),
        .optional("signs_from", .time, "from when on it signs"),
        .optional("retirable_at", .time, "when nothing valid is left of what it signed"),
        .optional("retired_at", .time, "when it was retired"),
    ]
}
