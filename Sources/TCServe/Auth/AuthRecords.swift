import TCWire

/// What the auth routes answer, as `JSONRecord`s write it.
enum AuthRecords {
    typealias Field = RecordSchema.Field

    static let user = RecordSchema("a user", userFields)
    static let session = RecordSchema("a session", sessionFields)

    private static let userFields: [Field] = [
        .required("user_id", .identifier, "usr_…"),
        .optional("email", .string, "in small letters; absent where no provider vouched for one"),
        .optional("name", .string, "as the user gave it"),
        .required("role", .string, "what the user may do"),
        .required("created_at", .time, "when the account was made"),
        .optional("email_verified_at", .time, "when the user had shown to read the address"),
        .optional("disabled_at", .time, "since when nothing opens the account"),
        .required("has_password", .boolean, "whether a password opens the account"),
        .required("has_mfa", .boolean, "whether a second factor is asked for"),
    ]

    private static let sessionFields: [Field] = [
        .required("session_id", .identifier, "ses_…"),
        .required("user_id", .identifier, "whose it is"),
        .required("method", .string, "password, second_factor, issued or provider:NAME"),
        .required("created_at", .time, "when it began"),
        .required("last_seen_at", .time, "when a refresh token was last given out"),
        .required("expires_at", .time, "when it ends if it is not prolonged"),
        .optional("mfa_at", .time, "when the second factor was shown"),
        .optional("address", .string, "where it began; absent where an operator ordered it"),
        .optional("user_agent", .string, "what the client said of itself"),
        .optional("device_id", .identifier, "dev_…, equal for sessions of one device"),
        .optional("revoked_at", .time, "when it was ended before its time"),
        .optional("revoked_why", .string, "and why"),
    ]

    private static let accessFields: [(String, RecordSchema.FieldType, String)] = [
        ("user_id", .identifier, "usr_…"), ("role", .string, "as the token says it"),
        ("session_id", .identifier, "ses_…"), ("access_token", .string, "for Authorization"),
        ("token_type", .oneOf(["Bearer"]), "how to send it"),
    ]

    private static let expiryFields: [Field] = [
        .required("expires_in", .count, unit: "s", "how long the token is good"),
        .required("expires_at", .time, "until when"),
    ]

    /// A grant whose refresh and device tokens are in cookies.
    static let grant = RecordSchema(
        "a session's access token",
        [.required("status", .oneOf(["ok"]), "what it came to")]
            + accessFields.map { .required($0.0, $0.1, $0.2) } + expiryFields)

    /// A grant, or the challenge to show a second factor.
    static let login = RecordSchema(
        "an access token, or the order to show the second factor",
        [.required("status", .oneOf(["ok", "mfa_required"]), "which of the two")]
            + accessFields.map { .optional($0.0, $0.1, $0.2) }
            + [.optional("mfa_token", .string, "good for mfa/verify alone")] + expiryFields,
        together: [accessFields.map(\.0)])

    /// A user behind the word for what was done.
    static func changedUser(_ statuses: [String]) -> RecordSchema {
        RecordSchema(
            "a user as changed",
            [.required("status", .oneOf(statuses), "what was done")] + userFields)
    }

    static func page(_ name: String, of record: RecordSchema) -> RecordSchema {
        RecordSchema(
            "a page of \(name)",
            [
                .required(name, .array(.object(record)), "in the order of their making"),
                .optional(
                    "next", .identifier, "the 'after' of the next page; absent on the last"),
            ])
    }

    static let revocation = RecordSchema(
        "what was revoked",
        [
            .required("status", .oneOf(["revoked", "unchanged"]), "whether it had ended before"),
            .optional("revoked", .oneOf(["token", "everyone"]), "where it has no id"),
            .optional("session_id", .identifier, "the session"),
            .optional("user_id", .identifier, "the user"),
            .optional("sessions", .count, "how many sessions ended"),
        ])

    static let enrolment = RecordSchema(
        "what an authenticator app needs",
        [
            .required("status", .oneOf(["enrolled"]), "begun; confirm it with a code"),
            .required("user_id", .identifier, "whose it is"),
            .required("secret", .string, "in base32, for typing"),
            .required("otpauth_uri", .string, "for a QR code"),
        ])

    static func recoveryCodes(_ status: String) -> RecordSchema {
        RecordSchema(
            "recovery codes, which are not shown again",
            [
                .required("status", .oneOf([status]), "what was done"),
                .required("recovery_codes", .array(.string), "each opens the account once"),
            ])
    }

    /// RFC 7662, section 2.2.
    static let introspection = RecordSchema(
        "whether a token is to be believed, and what it says",
        [
            .required("active", .boolean, "nothing else stands here where it is false"),
            .optional("user_id", .identifier, "usr_…, as in sub"),
            .optional("role", .string, "what its bearer may do"),
            .optional("sub", .identifier, "usr_…"),
            .optional("sid", .identifier, "ses_…"),
            .optional("jti", .identifier, "tok_…"),
            .optional("iss", .string, "who issued it"),
            .optional("aud", .anything, "whom it is for: a name or several"),
            .optional("iat", .count, unit: "s", "when it was issued, since 1970"),
            .optional("nbf", .count, unit: "s", "from when it is good"),
            .optional("exp", .count, unit: "s", "until when"),
        ])
}
