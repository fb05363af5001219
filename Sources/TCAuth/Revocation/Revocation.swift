import TCCore
import TCStore

/// Ending what was granted. What is revoked is so in the database first, and told to the nodes then:
/// a node that hears nothing finds out within `AuthSettings.believedFor`.
extension AuthService {
    static let revocationChannel = "auth:revoked"

    /// Ends a token, a session, all of a user's sessions or all there are.
    ///
    /// - Throws: `bad_input` for a text that is neither an access token nor a refresh token.
    public func revoke(
        _ target: RevocationTarget, by actor: Actor
    ) async throws -> RevocationOutcome {
        switch target {
        case .token(let text):
            if let secret = RefreshSecret(text) {
                return try await revokeSession(of: secret, .revoked, by: actor)
            }
            return try await revoke(accessToken: text, by: actor)
        case .session(let id):
            return try await revoke(sessionID: id, .revoked, by: actor)
        case .user(let id): return try await revoke(userID: id, by: actor)
        case .everyone: return try await revokeEveryone(by: actor)
        }
    }

    /// Ends the session of a refresh token, also of one that has been rotated.
    public func logout(refreshToken: String) async throws -> RevocationOutcome {
        guard let secret = RefreshSecret(refreshToken) else {
            return .notFound(.token(refreshToken))
        }
        return try await revokeSession(of: secret, .loggedOut, by: nil)
    }

    /// Ends the session of an access token, also of one that has expired, since who leaves late
    /// leaves all the same (as OpenID Connect RP-Initiated Logout 1.0, section 2, has it for its hints).
    /// Nil for what is no access token of ours.
    public func logout(accessToken: String) async throws -> RevocationOutcome? {
        let claims: TokenClaims
        do {
            claims = try await keys.verifier(of: .access).claims(
                evenExpired: accessToken, at: seams.now())
        } catch is TokenRejection {
            return nil
        }
        guard let sessionID = claims.sessionID else { return nil }
        return try await logout(sessionID: sessionID, of: claims.subject)
    }

    /// Ends a session of a user, who wishes it; not found where it is another's.
    public func logout(sessionID: String, of userID: String) async throws -> RevocationOutcome {
        try await revoke(sessionID: sessionID, of: userID, .loggedOut, by: nil)
    }

    // MARK: One session

    /// - Parameters:
    ///   - userID: whose it must be; nil for anybody's.
    ///   - actor: nil for its user.
    private func revoke(
        sessionID: String, of userID: String? = nil, _ reason: RevocationReason, by actor: Actor?
    ) async throws -> RevocationOutcome {
        let now = seams.now()
        let target = RevocationTarget.session(sessionID)
        let outcome: RevocationOutcome = try await database.write { connection in
            guard let owner = try SessionRows.owner(of: sessionID, in: connection),
                userID == nil || userID == owner
            else { return .notFound(target) }
            let isNew = try self.revoke(
                session: sessionID, reason, by: actor, at: now, connection)
            return isNew ? .revoked(target, sessions: 1) : .unchanged(target)
        }
        await forget(.session(sessionID))
        return outcome
    }

    private func revokeSession(
        of secret: RefreshSecret, _ reason: RevocationReason, by actor: Actor?
    ) async throws -> RevocationOutcome {
        let digest = secret.digest
        let sessionID = try await database.read {
            try RefreshRows.session(of: digest, in: $0)
        }
        guard let sessionID else { return .notFound(.token(secret.text)) }
        return try await revoke(sessionID: sessionID, reason, by: actor)
    }

    /// Ends a session with its event; false where it had ended or there is none.
    ///
    /// - Parameter actor: nil for its user.
    @discardableResult
    func revoke(
        session id: String, _ reason: RevocationReason, by actor: Actor?, at now: Instant,
        _ connection: any SQLConnection
    ) throws -> Bool {
        guard
            let userID = try SessionRows.revoke(id, reason, at: now, in: connection)
        else { return false }
        try record(
            .sessionRevoked, about: userID,
            EventData(
                members: [
                    ("user_id", userID), ("session_id", id), ("why", reason.rawValue),
                ], actor: actor ?? .user(userID)), at: now, in: connection)
        return true
    }

