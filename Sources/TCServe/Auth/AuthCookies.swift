import TCAuth
import TCCore

/// The cookies of the auth service: what a browser keeps and no script sees.
///
/// The prefix `__Secure-` has the browser itself refuse one that came without TLS or without `Secure`,
/// so that nobody on the way can plant one (RFC 6265bis, section 4.1.3).
struct AuthCookies: Sendable {
    /// Where the refresh token is used; the cookie goes nowhere else.
    static let refreshPath = "/v1/auth/refresh"
    /// All routes that end a login: with a password, a second factor or an identity elsewhere.
    private static let devicePath = "/v1/auth"
    /// The longest that browsers keep a cookie (RFC 6265bis, section 5.5).
    private static let deviceLifetime = Duration.seconds(400 * 86_400)

    private let isSecure: Bool

    init(isSecure: Bool) { self.isSecure = isSecure }

    /// Holds the refresh token.
    var refreshName: String { name("tc_refresh") }
    /// Holds what tells a user's devices from strangers; it opens nothing.
    var deviceName: String { name("tc_device") }
    /// Holds a sign-in at a provider that is under way, sealed.
    var attemptName: String { name("tc_sign_in") }

    private func name(_ name: String) -> String { isSecure ? "__Secure-\(name)" : name }

    func refresh(_ token: RefreshToken, issuedAt: Instant) -> Cookie {
        let left = token.expiresAt.milliseconds - issuedAt.milliseconds
        return Cookie(
            refreshName, token.text, path: AuthCookies.refreshPath, maxAge: .milliseconds(left),
            isSecure: isSecure)
    }

    var droppingRefresh: Cookie {
        .dropping(refreshName, path: AuthCookies.refreshPath, isSecure: isSecure)
    }

    /// `Lax`, since the way back from a provider is a navigation from another site: with `Strict` each
    /// sign-in there would look like one from a new device. Requests by which another site could
    /// change anything do not carry it either way.
    func device(_ token: String) -> Cookie {
        Cookie(
            deviceName, token, path: AuthCookies.devicePath, maxAge: AuthCookies.deviceLifetime,
            sameSite: .lax, isSecure: isSecure)
    }

    /// `Lax` for the same reason.
    func attempt(_ redirect: SignInRedirect, provider: String) -> Cookie {
        Cookie(
            attemptName, redirect.cookie, path: AuthCookies.callbackPath(provider),
            maxAge: redirect.lifetime, sameSite: .lax, isSecure: isSecure)
    }

    func droppingAttempt(provider: String) -> Cookie {
        .dropping(attemptName, path: AuthCookies.callbackPath(provider), isSecure: isSecure)
    }

    /// Where a provider sends browsers back to.
    static func callbackPath(_ provider: String) -> String {
        "/v1/auth/oauth2/\(provider)/callback"
    }
}
