import TCCore
import TCCrypto
import TCStore

/// The auth service: everything that commands and routes do, over one database and one cache.
///
/// Any number of tasks may use it at once, and any number of nodes the same database.
public final class AuthService: Sendable {
    public let settings: AuthSettings
    let database: any Database
    let cache: any Cache
    let keys: any AuthKeys
    let seams: Seams
    let tell: @Sendable (AuthNotice) -> Void

    /// - Parameters:
    ///   - database: with the schema of `AuthSchema.migrations`.
    ///   - cache: shared by all nodes; a `FallbackCache` where it is a server.
    ///   - tell: what the log should say; called from any thread, and briefly.
    public init(
        database: any Database, cache: any Cache, keys: any AuthKeys, seams: Seams,
        settings: AuthSettings = AuthSettings(),
        tell: @escaping @Sendable (AuthNotice) -> Void = { _ in }
    ) {
        self.database = database
        self.cache = cache
        self.keys = keys
        self.seams = seams
        self.settings = settings
        self.tell = tell
    }
}
