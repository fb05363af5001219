import TCCore
import TCCrypto
import TCStore

/// The keys that are made from the root secret, each for one purpose.
struct RootKeys: Sendable, Redacted {
    /// Seals signing keys.
    let signing: AEADKey
    /// Seals the secrets of second factors.
    let factors: AEADKey
    /// Derives the successors of refresh tokens.
    let rotation: HMACKey
    /// Seals sign-ins at other providers.
    let cookies: AEADKey
    /// Tells whether it is the right secret, and nothing else of it.
    let proof: [UInt8]

    /// - Parameter salt: of the database, so that two databases with the same key file have no key in
    ///   common.
    init(_ secret: [UInt8], salt: [UInt8]) throws(TCError) {
        func key(_ purpose: String) throws(TCError) -> [UInt8] {
            try HKDF.derive(
                from: secret, salt: salt, info: Array("tc auth \(purpose) 1".utf8),
                byteCount: AEADKey.byteCount)
        }
        signing = try AEADKey(key("signing keys"))
        factors = try AEADKey(key("second factors"))
        rotation = HMACKey(try key("refresh rotation"))
        cookies = try AEADKey(key("sign-in cookies"))
        proof = HMACKey(try key("root proof")).authenticate(salt)
    }

    /// Opens those of a database, or decides them on a new one.
    ///
    /// - Throws: `configuration` where the secret is not the database's.
    static func open(
        _ root: RootSecret, in database: any Database, scrypt: ScryptParameters, _ seams: Seams
    ) async throws -> RootKeys {
        var made: (keys: RootKeys, salt: [UInt8])?
        if try await RootRow.find(in: database) == nil {
            let salt = seams.bytes(Scrypt.saltByteCount)
            try await Workers.result { try root.prepare(seams) }
            let keys = try await keys(root, salt, scrypt)
            let row = RootRow(
                scrypt: root.isPassphrase ? scrypt : nil, salt: salt, proof: keys.proof)
            let now = seams.now()
            try await database.write { try row.insertIfFirst(at: now, in: $0) }
            made = (keys, salt)
        }
        // Another may have been first.
        guard let row = try await RootRow.find(in: database) else {
            throw TCError(.bug, "the row of the root secret is gone")
        }
        if let made, made.salt == row.salt, made.keys.proof == row.proof { return made.keys }
        return try await keys(root, row)
    }

    /// Opens those of a database; nil where none are decided. Nothing is made or changed.
    ///
    /// - Throws: `configuration` where the secret is not the database's.
    static func find(_ root: RootSecret, in database: any Database) async throws -> RootKeys? {
        guard let row = try await RootRow.find(in: database) else { return nil }
        return try await keys(root, row)
    }

    /// - Throws: `configuration` where the secret is not the row's.
    private static func keys(_ root: RootSecret, _ row: RootRow) async throws -> RootKeys {
        guard (row.scrypt != nil) == root.isPassphrase else {
            let (right, wrong) =
                root.isPassphrase
                ? ("a key file", "a passphrase") : ("a passphrase", "a key file")
            throw TCError(
                .configuration, "the keys of this database are sealed under \(right), not \(wrong)")
        }
        // The parameters are those of a passphrase; with a key file they do not matter.
        let keys = try await keys(root, row.salt, row.scrypt ?? .recommended)
        guard constantTimeEquals(keys.proof, row.proof) else {
            throw TCError(
                .configuration,
                "\(root.name) is not the one that the keys of this database are sealed under",
                hint: "use the one of the first start; all nodes need the same")
        }
        return keys
    }

    private static func keys(
        _ root: RootSecret, _ salt: [UInt8], _ scrypt: ScryptParameters
    ) async throws -> RootKeys {
        try await Workers.result { try RootKeys(root.bytes(salt: salt, scrypt), salt: salt) }
    }
}

/// What the database knows of the root secret: the one row of `auth_root`.
private struct RootRow: Sendable {
    /// How it is made from a passphrase; nil for a key file.
    let scrypt: ScryptParameters?
    let salt: [UInt8]
    let proof: [UInt8]

    static func find(in database: any Database) async throws -> RootRow? {
        try await database.query("SELECT scrypt, salt, proof FROM auth_root WHERE id = 1", []) {
            RootRow(
                scrypt: try $0.optionalText(0).map { try parameters($0) },
                salt: try $0.bytes(1), proof: try $0.bytes(2))
        }.first
    }

    @Sendable
    private static func parameters(_ text: String) throws -> ScryptParameters {
        do {
            return try ScryptParameters(phc: text[...])
        } catch {
            throw TCError(.io, "the row of the root secret cannot be read: \(error.message)")
        }
    }

    func insertIfFirst(at now: Instant, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO auth_root (id, scrypt, salt, proof, created_ms) VALUES (1, $1, $2, $3, $4)
            ON CONFLICT (id) DO NOTHING
            """,
            [SQLValue(scrypt?.phc), .bytes(salt), .bytes(proof), .integer(now.milliseconds)])
    }
}
