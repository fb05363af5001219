import TCAuth
import TCCore

/// The auth service behind HTTP: `tc serve auth`.
///
/// ```swift
/// let auth = try AuthService(
///     database: database, cache: cache, keys: keys, seams: seams, tell: AuthLog.telling(log))
/// let service = AuthWebService.make(
///     auth, AuthWebSettings(publicURL: "https://auth.example.com"), jwks: keys.jwks,
///     providers: providers, metrics: metrics, log: log
/// ) {
///     await cache.close()
///     await database.close()
/// }
/// ```
public enum AuthWebService {
    /// The service's routes, checks and background work, with who may use them and how often.
    ///
    /// - Parameters:
    ///   - jwks: the public keys as a JWK Set (RFC 7517), as they are now; asked for each request
    ///     for them.
    ///   - providers: who else tells who somebody is; nil for nobody.
    ///   - metrics: where logins and refreshes are counted; those of the server.
    ///   - close: puts the engines of `auth` away.
    public static func make(
        _ auth: AuthService, _ settings: AuthWebSettings,
        jwks: @escaping @Sendable () async throws -> [UInt8], providers: OAuth2Client? = nil,
        metrics: Metrics, log: ServerLog, close: @escaping @Sendable () async -> Void = {}
    ) -> WebService {
        let routes = AuthRoutes(
            auth: auth, settings: settings,
            cookies: AuthCookies(isSecure: settings.hasSecureCookies),
            metrics: AuthMetrics(metrics, of: auth), jwks: jwks, providers: providers)
        return WebService(
            "auth", routes: routes.all, checks: AuthWork.checks(auth),
            work: [
                AuthWork.listening(auth),
                AuthWork.pruning(auth, every: settings.pruneInterval, log),
            ], authenticator: AccessTokens(auth: auth),
            rateLimit: { try await auth.admit(userID: $0, address: $1) }, close: close)
    }
}
