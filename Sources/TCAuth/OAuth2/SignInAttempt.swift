import TCCore
import TCCrypto
import TCWire

/// A sign-in at a provider that was begun and has not come back yet.
///
/// It travels in a cookie of the browser that began it, sealed, and nothing of it is kept here: what
/// comes back without that cookie was not begun by this browser.
struct SignInAttempt: Sendable, Redacted {
    let provider: String
    /// Comes back with the code, which proves that the answer belongs to this attempt.
    let state: String
    /// Comes back inside the id token, which proves that the token was made for this attempt.
    let nonce: String
    /// Proves to the token endpoint that whoever has the code also began (PKCE, RFC 7636).
    let verifier: String
    /// Where the provider sends the browser.
    let redirectURI: String
    let expiresAt: Instant

    /// How long a user has at the provider.
    static let lifetime = Duration.seconds(600)
    /// What is sealed is bound to this, so that nothing else sealed with the key is taken for it.
    private static let purpose = Array("tc auth oauth2 attempt 1".utf8)
    /// The longest cookie that is looked at; with the longest redirect URI one has some 3,200 bytes.
    private static let mostCookieBytes = 4_096

    init(_ provider: String, redirectURI: String, _ seams: Seams) {
        self.provider = provider
        // 256 bits each; a verifier must have 43 characters at least.
        state = Base64URL.encode(seams.bytes(32))
        nonce = Base64URL.encode(seams.bytes(32))
        verifier = Base64URL.encode(seams.bytes(32))
        self.redirectURI = redirectURI
        expiresAt = Instant(
            milliseconds: seams.now().milliseconds + SignInAttempt.lifetime.milliseconds)
    }

    /// The verifier's SHA-256, which the provider keeps with the code (method S256).
    var challenge: String { SignInAttempt.challenge(of: verifier) }

    static func challenge(of verifier: String) -> String {
        Base64URL.encode(Digest.sha256.hash(Array(verifier.utf8)))
    }

    /// The value of the cookie.
    func sealed(with key: AEADKey, _ seams: Seams) throws(TCError) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [
            ("provider", provider), ("state", state), ("nonce", nonce), ("verifier", verifier),
            ("redirect_uri", redirectURI),
        ] as [(StaticString, String)] {
            writer.key(name)
            writer.string(value)
        }
        writer.key("expires_at")
        writer.int(expiresAt.milliseconds)
        writer.endObject()
        let sealed = try key.seal(
            writer.bytes, nonce: seams.bytes(AEADKey.nonceByteCount),
            associatedData: SignInAttempt.purpose)
        return Base64URL.encode(sealed)
    }

    /// Opens a cookie.
    ///
    /// Throws `.badInput` where it is not one of ours, was changed, or is too old.
    init(cookie: String, key: AEADKey, at now: Instant) throws(TCError) {
        let refused = TCError(
            .badInput, "the sign-in cookie is missing or not one of this service",
            hint: "begin the sign-in again, with cookies allowed")
        guard cookie.utf8.count <= SignInAttempt.mostCookieBytes,
            let sealed = Base64URL.decode(cookie)
        else { throw refused }
        let object: JSONObject
        do {
            let bytes = try key.open(sealed, associatedData: SignInAttempt.purpose)
            object = try JOSEText.object(json: bytes, "cookie")
        } catch {
            throw refused
        }
        guard let provider = object["provider"]?.string, let state = object["state"]?.string,
            let nonce = object["nonce"]?.string, let verifier = object["verifier"]?.string,
            let redirectURI = object["redirect_uri"]?.string,
            let expiresAt = object["expires_at"]?.number?.int64
        else { throw refused }
        self.provider = provider
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.redirectURI = redirectURI
        self.expiresAt = Instant(milliseconds: expiresAt)
        guard now < self.expiresAt else {
            throw TCError(
                .badInput, "the sign-in was begun more than \(SignInAttempt.lifetime.text) ago",
                hint: "begin it again")
        }
    }
}
