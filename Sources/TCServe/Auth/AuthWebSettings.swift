import TCAuth
import TCCore

/// What an operator chooses for the routes of the auth service.
public struct AuthWebSettings: Sendable {
    /// Where browsers and other services reach this daemon, without a slash at the end:
    /// `https://auth.example.com`. Providers send browsers back to an address below it.
    public var publicURL: String
    /// `iss` of the tokens, as the keys have it; as a rule the public URL itself.
    public var issuer: String
    /// Whether cookies go over TLS only. False only where browsers speak to the daemon without TLS,
    /// on a machine of one's own.
    public var hasSecureCookies = true
    /// Which accounts identities at other providers open.
    public var linking = AccountLinking.Rules()
    /// How often what means nothing any more is removed.
    public var pruneInterval = Duration.seconds(300)

    /// The rest as above.
    ///
    /// - Parameter issuer: nil for the public URL.
    public init(publicURL: String, issuer: String? = nil) {
        self.publicURL = publicURL
        self.issuer = issuer ?? publicURL
    }
}
