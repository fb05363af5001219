import TCCore
import TCCrypto
import TCStore

/// The signing keys of the service, kept sealed in the database; any number of threads may use it at
/// once, and any number of nodes the same database.
///
/// A key is made (`next`), signs from some time on (`signing`), verifies what it has signed
/// (`verifying`) and is retired when nothing of that is valid any more. Each node reads the keys again
/// when somebody asks and what it knows is older than `KeySettings.refreshInterval`: one reads for all
/// who ask meanwhile, and no token, however made, causes a further reading. While the database does not
/// answer, tokens are verified with the keys that are known, and signed for half a minute more.
///
/// A key whose row was changed by other means cannot be opened: tokens that it signed are refused, and
/// `issuer` throws where it is the one that signs. A daemon asks for `issuer` once before it listens.
public final class KeyRing: AuthKeys {
    public let settings: KeySettings
    /// Derives the successors of refresh tokens.
    public let rotation: HMACKey
    /// Seals the secrets of second factors.
    public let sealing: AEADKey
    /// Seals sign-ins at other providers into cookies: the key of `OAuth2Client`.
    public let cookies: AEADKey
    let database: any Database
    let seams: Seams
    /// Seals signing keys.
    let keySealing: AEADKey
    let view: RefreshedValue<KeyView>

    /// Opens the keys of a database, and makes the first one where there is none.
    ///
    /// On a new database this decides what they are sealed under; of several starters at once one
    /// does, and the others use the same or fail.
    ///
    /// - Parameters:
    ///   - database: with the schema of `AuthSchema.migrations` and `Outbox.migrations`.
    ///   - tell: what the log should say; called from any thread, and briefly.
    /// - Throws: `configuration` where `root` is not what the keys were sealed under, where its file may
    ///   be read by others or is malformed, or for settings that cannot be meant.
    public static func open(
        database: any Database, root: RootSecret, settings: KeySettings, seams: Seams,
        tell: @escaping @Sendable (AuthNotice) -> Void = { _ in }
    ) async throws -> KeyRing {
        try settings.check()
        let keys = try await RootKeys.open(root, in: database, scrypt: settings.scrypt, seams)
        let ring = KeyRing(keys, database, settings, seams, tell)
        try await ring.makeFirstKey()
        try await ring.view.readAgain()
        return ring
    }

    private init(
        _ keys: RootKeys, _ database: any Database, _ settings: KeySettings, _ seams: Seams,
        _ tell: @escaping @Sendable (AuthNotice) -> Void
    ) {
        self.settings = settings
        self.database = database
        self.seams = seams
        rotation = keys.rotation
        sealing = keys.factors
        cookies = keys.cookies
        keySealing = keys.signing
        let material = KeyMaterialMaker(settings: settings, sealing: keys.signing, seams: seams)
        view = RefreshedValue(
            KeyView(timeline: KeyTimeline([]), material: material.none),
            every: settings.refreshInterval, uptime: seams.uptime,
            read: { known in
                let timeline = KeyTimeline(try await KeyRows.all(in: database))
                return KeyView(
                    timeline: timeline, material: material.make(timeline, like: known.material))
            },
            changed: { tell($0.map(AuthNotice.keysUnread) ?? .keysRead) })
    }

    /// Makes tokens with the key that signs now.
    ///
    /// - Throws: `io` where that key cannot be opened; `unavailable` where the database has not
    ///   answered for half a minute, since the key may not be the right one any more.
    public func issuer() async throws -> TokenIssuer {
        // Again after what is known of the key was raised, when another may have taken its place.
        for _ in 0..<8 {
            let view = try await view.current(notOlderThan: KeyTimeline.stalest)
            guard let key = view.timeline.signing(at: seams.now()) else {
                throw TCError(
                    .configuration, "no signing key may sign",
                    hint: "make one: tc auth keys rotate --now")
            }
            if key.longestLifetime >= settings.longestLifetime {
                return try view.material.issuer(key.kid)
            }
            let longest = settings.longestLifetime
            try await database.write { try KeyRows.raise(key.kid, to: longest, in: $0) }
            try await self.view.readAgain()
        }
        throw TCError(.tryAgain, "the signing keys change all the time")
    }

    /// Verifies tokens of this kind with all keys that are not retired. The same is given until these
    /// change.
    ///
    /// - Parameter kind: `access` or `mfa`.
    public func verifier(of kind: TokenKind) async throws -> TokenVerifier {
        let material = await view.current().material
        switch kind {
        case .access: return material.access
        case .mfa: return material.mfa
        case .identity: preconditionFailure("id tokens are other issuers'")
        }
    }

    /// The key set to publish, one JSON object: the public keys that are not retired, those that will
    /// sign included. Secrets are not in it.
    public func jwks() async -> String { await view.current().material.jwks }

    /// All keys there are and were, in the order in which they sign.
    public func list() async throws -> [KeyRecord] {
        let timeline = KeyTimeline(try await KeyRows.all(in: database))
        let now = seams.now()
        return timeline.keys.map { timeline.record($0, at: now) }
    }
}
