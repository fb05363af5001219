import TCCore
import TCStore

/// The SQL of second factors.
enum MFARows {
    /// Begins an enrolment in place of one that was not confirmed; false where one is in force.
    static func enroll(
        _ userID: String, _ secret: [UInt8], at now: Instant, in connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO auth_mfa (user_id, secret, begun_ms) VALUES ($1, $2, $3)
            ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret,
                begun_ms = excluded.begun_ms
            WHERE auth_mfa.confirmed_ms IS NULL
            """, [.text(userID), .bytes(secret), .integer(now.milliseconds)]) == 1
    }

    /// Puts the enrolment with this secret in force; false where it is not the one that waits for it.
    static func confirm(
        _ userID: String, _ secret: [UInt8], step: Int64, at now: Instant,
        in connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE auth_mfa SET confirmed_ms = $1, last_step = $2
            WHERE user_id = $3 AND secret = $4 AND confirmed_ms IS NULL
            """,
            [.integer(now.milliseconds), .integer(step), .text(userID), .bytes(secret)]) == 1
    }

    /// Uses up the code of a step; false where it, or a later one, has been used.
    static func use(
        _ userID: String, _ secret: [UInt8], step: Int64, in connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE auth_mfa SET last_step = $1
            WHERE user_id = $2 AND secret = $3 AND confirmed_ms IS NOT NULL
                AND (last_step IS NULL OR last_step < $1)
            """, [.integer(step), .text(userID), .bytes(secret)]) == 1
    }

    /// Uses up a recovery code; false where the user has none with this digest.
    static func use(
        _ userID: String, recoveryCode digest: [UInt8], in connection: any SQLConnection
    ) throws -> Bool {
        try connection.execute(
            "DELETE FROM auth_recovery_codes WHERE user_id = $1 AND digest = $2",
            [.text(userID), .bytes(digest)]) == 1
    }

    static func replaceRecoveryCodes(
        _ userID: String, _ digests: [[UInt8]], in connection: any SQLConnection
    ) throws {
        try connection.execute(
            "DELETE FROM auth_recovery_codes WHERE user_id = $1", [.text(userID)])
        try connection.execute(
            "INSERT INTO auth_recovery_codes (user_id, digest) VALUES ($1, $2)",
            batch: digests.map { [.text(userID), .bytes($0)] })
    }

    /// False where there was none, in force or begun.
    static func delete(_ userID: String, in connection: any SQLConnection) throws -> Bool {
        try connection.execute(
            "DELETE FROM auth_recovery_codes WHERE user_id = $1", [.text(userID)])
        return try connection.execute("DELETE FROM auth_mfa WHERE user_id = $1", [.text(userID)])
            == 1
    }

    /// Puts a second factor in force that was so elsewhere.
    static func insertConfirmed(
        _ userID: String, _ secret: [UInt8], at now: Instant, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO auth_mfa (user_id, secret, begun_ms, confirmed_ms) VALUES ($1, $2, $3, $3)
            """, [.text(userID), .bytes(secret), .integer(now.milliseconds)])
    }

    static func isConfirmed(_ userID: String, in connection: any SQLConnection) throws -> Bool {
        let count = try connection.first(
            "SELECT count(*) FROM auth_mfa WHERE user_id = $1 AND confirmed_ms IS NOT NULL",
            [.text(userID)]
        ) { try $0.integer(0) }
        return count == 1
    }
}
