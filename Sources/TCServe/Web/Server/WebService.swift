import TCCore
import TCStore

/// Counts one request of a proven user, or of an address where there is no user, and says whether it
/// may go on.
public typealias RequestLimit =
    @Sendable (_ userID: String?, _ address: String) async throws -> RateLimitAnswer

/// What one family does as a daemon. Several stand in one server: `tc serve auth pay`.
public struct WebService: Sendable {
    /// The family's name: `auth`.
    public let name: String
    public let routes: [Route]
    /// What must answer for the service to be ready: its engines.
    public let checks: [HealthCheck]
    /// What it does besides answering.
    public let work: [BackgroundWork]
    /// Proves who asks; nil where all routes are public.
    public let authenticator: (any Authenticator)?
    /// Asked before every route that does not decline it; nil for no limit.
    public let rateLimit: RequestLimit?
    /// Puts the service's engines away; called once, after the last answer and the last work.
    public let close: @Sendable () async -> Void

    /// - Parameter routes: none that another service of the same server has too. Where one is not
    ///   public, there must be an authenticator.
    public init(
        _ name: String, routes: [Route], checks: [HealthCheck] = [], work: [BackgroundWork] = [],
        authenticator: (any Authenticator)? = nil, rateLimit: RequestLimit? = nil,
        close: @escaping @Sendable () async -> Void = {}
    ) {
        precondition(
            authenticator != nil || routes.allSatisfy { $0.access == .public },
            "the service '\(name)' has routes for users and nothing that knows users")
        self.name = name
        self.routes = routes
        self.checks = checks
        self.work = work
        self.authenticator = authenticator
        self.rateLimit = rateLimit
        self.close = close
    }
}

/// A loop beside the routes: publishing an outbox, following revocations.
public struct BackgroundWork: Sendable {
    let name: String
    let run: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - name: a word for the log.
    ///   - run: goes on until its task is cancelled, which happens when the last request has been
    ///     answered. If it throws or returns before, the server ends with it: a daemon that has
    ///     silently lost a part is worse than one that is started anew.
    public init(_ name: String, run: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.run = run
    }
}
