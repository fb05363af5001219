import TCCore
import TCCrypto
import TCStore
import TCWire

/// Taking users from one installation to another.
extension AuthService {
    /// A page of users with what lets them in, in the order of their ids. It carries secrets.
    ///
    /// - Parameters: as for `users`.
    public func export(after id: String? = nil, limit: Int = 100) async throws -> [UserTransfer] {
        let limit = min(max(limit, 1), AuthService.longestPage)
        let rows = try await TransferRows.page(after: id ?? "", limit: limit, in: database)
        return try rows.map { row in
            var transfer = row.transfer
            if let sealed = row.sealedSecret, let id = transfer.id {
                transfer.totpSecret = try SealedSecret.open(sealed, of: id, with: keys.sealing)
            }
            return transfer
        }
    }

    /// Makes an account as it was elsewhere; what it does not say is as in `register`. Importing again
    /// changes nothing and answers `exists`.
    ///
    /// - Throws: `bad_input` for an id, an address, a hash or a secret that is not one.
    public func importUser(_ new: UserTransfer, by actor: Actor) async throws -> UserOutcome {
        if let id = new.id, !Identifier.isValid(id, prefix: "usr") {
            throw TCError(.badInput, "a user's id must be usr_ and a UUIDv7, got '\(id)'")
        }
        let email = try new.email.map(EmailAddress.normalized)
        guard new.id != nil || email != nil else {
            throw TCError(.badInput, "a user must have an id or an e-mail address")
        }
        try UserTexts.check(name: new.name)
        let role = new.role ?? settings.defaultRole
        try UserTexts.check(role: role)
        if let hash = new.passwordHash { _ = try Scrypt(phc: hash) }
        let now = seams.now()
        let user = User(
            id: new.id ?? Identifier.make("usr", seams), email: email, name: new.name, role: role,
            createdAt: new.createdAt ?? now, emailVerifiedAt: new.emailVerifiedAt,
            disabledAt: new.disabledAt, hasPassword: new.passwordHash != nil,
            hasMFA: new.totpSecret != nil)
        let sealed = try new.totpSecret.map { secret in
            // Only to refuse a secret that could not be used.
            _ = try TOTP(secret: secret)
            return try SealedSecret.seal(secret, of: user.id, with: keys.sealing, seams)
        }
        return try await database.write { connection in
            guard
                try UserRows.insert(user, password: new.passwordHash, in: connection)
            else { return .exists(email: email, id: new.id) }
            if let sealed {
                try MFARows.insertConfirmed(user.id, sealed, at: now, in: connection)
            }
            try self.record(
                .imported, about: user.id, EventData(record: user, actor: actor), at: now,
                in: connection)
            return .done("imported", user)
        }
    }
}

/// The SQL of exports.
enum TransferRows {
    static func page(
        after id: String, limit: Int, in database: any Database
    ) async throws -> [(transfer: UserTransfer, sealedSecret: [UInt8]?)] {
        try await database.query(
            """
            SELECT u.id, u.email, u.name, u.role, u.created_ms, u.email_verified_ms, u.disabled_ms,
                u.password, CASE WHEN m.confirmed_ms IS NOT NULL THEN m.secret END
            FROM auth_users u LEFT JOIN auth_mfa m ON m.user_id = u.id
            WHERE u.id > $1 ORDER BY u.id LIMIT $2
            """, [.text(id), .integer(Int64(limit))]
        ) { row in
            var transfer = UserTransfer()
            transfer.id = try row.text(0)
            transfer.email = try row.optionalText(1)
            transfer.name = try row.optionalText(2)
            transfer.role = try row.text(3)
            transfer.createdAt = Instant(milliseconds: try row.integer(4))
            transfer.emailVerifiedAt = try row.optionalInstant(5)
            transfer.disabledAt = try row.optionalInstant(6)
            transfer.passwordHash = try row.optionalText(7)
            return (transfer, try row.optionalBytes(8))
        }
    }
}
