import TCCore
import TCCrypto
import TCStore

/// The auth service: everything that commands and routes do, over one database and one cache.
///
/// Any number of tasks may use it at once, and any number of nodes the same database. Every change is
/// in the database, with its event in the outbox, when its call returns. Beside what the doc comments
/// name, calls throw what the database, the cache and the keys throw: `unavailable`, `try_again`.
public final class AuthService: Sendable {
    public let settings: AuthSettings
    let database: any Database
    let keys: any AuthKeys
    let seams: Seams
    let cache: any Cache
    let passwords: PasswordHasher
    let guessing: GuessingGuard
    let states: SessionStates
    let tell: @Sendable (AuthNotice) -> Void
    private let requests: RateLimiter

    /// - Parameters:
    ///   - database: with the schema of `AuthSchema.migrations` and `Outbox.migrations`.
    ///   - cache: shared by all nodes; a `FallbackCache` where it is a server, so that limits hold and
    ///     logins go on while it is down.
    ///   - tell: what the log should say; called from any thread, and briefly.
    /// - Throws: `configuration` for settings that cannot be meant.
    public init(
        database: any Database, cache: any Cache, keys: any AuthKeys, seams: Seams,
        settings: AuthSettings = AuthSettings(),
        tell: @escaping @Sendable (AuthNotice) -> Void = { _ in }
    ) throws(TCError) {
        try settings.check()
        self.database = database
        self.cache = cache
        self.keys = keys
        self.seams = seams
        self.settings = settings
        self.tell = tell
        passwords = PasswordHasher(seams: seams, parameters: settings.scrypt)
        guessing = GuessingGuard(on: cache, policy: settings.guessing)
        requests = RateLimiter(settings.requestLimit, on: cache)
        states = SessionStates(
            capacity: settings.rememberedSessions, believedFor: settings.believedFor,
            uptime: seams.uptime)
    }

    /// Counts a request against the limit of its user, or of its address where there is no user.
    ///
    /// - Parameter userID: of a verified token, so that nobody uses up another's limit.
    public func admit(userID: String?, address: String) async throws -> RateLimitAnswer {
        try await requests.admit(userID ?? "address:\(ClientNetwork.name(of: address))")
    }

    /// Forgets refresh tokens and revocations that mean nothing any more, and sessions that have ended
    /// with all their tokens; says how many rows it removed. Call it now and then, again while it
    /// removes as many as it may.
    ///
    /// - Parameter limit: of each kind, so that no call holds the database for long.
    public func prune(atMost limit: Int) async throws -> Int {
        let now = SQLValue.integer(seams.now().milliseconds)
        return try await database.write { connection in
            try [
                """
                DELETE FROM auth_refresh_tokens WHERE digest IN (
                    SELECT digest FROM auth_refresh_tokens WHERE expires_ms < $1 LIMIT $2)
                """,
                """
                DELETE FROM auth_revoked_tokens WHERE id IN (
                    SELECT id FROM auth_revoked_tokens WHERE expires_ms < $1 LIMIT $2)
                """,
                """
                DELETE FROM auth_sessions WHERE id IN (
                    SELECT s.id FROM auth_sessions s WHERE s.ends_ms < $1 AND NOT EXISTS (
                        SELECT 1 FROM auth_refresh_tokens t WHERE t.session_id = s.id) LIMIT $2)
                """,
            ].reduce(0) { try $0 + connection.execute($1, [now, .integer(Int64(limit))]) }
        }
    }
}
