import TCCore
import TCStore

/// What online verification asks of the database about a session.
struct SessionState: Sendable, Equatable {
    let userID: String
    /// What access tokens of it say now.
    let role: String
    let isRevoked: Bool
    let isDisabled: Bool
    /// Those of its access tokens that were revoked alone and have not expired.
    let revokedTokens: Set<String>

    /// Revoked tokens of one session that are kept; past it the session itself is revoked, so that
    /// nobody can make the list long.
    static let mostRevokedTokens = 100

    /// Why an access token of the session is not to be believed; nil where it is.
    func objection(to claims: TokenClaims) -> (reason: String, message: String)? {
        if claims.subject != userID {
            return ("unknown_session", "the session is another user's")
        }
        if isDisabled { return ("user_disabled", "the user is disabled") }
        if isRevoked { return ("session_revoked", "the session was revoked") }
        if claims.tokenID.map(revokedTokens.contains) ?? true {
            return ("token_revoked", "the token was revoked")
        }
        if claims.role != role {
            return ("role_changed", "the user's role is '\(role)' now; refresh to get a new token")
        }
        return nil
    }

    /// Nil where there is no such session (any more).
    static func find(
        _ sessionID: String, at now: Instant, in database: any Database
    ) async throws -> SessionState? {
        let rows = try await database.query(
            """
            SELECT s.user_id, coalesce(s.role, u.role),
                CASE WHEN s.revoked_ms IS NULL
                    AND s.generation = (SELECT generation FROM auth_generations WHERE id = 1)
                    THEN 0 ELSE 1 END,
                CASE WHEN u.disabled_ms IS NULL THEN 0 ELSE 1 END, r.id
            FROM auth_sessions s
            JOIN auth_users u ON u.id = s.user_id
            LEFT JOIN auth_revoked_tokens r ON r.session_id = s.id AND r.expires_ms > $2
            WHERE s.id = $1
            """, [.text(sessionID), .integer(now.milliseconds)]
        ) { row in
            (
                state: SessionState(
                    userID: try row.text(0), role: try row.text(1),
                    isRevoked: try row.integer(2) == 1, isDisabled: try row.integer(3) == 1,
                    revokedTokens: []), token: try row.optionalText(4)
            )
        }
        guard let first = rows.first?.state else { return nil }
        return SessionState(
            userID: first.userID, role: first.role, isRevoked: first.isRevoked,
            isDisabled: first.isDisabled, revokedTokens: Set(rows.compactMap(\.token)))
    }
}
