import TCCore
import TCCrypto
import TCWire

/// What a node knows of the keys at one time.
struct KeyView: Sendable {
    let timeline: KeyTimeline
    let material: KeyMaterial
}

/// The keys that are not retired, opened, and what is made of them. It is made again when they change,
/// and not when only their turns do.
final class KeyMaterial: Sendable, Redacted {
    /// The sealed key that each was opened from.
    fileprivate let sealed: [String: [UInt8]]
    let keys: [String: SigningKey]
    private let issuers: [String: TokenIssuer]
    /// Why keys could not be opened.
    private let damaged: [String: TCError]
    let access: TokenVerifier
    let mfa: TokenVerifier
    let jwks: String

    fileprivate init(
        _ live: [StoredKey], _ keys: [String: SigningKey], _ damaged: [String: TCError],
        _ settings: KeySettings, _ seams: Seams
    ) {
        sealed = KeyMaterial.sealed(live)
        self.keys = keys
        self.damaged = damaged
        issuers = keys.reduce(into: [:]) { issuers, key in
            var issuer = TokenIssuer(
                key.value, keyID: key.key, issuer: settings.issuer, audience: [settings.audience],
                seams: seams)
            issuer.accessLifetime = settings.accessLifetime
            issuer.mfaLifetime = settings.mfaLifetime
            issuers[key.key] = issuer
        }
        let verifying = TokenKeys(
            keys.mapValues(\.verificationKey), unusable: damaged.mapValues(\.message))
        func rules(_ kind: TokenKind) -> TokenRules {
            TokenRules(kind, issuer: settings.issuer, audience: settings.audience)
        }
        access = TokenVerifier(
            verifying, rules(.access), rememberedTokens: settings.rememberedTokens)
        // Each is seen once or twice.
        mfa = TokenVerifier(verifying, rules(.mfa))
        // Of the keys as they were sealed: what stood beside them in the clear, whoever can write to
        // the database could exchange.
        let published = live.compactMap { row -> JWK? in
            guard let key = keys[row.kid], let parts = key.parts.publicParts else { return nil }
            return JWK(parts, keyID: row.kid, algorithm: key.algorithm.rawValue)
        }
        var writer = JSONWriter()
        JWKSet(published).writePublic(to: &writer)
        jwks = writer.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    fileprivate static func sealed(_ live: [StoredKey]) -> [String: [UInt8]] {
        live.reduce(into: [:]) { $0[$1.kid] = $1.sealed ?? [] }
    }

    /// Throws `.io` where the key could not be opened.
    func issuer(_ kid: String) throws(TCError) -> TokenIssuer {
        if let issuer = issuers[kid] { return issuer }
        throw damaged[kid] ?? TCError(.bug, "the key '\(kid)' was not opened")
    }
}

/// Opens sealed keys.
struct KeyMaterialMaker: Sendable {
    let settings: KeySettings
    let sealing: AEADKey
    let seams: Seams

    /// Without keys.
    var none: KeyMaterial { KeyMaterial([], [:], [:], settings, seams) }

    /// - Parameter known: is given again where the keys are the same; else keys that it has are not
    ///   opened again.
    func make(_ timeline: KeyTimeline, like known: KeyMaterial) -> KeyMaterial {
        let live = timeline.live
        let sealed = KeyMaterial.sealed(live)
        if sealed == known.sealed { return known }
        var keys: [String: SigningKey] = [:]
        var damaged: [String: TCError] = [:]
        for row in live {
            if let key = known.keys[row.kid], known.sealed[row.kid] == sealed[row.kid] {
                keys[row.kid] = key
                continue
            }
            do {
                keys[row.kid] = try SealedKey.open(row, with: sealing)
            } catch {
                damaged[row.kid] = error
            }
        }
        return KeyMaterial(live, keys, damaged, settings, seams)
    }
}

/// A signing key as it is kept: sealed, and bound to its name and algorithm, so that no row can be given
/// another's.
enum SealedKey {
    private static func purpose(_ kid: String, _ algorithm: SignatureAlgorithm) -> [UInt8] {
        Array("tc auth signing key 1 \(algorithm.rawValue) \(kid)".utf8)
    }

    static func seal(
        _ key: SigningKey, kid: String, with sealing: AEADKey, _ seams: Seams
    ) throws(TCError) -> [UInt8] {
        try sealing.seal(
            key.encoded, nonce: seams.bytes(AEADKey.nonceByteCount),
            associatedData: purpose(kid, key.algorithm))
    }

    /// - Throws: `io`: what everything is sealed under is known to be right by then.
    static func open(_ row: StoredKey, with sealing: AEADKey) throws(TCError) -> SigningKey {
        do {
            let encoded = try sealing.open(
                row.sealed ?? [], associatedData: purpose(row.kid, row.algorithm))
            return try SigningKey(encoded: encoded, algorithm: row.algorithm)
        } catch {
            throw TCError(
                .io,
                "the sealed signing key '\(row.kid)' cannot be opened: its row in the database was"
                    + " changed",
                hint: "restore the row, or make another key and retire this one by force")
        }
    }
}

/// A key that was just made, with its name.
struct NewKey: Sendable, Redacted {
    let kid: String
    let key: SigningKey

    /// Takes a second for RS256, on a thread of its own.
    init(_ algorithm: SignatureAlgorithm, _ seams: Seams) async throws {
        (kid, key) = try await Workers.result {
            while true {
                let key = try SigningKey.generate(algorithm)
                // The hash of a secret would let guesses at it be checked.
                let kid =
                    if algorithm.isSymmetric { Identifier.make("key", seams) } else {
                        try JWK(publishing: key).thumbprint
                    }
                // One in 64 would read as a flag where an operator names it.
                if !kid.hasPrefix("-") { return (kid, key) }
            }
        }
    }
}
