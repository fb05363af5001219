import TCAuth
import TCCore
import TCCrypto
import TCWire

/// 2027-01-15T08:00:00Z: the clock of these tests unless one says otherwise.
let testNow = Instant(milliseconds: 1_800_000_000_000)

/// A clock that stands still, and numbers that only count up.
func testSeams(at now: Instant = testNow) -> Seams {
    Seams(now: { now }, uptime: { 0 }, random: { 0x0123_4567_89AB_CDEF })
}

/// An issuer and the keys that verify its tokens.
struct TokenFixture {
    let key: SigningKey
    let keyID = "k1"
    let issuer: TokenIssuer
    let keys: TokenKeys

    static let name = "https://auth.example"

    init(_ algorithm: SignatureAlgorithm = .es256) throws {
        key = try SigningKey.generate(algorithm)
        issuer = TokenIssuer(
            key, keyID: keyID, issuer: TokenFixture.name, audience: ["tc"], seams: testSeams())
        let published = JWK(
            key.parts.publicParts ?? key.parts, keyID: keyID, algorithm: algorithm.rawValue)
        keys = try TokenKeys(JWKSet([published]))
    }

    func verifier(_ kind: TokenKind = .access, rememberedTokens: Int = 0) -> TokenVerifier {
        TokenVerifier(
            keys, TokenRules(kind, issuer: TokenFixture.name, audience: "tc"),
            rememberedTokens: rememberedTokens)
    }

    func access() -> IssuedToken {
        issuer.access(subject: "usr_1", role: "driver", sessionID: "ses_1")
    }

    /// A token with this header and payload, signed by the key whatever they say.
    func token(header: String, payload: String) -> String {
        let text =
            Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
        return text + "." + Base64URL.encode(key.sign(Array(text.utf8)))
    }

    /// A token whose claims are those of a good access token but for some.
    ///
    /// - Parameter changes: the text of each value; nil leaves the claim out.
    func token(
        header: String = #"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#,
        _ changes: [String: String?] = [:]
    ) -> String {
        let seconds = testNow.milliseconds / 1000
        var claims: [String: String] = [
            "user_id": #""usr_1""#, "role": #""driver""#, "sub": #""usr_1""#, "sid": #""ses_1""#,
            "jti": #""tok_1""#, "iss": "\"\(TokenFixture.name)\"", "aud": #""tc""#,
            "iat": "\(seconds)", "nbf": "\(seconds)", "exp": "\(seconds + 86_400)",
        ]
        for (name, value) in changes { claims[name] = value }
        let members = claims.map { "\"\($0.key)\":\($0.value)" }.sorted()
        return token(header: header, payload: "{\(members.joined(separator: ","))}")
    }
}

/// The check that refuses a token; nil where it is believed.
func refusal(
    _ verifier: TokenVerifier, _ token: String, at now: Instant = testNow
) -> TokenCheck? {
    do throws(TokenRejection) {
        _ = try verifier.verify(token, at: now)
        return nil
    } catch {
        return error.check
    }
}