    // MARK: One access token

    private func revoke(accessToken text: String, by actor: Actor) async throws -> RevocationOutcome
    {
        let now = seams.now()
        let token: VerifiedToken
        do {
            token = try await keys.verifier(of: .access).verify(text, at: now)
        } catch let rejection as TokenRejection {
            // What nobody believes needs no revocation.
            if rejection.check == .expiry { return .unchanged(.token(text)) }
            throw TCError(
                .badInput,
                "what is to be revoked is neither a refresh token nor an access token:"
                    + " \(rejection.message)")
        }
        let claims = token.claims
        guard let tokenID = claims.tokenID, let sessionID = claims.sessionID else {
            throw TCError(.bug, "an access token was verified without 'jti' or 'sid'")
        }
        let outcome: RevocationOutcome = try await database.write { connection in
            guard let userID = try SessionRows.owner(of: sessionID, in: connection) else {
                return .notFound(.token(text))
            }
            if try RevokedTokenRows.count(of: sessionID, in: connection)
                >= SessionState.mostRevokedTokens
            {
                try self.revoke(session: sessionID, .revoked, by: actor, at: now, connection)
                return .revoked(.session(sessionID), sessions: 1)
            }
            // Kept past its end, since verifiers allow for clocks that differ.
            let isNew = try RevokedTokenRows.insert(
                tokenID, of: sessionID, until: claims.expiresAt.adding(.seconds(3600)),
                in: connection)
            guard isNew else { return .unchanged(.token(text)) }
            try self.record(
                .tokenRevoked, about: userID,
                EventData(
                    members: [
                        ("user_id", userID), ("session_id", sessionID), ("token_id", tokenID),
                    ], actor: actor), at: now, in: connection)
            return .revoked(.token(text), sessions: 0)
        }
        await forget(.session(sessionID))
        return outcome
    }

    // MARK: Many sessions

    private func revoke(userID: String, by actor: Actor) async throws -> RevocationOutcome {
        let now = seams.now()
        let outcome: RevocationOutcome = try await database.write { connection in
            guard try UserRows.find(.id(userID), in: connection) != nil else {
                return .notFound(.user(userID))
            }
            let count = try SessionRows.revokeAll(of: userID, .revoked, at: now, in: connection)
            guard count > 0 else { return .unchanged(.user(userID)) }
            let outcome = RevocationOutcome.revoked(.user(userID), sessions: count)
            try self.record(
                .sessionsRevoked, about: userID, EventData(record: outcome, actor: actor), at: now,
                in: connection)
            return outcome
        }
        await forget(.user(userID))
        return outcome
    }

    private func revokeEveryone(by actor: Actor) async throws -> RevocationOutcome {
        let now = seams.now()
        let outcome = RevocationOutcome.revoked(.everyone, sessions: nil)
        try await database.write { connection in
            try SessionRows.revokeEveryone(at: now, in: connection)
            try self.record(
                .everyoneRevoked, about: "everyone", EventData(record: outcome, actor: actor),
                at: now, in: connection)
        }
        await forget(.everyone)
        return outcome
    }
}

/// The SQL of access tokens that were revoked alone.
enum RevokedTokenRows {
    /// False where it is there.
    static func insert(
        _ id: String, of sessionID: String, until end: Instant, in connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO auth_revoked_tokens (id, session_id, expires_ms) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            """, [.text(id), .text(sessionID), .integer(end.milliseconds)]) == 1
    }

    static func count(of sessionID: String, in connection: any SQLConnection) throws -> Int {
        let count = try connection.first(
            "SELECT count(*) FROM auth_revoked_tokens WHERE session_id = $1", [.text(sessionID)]
        ) { try $0.integer(0) }
        return Int(count ?? 0)
    }
}
