import TCCore
import TCStore

/// The SQL of what opens an account.
enum CredentialRows {
    /// What a login with a password looks at.
    struct Password: Sendable {
        let userID: String
        /// In PHC form; nil where no password opens the account.
        let hash: String?
        /// When it was set: another time for each password of a user.
        let setAt: Instant?
        let isDisabled: Bool
        let hasMFA: Bool
        /// Of the device that the login comes from, where the user has one with its token.
        let deviceID: String?
    }

    /// What a second factor is checked against.
    struct SecondFactor: Sendable {
        /// Sealed.
        let secret: [UInt8]
        let isConfirmed: Bool
        /// The step whose code was used last.
        let lastStep: Int64?
        let deviceID: String?
    }

    /// By address; nil where there is no such user.
    static func password(
        _ email: String, device: [UInt8], in database: any Database
    ) async throws -> Password? {
        try await database.query(
            """
            SELECT u.id, u.password, u.password_changed_ms, u.disabled_ms, m.confirmed_ms, d.id
            FROM auth_users u
            LEFT JOIN auth_mfa m ON m.user_id = u.id
            LEFT JOIN auth_devices d ON d.user_id = u.id AND d.digest = $2
            WHERE u.email = $1
            """, [.text(email), .bytes(device)]
        ) { row in
            Password(
                userID: try row.text(0), hash: try row.optionalText(1),
                setAt: try row.optionalInstant(2), isDisabled: try row.optionalInteger(3) != nil,
                hasMFA: try row.optionalInteger(4) != nil, deviceID: try row.optionalText(5))
        }.first
    }

    /// Nil where nothing was ever begun.
    static func secondFactor(
        of userID: String, device: [UInt8], in database: any Database
    ) async throws -> SecondFactor? {
        try await database.query(
            """
            SELECT m.secret, m.confirmed_ms, m.last_step, d.id
            FROM auth_mfa m
            LEFT JOIN auth_devices d ON d.user_id = m.user_id AND d.digest = $2
            WHERE m.user_id = $1
            """, [.text(userID), .bytes(device)]
        ) { row in
            SecondFactor(
                secret: try row.bytes(0), isConfirmed: try row.optionalInteger(1) != nil,
                lastStep: try row.optionalInteger(2), deviceID: try row.optionalText(3))
        }.first
    }

    /// What a login was allowed by, before its transaction.
    enum Ground: Sendable {
        /// A factor was shown while the password was the one that was set then, or none.
        case password(setAt: Instant?)
        /// What was checked is in the same transaction.
        case nothingElse
    }

    /// When the user's password was set; nil where there is none.
    static func passwordSetAt(
        _ userID: String, in connection: any SQLConnection
    ) throws -> Instant? {
        try connection.first(
            "SELECT password_changed_ms FROM auth_users WHERE id = $1", [.text(userID)]
        ) { try $0.optionalInstant(0) } ?? nil
    }

    /// Whether that holds, now that the login is to begin.
    enum Standing: Sendable { case open, disabled, changed }

    static func standing(
        of userID: String, _ ground: Ground, in connection: any SQLConnection
    ) throws -> Standing {
        let standing = try connection.first(
            "SELECT disabled_ms, password_changed_ms FROM auth_users WHERE id = $1",
            [.text(userID)]
        ) { row -> Standing in
            if try row.optionalInteger(0) != nil { return .disabled }
            let changed = try row.optionalInstant(1)
            switch ground {
            case .password(let setAt): return changed == setAt ? .open : .changed
            case .nothingElse: return .open
            }
        }
        return standing ?? .changed
    }
}
