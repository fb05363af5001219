import TCAuth
import TCCore
import TCEngines
import TCStore

/// What stands behind the commands of the auth family: the engines that the settings name, opened and
/// brought to their schema, and the service on them.
struct AuthEngines: Sendable {
    let database: any Database
    let cache: any Cache
    let keys: KeyRing
    let service: AuthService

    /// Opens everything.
    ///
    /// - Parameters:
    ///   - grace: in place of the setting's.
    ///   - tell: what the log should say.
    ///   - cacheChanged: told when the cache's server goes and comes back.
    static func open(
        _ settings: Settings, _ seams: Seams, grace: Duration? = nil,
        tell: @escaping @Sendable (AuthNotice) -> Void,
        cacheChanged: @escaping @Sendable (FallbackCache.Change) -> Void
    ) async throws -> AuthEngines {
        let database = try await StateDatabase.open(settings, seams)
        do {
            let cache = try openCache(settings, seams, changed: cacheChanged)
            do {
                try makeKeyFolder(settings)
                let keys = try await KeyRing.open(
                    database: database, root: try rootSecret(settings),
                    settings: try keySettings(settings), seams: seams)
                var choices = try authSettings(settings)
                if let grace { choices.grace = grace }
                let service = try AuthService(
                    database: database, cache: cache, keys: keys, seams: seams, settings: choices,
                    tell: tell)
                return AuthEngines(
                    database: database, cache: cache, keys: keys, service: service)
            } catch {
                await cache.close()
                throw error
            }
        } catch {
            await database.close()
            throw error
        }
    }

    /// Puts the engines away.
    func close() async {
        await cache.close()
        await database.close()
    }

    /// The identity providers of the settings; nil for none.
    func providers(
        _ settings: Settings, _ http: any OutboundHTTP, _ seams: Seams
    ) throws -> OAuth2Client? {
        let path = try settings.value(.authProviders)
        guard !path.isEmpty else { return nil }
        return try OAuth2Client(
            try ProvidersFile.read(path), cookieKey: keys.cookies, http: http, seams: seams)
    }

    /// Which accounts identities at providers open.
    static func linkingRules(_ settings: Settings) throws -> AccountLinking.Rules {
        AccountLinking.Rules(
            createsAccounts: try settings.value(.authCreateAccounts),
            linksByEmail: try settings.value(.authLinkByEmail))
    }

    private static func openCache(
        _ settings: Settings, _ seams: Seams,
        changed: @escaping @Sendable (FallbackCache.Change) -> Void
    ) throws -> any Cache {
        let url = try settings.value(.cache)
        let cache = try TCEngines.openCache(url: url, seams: seams)
        guard !(cache is MemoryCache) else { return cache }
        return FallbackCache(
            shared: cache, own: try MemoryCache(seams: seams), onChange: changed)
    }

    /// What the keys are sealed under.
    static func rootSecret(_ settings: Settings) throws -> RootSecret {
        let passphraseFile = try settings.value(.authPassphraseFile)
        guard passphraseFile.isEmpty else {
            return .passphrase(try SecretInput.read("passphrase", file: passphraseFile))
        }
        return .keyFile(try settings.value(.authKeyFile))
    }

    /// Makes the folder of a key file that stands where it does by default, beside no database.
    private static func makeKeyFolder(_ settings: Settings) throws {
        let home = try settings.value(.home)
        guard try settings.value(.authPassphraseFile).isEmpty,
            try settings.value(.authKeyFile) == "\(home)/auth.key"
        else { return }
        try StateFolder.make(home)
    }

    /// What is chosen of keys and of the tokens that they sign.
    static func keySettings(_ settings: Settings) throws -> KeySettings {
        var keys = KeySettings(
            issuer: try settings.value(.authIssuer),
            audience: try settings.value(.authAudience))
        keys.algorithm = try settings.value(.authAlgorithm)
        keys.accessLifetime = try settings.value(.authAccessLifetime)
        keys.overlap = try settings.value(.authKeyOverlap)
        return keys
    }

    private static func authSettings(_ settings: Settings) throws -> AuthSettings {
        var auth = AuthSettings()
        auth.refreshLifetime = try settings.value(.authRefreshLifetime)
        auth.grace = try settings.value(.authGrace)
        auth.defaultRole = try settings.value(.authDefaultRole)
        auth.mfaIssuer = try settings.value(.authMFAIssuer)
        auth.scrypt = try settings.value(.authScrypt)
        return auth
    }
}

extension CommandContext {
    /// Runs `body` on the engines of the auth family and puts them away.
    nonisolated(nonsending) func withAuth(
        grace: Duration? = nil, _ body: (AuthEngines) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let diagnostics = diagnostics
        let engines = try await AuthEngines.open(
            settings, seams, grace: grace,
            tell: { diagnostics.warn($0.text) },
            cacheChanged: { change in
                if case .alone(let reason) = change {
                    diagnostics.warn("the cache does not answer: \(reason.message)")
                }
            })
        do {
            let status = try await body(engines)
            await engines.close()
            return status
        } catch {
            await engines.close()
            throw error
        }
    }
}
