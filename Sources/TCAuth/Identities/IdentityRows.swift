import TCCore
import TCStore

/// The SQL of external identities.
enum IdentityRows {
    /// Whom an identity is linked to; nil for nobody.
    static func user(
        of identity: ExternalIdentity, in connection: any SQLConnection
    ) throws -> String? {
        try connection.first(
            "SELECT user_id FROM auth_identities WHERE provider = $1 AND subject = $2",
            [.text(identity.provider), .text(identity.subject)]
        ) { try $0.text(0) }
    }

    static func insert(_ link: LinkedIdentity, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO auth_identities (provider, subject, user_id, email, linked_ms)
            VALUES ($1, $2, $3, $4, $5)
            """,
            [
                .text(link.provider), .text(link.subject), .text(link.userID),
                SQLValue(link.email), .integer(link.linkedAt.milliseconds),
            ])
    }

    static func delete(
        _ provider: String, _ subject: String, of userID: String, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            DELETE FROM auth_identities WHERE provider = $1 AND subject = $2 AND user_id = $3
            """, [.text(provider), .text(subject), .text(userID)])
    }

    static func all(of userID: String, in connection: any SQLConnection) throws -> [LinkedIdentity]
    {
        try connection.query(
            """
            SELECT provider, subject, user_id, email, linked_ms FROM auth_identities
            WHERE user_id = $1 ORDER BY linked_ms, provider, subject
            """, [.text(userID)]
        ) { row in
            LinkedIdentity(
                provider: try row.text(0), subject: try row.text(1), userID: try row.text(2),
                email: try row.optionalText(3),
                linkedAt: Instant(milliseconds: try row.integer(4)))
        }
    }
}
