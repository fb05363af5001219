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
        WebService(
            "auth", routes: [], rateLimit: { try await auth.admit(userID: $0, address: $1) },
            close: close)
    }
}

/// What the auth service tells of, as lines of a daemon's log.
public enum AuthLog {
    /// For `AuthService.init`: writes each notice as one line, none of which holds a secret.
    public static func telling(_ log: ServerLog) -> @Sendable (AuthNotice) -> Void {
        { notice in log.write(.warning, notice.text) }
    }
}
