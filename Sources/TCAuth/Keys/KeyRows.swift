import TCCore
import TCCrypto
import TCStore

/// The SQL of signing keys. There are few rows, since each took an operator.
enum KeyRows {
    private static let select = """
        SELECT kid, number, algorithm, sealed, created_ms, signs_from_ms, longest_ms, retired_ms
        FROM auth_keys
        """

    static func all(in database: any Database) async throws -> [StoredKey] {
        try await database.query(select, [], key)
    }

    static func all(in connection: any SQLConnection) throws -> [StoredKey] {
        try connection.query(select, key)
    }

    @Sendable
    private static func key(_ row: any SQLRow) throws -> StoredKey {
        let (kid, name) = (try row.text(0), try row.text(2))
        guard let algorithm = SignatureAlgorithm(rawValue: name) else {
            throw TCError(
                .configuration,
                "the key '\(kid)' is for '\(name)', which this release does not know",
                hint: "use the newer release of tc that made it")
        }
        return StoredKey(
            kid: kid, number: try row.integer(1), algorithm: algorithm,
            sealed: try row.optionalBytes(3),
            createdAt: Instant(milliseconds: try row.integer(4)),
            signsFrom: Instant(milliseconds: try row.integer(5)),
            longestLifetime: .milliseconds(try row.integer(6)),
            retiredAt: try row.optionalInstant(7))
    }

    static func insert(_ key: StoredKey, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO auth_keys
                (kid, number, algorithm, sealed, created_ms, signs_from_ms, longest_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .text(key.kid), .integer(key.number), .text(key.algorithm.rawValue),
                SQLValue(key.sealed), .integer(key.createdAt.milliseconds),
                .integer(key.signsFrom.milliseconds),
                .integer(key.longestLifetime.milliseconds),
            ])
    }

    /// Says that tokens of a key may last so long, before one of them is signed.
    static func raise(
        _ kid: String, to lifetime: Duration, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE auth_keys SET longest_ms = $2
            WHERE kid = $1 AND longest_ms < $2 AND retired_ms IS NULL
            """, [.text(kid), .integer(lifetime.milliseconds)])
    }

    /// The private key goes too: nobody needs it any more.
    static func retire(_ kid: String, at now: Instant, in connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE auth_keys SET retired_ms = $2, sealed = NULL WHERE kid = $1",
            [.text(kid), .integer(now.milliseconds)])
    }

    static func setSigning(
        _ kid: String, from now: Instant, in connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE auth_keys SET signs_from_ms = $2 WHERE kid = $1",
            [.text(kid), .integer(now.milliseconds)])
    }
}
