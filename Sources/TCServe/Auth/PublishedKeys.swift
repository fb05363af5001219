import Synchronization
import TCAuth
import TCCore
import TCWire

/// Proves callers by their access token, with the public keys that the auth service publishes and
/// without asking it: a token that was revoked is believed until it runs out.
///
/// The keys are read again every so often, and a new key is published long before it signs. Until they
/// could be read once, every caller is told to come again.
public final class PublishedKeys: Authenticator {
    /// Reads the JWK Set.
    public typealias Source = @Sendable () async throws -> [UInt8]

    private let rules: TokenRules
    private let source: Source
    private let seams: Seams
    private let verifier = Mutex<TokenVerifier?>(nil)

    /// How often the keys are read: an auth service publishes a key ten minutes before it signs.
    static let interval = Duration.seconds(60)
    /// How soon they are tried again while there are none.
    private static let firstInterval = Duration.seconds(1)
    /// Of how many good tokens the outcome is kept.
    private static let rememberedTokens = 100_000

    /// - Parameters:
    ///   - issuer: who must have issued a token.
    ///   - audience: whom it must be for.
    public init(issuer: String, audience: String, seams: Seams, source: @escaping Source) {
        rules = TokenRules(.access, issuer: issuer, audience: audience)
        self.source = source
        self.seams = seams
    }

    public func authenticate(bearerToken: String) async throws -> Authentication {
        guard let verifier = verifier.withLock({ $0 }) else {
            throw TCError(.unavailable, "the keys that tokens are verified with are not known yet")
        }
        do throws(TokenRejection) {
            let claims = try verifier.verify(bearerToken, at: seams.now()).claims
            guard let role = claims.role else { return .refused("the token names no role") }
            return .accepted(
                Principal(userID: claims.subject, role: role, sessionID: claims.sessionID))
        } catch {
            return .refused(error.message)
        }
    }

    /// Reads the keys.
    ///
    /// - Throws: what keeps them from being read; then those from before stay.
    public func refresh() async throws {
        let keys = try TokenKeys(JWKSet(parsing: try await source()))
        let fresh = TokenVerifier(keys, rules, rememberedTokens: PublishedKeys.rememberedTokens)
        verifier.withLock { $0 = fresh }
    }

    /// Reads them again and again.
    func work(_ name: String, _ log: ServerLog) -> BackgroundWork {
        BackgroundWork(name) {
            while true {
                let areKnown = self.verifier.withLock { $0 != nil }
                try await Task.sleep(
                    for: areKnown ? PublishedKeys.interval : PublishedKeys.firstInterval)
                do {
                    try await self.refresh()
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    log.write(.warning, "the keys of the auth service cannot be read") { json in
                        json.key("cause")
                        json.string("\(error)")
                    }
                }
            }
        }
    }

    /// Fails until the keys were read once.
    var check: HealthCheck {
        HealthCheck("keys") {
            guard self.verifier.withLock({ $0 != nil }) else {
                throw TCError(.unavailable, "the keys of the auth service were not read yet")
            }
        }
    }
}
