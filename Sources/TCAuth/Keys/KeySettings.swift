import TCCore
import TCCrypto

/// What an operator may choose of keys and of the tokens that they sign.
public struct KeySettings: Sendable {
    /// What new keys are for: ES256, EdDSA, RS256 or HS256. A key of HS256 is never published, so only
    /// this service verifies what it signs.
    public var algorithm = SignatureAlgorithm.es256
    /// `iss` of tokens: a URL as a rule.
    public var issuer: String
    /// `aud` of tokens.
    public var audience: String
    /// How long an access token is valid; whole seconds count.
    public var accessLifetime = Duration.seconds(24 * 3600)
    /// How long there is time for the second factor; whole seconds count.
    public var mfaLifetime = Duration.seconds(5 * 60)
    /// How long a new key is published before it signs: as long as others may keep the key set, so
    /// that they know it by then. It is the `max-age` to publish the set with.
    public var overlap = Duration.seconds(10 * 60)
    /// Of how many access tokens a verifier keeps the outcome; see `TokenVerifier`.
    public var rememberedTokens = 10_000
    /// How old what is known of the keys may be, while the database answers.
    public var refreshInterval = Duration.seconds(1)
    /// How dear a guess at a passphrase is, where one is used for the first time.
    public var scrypt = ScryptParameters.recommended

    /// The defaults, for an issuer and an audience.
    public init(issuer: String, audience: String) {
        self.issuer = issuer
        self.audience = audience
    }

    /// The longest that a token of these settings is valid.
    var longestLifetime: Duration { max(accessLifetime, mfaLifetime) }

    /// The algorithms that keys are made for.
    public static let algorithms: [SignatureAlgorithm] = [.es256, .eddsa, .rs256, .hs256]

    /// Throws `.configuration` for a value that cannot be meant.
    func check() throws(TCError) {
        try KeySettings.check(algorithm)
        for (what, text) in [("issuer", issuer), ("audience", audience)] where text.isEmpty {
            throw TCError(.configuration, "the \(what) of tokens must not be empty")
        }
        let hour = Duration.seconds(3600)
        let day = hour * 24
        for (what, range, got) in [
            ("the life of access tokens", .seconds(60)...day * 366, accessLifetime),
            ("the time for the second factor", .seconds(30)...hour, mfaLifetime),
            ("the age of keys", .milliseconds(10)...KeyTimeline.stalest, refreshInterval),
            // Shorter, and a node would see tokens of a key that it has not read yet.
            ("the overlap of keys", refreshInterval...day * 30, overlap),
        ] as [(String, ClosedRange<Duration>, Duration)] where !range.contains(got) {
            throw TCError(
                .configuration,
                "\(what) must be \(range.lowerBound.text) to \(range.upperBound.text),"
                    + " got \(got.text)")
        }
        guard (0...10_000_000).contains(rememberedTokens) else {
            throw TCError(
                .configuration,
                "the number of remembered tokens must be 0 to 10000000, got \(rememberedTokens)")
        }
    }

    static func check(_ algorithm: SignatureAlgorithm) throws(TCError) {
        guard algorithms.contains(algorithm) else {
            throw TCError(
                .configuration,
                "the algorithm of signing keys must be"
                    + " \(algorithms.map(\.rawValue).joined(separator: ", ")),"
                    + " got \(algorithm.rawValue)")
        }
    }
}
