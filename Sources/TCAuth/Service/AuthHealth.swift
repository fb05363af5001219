import TCCore

/// What an operator asks of a running service.
extension AuthService {
    /// Returns if the database answers; else throws what stands in the way.
    public func checkDatabase() async throws { try await database.check() }

    /// Returns if the cache that all nodes share answers; else throws what stands in the way. Over a
    /// `FallbackCache` the service works on without it, each node counting alone.
    public func checkCache() async throws { try await cache.check() }

    /// Returns if there is a key to sign tokens with, and keys to verify them; else throws why not.
    public func checkKeys() async throws {
        _ = try await keys.issuer()
        _ = try await keys.verifier(of: .access)
    }

    /// How many passwords wait to be hashed now: more than a few are a flood of logins.
    public var waitingHashCount: Int { passwords.waitingCount }
}
