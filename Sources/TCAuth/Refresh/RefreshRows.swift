import TCCore
import TCStore

/// The SQL of refresh tokens.
enum RefreshRows {
    /// A successor and whose it is.
    struct Rotated: Sendable, Equatable {
        let sessionID: String
        let userID: String
        let role: String
        let expiresAt: Instant
    }

    /// What became of a token that could not be rotated.
    struct Known: Sendable {
        let sessionID: String
        let userID: String
        let role: String
        let expiresAt: Instant
        /// Its session was revoked or its user is disabled.
        let isRevoked: Bool
        let successor: Successor?
    }

    struct Successor: Sendable {
        let digest: [UInt8]
        let issuedAt: Instant
        let expiresAt: Instant
    }

    static func insertFirst(
        _ digest: [UInt8], of sessionID: String, issuedAt: Instant, expiresAt: Instant,
        in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO auth_refresh_tokens (digest, session_id, issued_ms, expires_ms)
            VALUES ($1, $2, $3, $4)
            """,
            [
                .bytes(digest), .text(sessionID), .integer(issuedAt.milliseconds),
                .integer(expiresAt.milliseconds),
            ])
    }

    /// The rotation, all of it in one statement: puts the successor beside the token if that is live,
    /// its session goes on, its user is not disabled and nobody has rotated it before; else nil.
    ///
    /// Of any number of rotations of one token exactly one inserts, because `parent` is unique. The
    /// losers change nothing, so that they do not make each other begin anew.
    static func rotate(
        _ digest: [UInt8], to successor: [UInt8], at now: Instant, expiresAt: Instant,
        in connection: any SQLConnection
    ) throws -> Rotated? {
        let sessionID = try connection.first(
            """
            INSERT INTO auth_refresh_tokens (digest, parent, session_id, issued_ms, expires_ms)
            SELECT $1, t.digest, t.session_id, $2, $3
            FROM auth_refresh_tokens t
            JOIN auth_sessions s ON s.id = t.session_id
            JOIN auth_users u ON u.id = s.user_id
            WHERE t.digest = $4 AND t.expires_ms > $2 AND u.disabled_ms IS NULL
                AND s.revoked_ms IS NULL
                AND s.generation = (SELECT generation FROM auth_generations WHERE id = 1)
            ON CONFLICT DO NOTHING
            RETURNING session_id
            """,
            [
                .bytes(successor), .integer(now.milliseconds), .integer(expiresAt.milliseconds),
                .bytes(digest),
            ]
        ) { try $0.text(0) }
        guard let sessionID else { return nil }
        // A statement of its own: in RETURNING, SQLite would walk the table of sessions for it.
        return try connection.first(
            """
            SELECT s.user_id, coalesce(s.role, u.role) FROM auth_sessions s
            JOIN auth_users u ON u.id = s.user_id WHERE s.id = $1
            """, [.text(sessionID)]
        ) { row in
            Rotated(
                sessionID: sessionID, userID: try row.text(0), role: try row.text(1),
                expiresAt: expiresAt)
        }
    }

    /// What is known of a token; nil where there is none.
    static func find(_ digest: [UInt8], in connection: any SQLConnection) throws -> Known? {
        try connection.first(
            """
            SELECT s.id, s.user_id, coalesce(s.role, u.role), t.expires_ms,
                CASE WHEN s.revoked_ms IS NULL AND u.disabled_ms IS NULL
                    AND s.generation = (SELECT generation FROM auth_generations WHERE id = 1)
                    THEN 0 ELSE 1 END,
                n.digest, n.issued_ms, n.expires_ms
            FROM auth_refresh_tokens t
            JOIN auth_sessions s ON s.id = t.session_id
            JOIN auth_users u ON u.id = s.user_id
            LEFT JOIN auth_refresh_tokens n ON n.parent = t.digest
            WHERE t.digest = $1
            """, [.bytes(digest)]
        ) { row in
            var successor: Successor?
            if let digest = try row.optionalBytes(5) {
                successor = Successor(
                    digest: digest, issuedAt: Instant(milliseconds: try row.integer(6)),
                    expiresAt: Instant(milliseconds: try row.integer(7)))
            }
            return Known(
                sessionID: try row.text(0), userID: try row.text(1), role: try row.text(2),
                expiresAt: Instant(milliseconds: try row.integer(3)),
                isRevoked: try row.integer(4) == 1, successor: successor)
        }
    }

    /// Whose session a token belongs to; nil where there is none.
    static func session(of digest: [UInt8], in connection: any SQLConnection) throws -> String? {
        try connection.first(
            "SELECT session_id FROM auth_refresh_tokens WHERE digest = $1", [.bytes(digest)]
        ) { try $0.text(0) }
    }
}
