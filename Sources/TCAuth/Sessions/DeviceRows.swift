import TCCore
import TCCrypto
import TCStore
import TCWire

/// Devices from which a user has logged in, each known by a secret that it was given then.
///
/// The secret opens nothing: it tells the owner's devices from strangers, for the guessing guard and
/// for whoever wants to hear of new ones.
enum DeviceRows {
    /// Devices of a user that are kept; past it the one not used for longest is forgotten.
    static let mostPerUser = 20
    private static let prefix = "dt_"

    /// The secret of a new device: 256 random bits.
    static func newToken(_ seams: Seams) -> String { prefix + Base64URL.encode(seams.bytes(32)) }

    /// What is kept of a token; no digest at all for what cannot be one.
    static func digest(of token: String?) -> [UInt8] {
        guard let token, token.hasPrefix(prefix), token.utf8.count <= 64 else { return [] }
        return Digest.sha256.hash(Array(token.utf8))
    }

    /// Notes a login of the device with this token and gives its id; nil where the user has none.
    static func noteLogin(
        _ token: String?, of userID: String, at now: Instant, in connection: any SQLConnection
    ) throws -> String? {
        try connection.first(
            """
            UPDATE auth_devices SET login_ms = $1 WHERE user_id = $2 AND digest = $3 RETURNING id
            """, [.integer(now.milliseconds), .text(userID), .bytes(digest(of: token))]
        ) { try $0.text(0) }
    }

    /// Keeps a new device.
    static func insert(
        _ id: String, token: String, of userID: String, at now: Instant,
        in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            DELETE FROM auth_devices WHERE id IN (
                SELECT id FROM auth_devices WHERE user_id = $1
                ORDER BY login_ms DESC, id DESC LIMIT 1000 OFFSET \(mostPerUser - 1))
            """, [.text(userID)])
        try connection.execute(
            "INSERT INTO auth_devices (id, user_id, digest, login_ms) VALUES ($1, $2, $3, $4)",
            [
                .text(id), .text(userID), .bytes(digest(of: token)), .integer(now.milliseconds),
            ])
    }
}
