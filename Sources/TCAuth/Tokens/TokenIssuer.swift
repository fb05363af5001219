import TCCore
import TCCrypto
import TCWire

/// A token as it is handed out, and what it says.
public struct IssuedToken: Sendable {
    /// The token itself, a secret of whoever it is for.
    public let text: String
    public let claims: TokenClaims
}

/// Makes tokens with one key; any number of threads may use it at once.
public struct TokenIssuer: Sendable {
    /// How long an access token is valid; whole seconds count.
    public var accessLifetime = Duration.seconds(24 * 3600)
    /// How long there is time for the second factor; whole seconds count.
    public var mfaLifetime = Duration.seconds(5 * 60)

    private let key: SigningKey
    private let issuer: String
    private let audience: [String]
    private let seams: Seams
    /// Headers in base64url with the dot behind, which are the same in each token.
    private let accessHeader: [UInt8]
    private let mfaHeader: [UInt8]

    /// - Parameters:
    ///   - keyID: under which verifiers know the key.
    ///   - issuer: who issues, a URL as a rule.
    ///   - audience: whom the tokens are for; not empty.
    public init(
        _ key: SigningKey, keyID: String, issuer: String, audience: [String], seams: Seams
    ) {
        precondition(!audience.isEmpty, "a token is for somebody")
        self.key = key
        self.issuer = issuer
        self.audience = audience
        self.seams = seams
        accessHeader = JWS.header(key.algorithm, keyID: keyID, type: TokenKind.access.type)
        mfaHeader = JWS.header(key.algorithm, keyID: keyID, type: TokenKind.mfa.type)
    }

    /// An access token.
    public func access(subject: String, role: String, sessionID: String) -> IssuedToken {
        var claims = claims(subject, lasting: accessLifetime)
        claims.role = role
        claims.sessionID = sessionID
        return issue(claims, .access)
    }

    /// A token that lets a user who has shown the first factor show the second.
    ///
    /// - Parameter passwordSetAt: when the user's password was set; nil where there is none.
    public func mfa(subject: String, passwordSetAt: Instant? = nil) -> IssuedToken {
        var claims = claims(subject, lasting: mfaLifetime)
        claims.passwordSetAt = passwordSetAt
        return issue(claims, .mfa)
    }

    private func claims(_ subject: String, lasting lifetime: Duration) -> TokenClaims {
        // Whole seconds, as tokens have them, so that claims equal what is read back.
        let now = Instant(milliseconds: seams.now().milliseconds / 1000 * 1000)
        return TokenClaims(
            issuer: issuer, subject: subject, audience: audience, issuedAt: now, notBefore: now,
            expiresAt: Instant(milliseconds: now.milliseconds + lifetime.components.seconds * 1000),
            tokenID: Identifier.make("tok", seams))
    }

    private func issue(_ claims: TokenClaims, _ kind: TokenKind) -> IssuedToken {
        var writer = JSONWriter()
        claims.write(to: &writer, as: kind)
        let header = kind == .access ? accessHeader : mfaHeader
        let text = writer.withBytes { JWS.sign($0, header: header, with: key) }
        return IssuedToken(text: text, claims: claims)
    }
}
