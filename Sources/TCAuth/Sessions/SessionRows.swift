import TCCore
import TCStore

/// The SQL of sessions.
enum SessionRows {
    /// A session that begins.
    struct Start: Sendable {
        let id: String
        let userID: String
        let method: Session.Method
        /// Nil for the user's.
        let role: String?
        let createdAt: Instant
        /// When the first access token ends.
        let endsAt: Instant
        let mfaAt: Instant?
        let address: String
        let userAgent: String?
        let deviceID: String?
    }

    static func insert(_ start: Start, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO auth_sessions (id, user_id, method, role, generation, created_ms, ends_ms,
                mfa_ms, address, user_agent, device_id)
            VALUES ($1, $2, $3, $4, (SELECT generation FROM auth_generations WHERE id = 1), $5, $6,
                $7, $8, $9, $10)
            """,
            [
                .text(start.id), .text(start.userID), .text(start.method.text),
                SQLValue(start.role), .integer(start.createdAt.milliseconds),
                .integer(start.endsAt.milliseconds), SQLValue(start.mfaAt), .text(start.address),
                SQLValue(start.userAgent), SQLValue(start.deviceID),
            ])
    }

    /// A user's sessions, the oldest first, from the one behind `id` on.
    ///
    /// Those of an earlier generation ended when the next one began, or one after it: only the last
    /// beginning is kept.
    static func page(
        of userID: String, includingEnded: Bool, at now: Instant, after id: String, limit: Int,
        in database: any Database
    ) async throws -> [Session] {
        try await database.query(
            """
            SELECT id, user_id, method, created_ms, seen_ms, expires_ms, mfa_ms, address,
                user_agent, device_id, ended_ms, ended_why
            FROM (
                SELECT s.id, s.user_id, s.method, s.created_ms, s.mfa_ms, s.address, s.user_agent,
                    s.device_id,
                    coalesce((SELECT max(t.issued_ms) FROM auth_refresh_tokens t
                        WHERE t.session_id = s.id), s.created_ms) AS seen_ms,
                    coalesce((SELECT max(t.expires_ms) FROM auth_refresh_tokens t
                        WHERE t.session_id = s.id), s.ends_ms) AS expires_ms,
                    CASE WHEN s.revoked_ms IS NOT NULL THEN s.revoked_ms
                        WHEN s.generation < g.generation THEN g.begun_ms END AS ended_ms,
                    CASE WHEN s.revoked_ms IS NOT NULL THEN s.revoked_why
                        WHEN s.generation < g.generation THEN 'everyone' END AS ended_why
                FROM auth_sessions s, auth_generations g
                WHERE s.user_id = $1 AND s.id > $2 AND g.id = 1
            ) AS known
            WHERE $3 = 1 OR (ended_ms IS NULL AND expires_ms > $4)
            ORDER BY id LIMIT $5
            """,
            [
                .text(userID), .text(id), .integer(includingEnded ? 1 : 0),
                .integer(now.milliseconds), .integer(Int64(limit)),
            ], session)
    }

    @Sendable
    private static func session(_ row: any SQLRow) throws -> Session {
        Session(
            id: try row.text(0), userID: try row.text(1),
            method: Session.Method(text: try row.text(2)),
            createdAt: Instant(milliseconds: try row.integer(3)),
            lastSeenAt: Instant(milliseconds: try row.integer(4)),
            expiresAt: Instant(milliseconds: try row.integer(5)),
            mfaAt: try row.optionalInstant(6), address: try row.text(7),
            userAgent: try row.optionalText(8), deviceID: try row.optionalText(9),
            revokedAt: try row.optionalInstant(10),
            revokedWhy: try row.optionalText(11).flatMap(RevocationReason.init))
    }

    // MARK: Revoking

    /// Ends a session, unless it had ended; gives its user where it did so.
    static func revoke(
        _ id: String, _ reason: RevocationReason, at now: Instant, in connection: any SQLConnection
    ) throws -> String? {
        try connection.first(
            """
            UPDATE auth_sessions SET revoked_ms = $1, revoked_why = $2
            WHERE id = $3 AND revoked_ms IS NULL
                AND generation = (SELECT generation FROM auth_generations WHERE id = 1)
            RETURNING user_id
            """, [.integer(now.milliseconds), .text(reason.rawValue), .text(id)]
        ) { try $0.text(0) }
    }

    /// Ends all sessions of a user and says how many.
    @discardableResult
    static func revokeAll(
        of userID: String, _ reason: RevocationReason, at now: Instant,
        in connection: any SQLConnection
    ) throws -> Int {
        try connection.execute(
            """
            UPDATE auth_sessions SET revoked_ms = $1, revoked_why = $2
            WHERE user_id = $3 AND revoked_ms IS NULL
                AND generation = (SELECT generation FROM auth_generations WHERE id = 1)
            """, [.integer(now.milliseconds), .text(reason.rawValue), .text(userID)])
    }

    /// Ends those sessions of a user for which an operator had chosen a role.
    static func revokeWithOwnRole(
        of userID: String, at now: Instant, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE auth_sessions SET revoked_ms = $1, revoked_why = $2
            WHERE user_id = $3 AND revoked_ms IS NULL AND role IS NOT NULL
            """,
            [
                .integer(now.milliseconds), .text(RevocationReason.roleChanged.rawValue),
                .text(userID),
            ])
    }

    /// Ends everybody's sessions, however many there are.
    static func revokeEveryone(at now: Instant, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE auth_generations SET generation = generation + 1, begun_ms = $1 WHERE id = 1
            """, [.integer(now.milliseconds)])
    }

    /// Whose session it is; nil where there is none.
    static func owner(of id: String, in connection: any SQLConnection) throws -> String? {
        try connection.first("SELECT user_id FROM auth_sessions WHERE id = $1", [.text(id)]) {
            try $0.text(0)
        }
    }
}
