import Glibc
import Synchronization
import TCAuth
import TCCore
import TCCrypto
import TCEngines
import TCStore
import TCWire
import Testing

@testable import TCServe

/// The auth service on SQLite and a cache in memory, behind a server, with a clock that tests move.
struct AuthWebBed: Sendable {
    static let publicURL = "https://auth.example"
    static let password = "seven winters and a kettle"

    let auth: AuthService
    let service: WebService
    let metrics = Metrics()
    let clock = SteppedClock()

    /// Runs `body` beside a server.
    ///
    /// - Parameters:
    ///   - changeWeb: what the operator chose for the routes.
    ///   - wrap: puts another cache in the place of the one in memory.
    static func with(
        providers: OAuth2Client? = nil, change: (inout AuthSettings) throws -> Void = { _ in },
        changeWeb: (inout AuthWebSettings) -> Void = { _ in },
        wrap: (any Cache) -> any Cache = { $0 },
        _ body: (AuthWebBed, TestServer) async throws -> Void
    ) async throws {
        var template = Array("/tmp/tc-auth-XXXXXX".utf8CString)
        let folder = String(cString: try #require(mkdtemp(&template)))
        defer {
            for file in ["auth.db", "auth.db-wal", "auth.db-shm"] { unlink("\(folder)/\(file)") }
            rmdir(folder)
        }
        let database = try openDatabase(url: "sqlite:\(folder)/auth.db", seams: .running)
        let log = try ServerLog(descriptor: -1, now: Seams.running.now)
        defer { log.close() }
        let bed = try await AuthWebBed(database, providers, log, change, changeWeb, wrap)
        try await TestServer.with([bed.service]) { try await body(bed, $0) }
    }

    private init(
        _ database: any Database, _ providers: OAuth2Client?, _ log: ServerLog,
        _ change: (inout AuthSettings) throws -> Void, _ changeWeb: (inout AuthWebSettings) -> Void,
        _ wrap: (any Cache) -> any Cache
    ) async throws {
        let seams = clock.seams
        try await Migrations.apply(
            AuthSchema.migrations + Outbox.migrations(for: database.dialect), to: database,
            at: seams.now())
        let cache = wrap(try openCache(url: "memory:", seams: seams))
        let keys = try WebTestKeys(seams)
        var settings = AuthSettings()
        settings.scrypt = try ScryptParameters(logarithmOfN: 4, r: 8, p: 1)
        settings.requestLimit = try RateLimit(name: "tests", limit: 1000, window: .seconds(60))
        try change(&settings)
        auth = try AuthService(
            database: database, cache: cache, keys: keys, seams: seams, settings: settings,
            tell: AuthLog.telling(log))
        var webSettings = AuthWebSettings(publicURL: AuthWebBed.publicURL)
        changeWeb(&webSettings)
        service = AuthWebService.make(
            auth, webSettings, jwks: { keys.jwks }, providers: providers, metrics: metrics, log: log
        ) {
            await cache.close()
            await database.close()
        }
    }

    /// Makes an account as an operator does, and logs it in.
    func user(
        _ name: String, role: String? = nil, at server: TestServer
    ) async throws -> Browser {
        _ = try await auth.register(
            NewUser(email: "\(name)@x.example", password: AuthWebBed.password, role: role),
            by: .local)
        let browser = Browser(self, server)
        try await browser.logIn(name)
        return browser
    }
}

/// A clock that moves when it is told to.
final class SteppedClock: Sendable {
    private let time = Mutex<Int64>(1_800_000_000_000)

    var now: Instant { Instant(milliseconds: time.withLock { $0 }) }

    func move(_ duration: Duration) { time.withLock { $0 += duration.milliseconds } }

    var seams: Seams {
        Seams(
            now: { self.now }, uptime: { Double(self.now.milliseconds) / 1000 },
            random: { .random(in: 0 ... .max) })
    }
}

/// Keys that are made once.
struct WebTestKeys: AuthKeys {
    let rotation: HMACKey
    let sealing: AEADKey
    let jwks: [UInt8]
    private let made: TokenIssuer
    private let keys: TokenKeys

    init(_ seams: Seams) throws {
        let key = try SigningKey.generate(.es256)
        let published = try JWK(publishing: key)
        made = TokenIssuer(
            key, keyID: try #require(published.keyID), issuer: AuthWebBed.publicURL,
            audience: ["tc"], seams: seams)
        let set = JWKSet([published])
        keys = try TokenKeys(set)
        var json = JSONWriter()
        set.writePublic(to: &json)
        jwks = json.bytes
        rotation = HMACKey(seams.bytes(32))
        sealing = try AEADKey(seams.bytes(32))
    }

    func issuer() async throws -> TokenIssuer { made }

    func verifier(of kind: TokenKind) async throws -> TokenVerifier {
        TokenVerifier(keys, TokenRules(kind, issuer: AuthWebBed.publicURL, audience: "tc"))
    }
}
