import Glibc
import Synchronization
import TCCore
import TCCrypto
import TCEngines
import TCStore
import TCWire
import Testing

@testable import TCAuth

/// The pairs of engines that the tests of the service run on, each with the same body.
enum AuthEngines: String, CaseIterable, CustomTestStringConvertible {
    /// Nothing installed.
    case embedded
    /// PostgreSQL and Redis, where the run has started them.
    case servers

    static var present: [AuthEngines] {
        variable("TC_TEST_POSTGRES") == nil || variable("TC_TEST_REDIS") == nil
            ? [.embedded] : [.embedded, .servers]
    }

    var testDescription: String { rawValue }

    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// A database with the schema, a cache and a clock, for any number of nodes.
final class AuthBed: Sendable {
    let database: any Database
    let cache: any Cache
    let clock = MovedClock()
    let seams: Seams
    let keys: TestKeys
    /// Makes what tests write unlike what others write to the same Redis.
    let mark: String
    let notices = Mutex<[AuthNotice]>([])
    private let scratch: Scratch
    private let url: String
    private static let count = Atomic(0)

    init(_ engines: AuthEngines) async throws {
        let number = AuthBed.count.add(1, ordering: .relaxed).newValue
        mark = "t\(getpid())n\(number)"
        scratch = Scratch()
        let clock = clock
        seams = Seams(
            now: clock.seams.now, uptime: clock.seams.uptime,
            // Ids of this process and bed alone, since a Redis may remember those of an earlier run.
            random: Seams.seeded(UInt64(getpid()) << 32 | UInt64(number)).random)
        keys = try TestKeys(seams)
        // The engines' own waits are in real time.
        switch engines {
        case .embedded:
            url = "sqlite:\(scratch.path)/auth.db"
            cache = try openCache(url: "memory:", seams: seams)
        case .servers:
            let server = try #require(AuthEngines.variable("TC_TEST_POSTGRES"))
            url = "\(server)?options=-csearch_path%3Dauth_\(mark)"
            let maker = try openDatabase(url: server, seams: .machine)
            try await maker.write { [mark] in try $0.execute("CREATE SCHEMA auth_\(mark)") }
            await maker.close()
            let redis = try #require(AuthEngines.variable("TC_TEST_REDIS"))
            cache = try openCache(url: redis, seams: .machine)
        }
        database = try AuthBed.open(url)
        try await Migrations.apply(
            AuthSchema.migrations + Outbox.migrations(for: database.dialect), to: database,
            at: clock.now)
    }

    /// A node: another service on the same database and cache.
    func node(
        keys: (any AuthKeys)? = nil, change: (inout AuthSettings) -> Void = { _ in }
    ) throws -> AuthService {
        var settings = AuthSettings()
        settings.scrypt = try ScryptParameters(logarithmOfN: 4, r: 8, p: 1)
        change(&settings)
        return try AuthService(
            database: database, cache: cache, keys: keys ?? self.keys, seams: seams,
            settings: settings, tell: { [weak self] in self?.note($0) })
    }

    private func note(_ notice: AuthNotice) { notices.withLock { $0.append(notice) } }

    /// The folder of an embedded database.
    var folder: String { scratch.path }

    /// A pool of its own on the same data.
    func reopened() throws -> any Database { try AuthBed.open(url) }

    /// With few connections, since many tests share the server.
    private static func open(_ url: String) throws -> any Database {
        var options = DatabaseOptions()
        options.poolSize = 8
        options.waitLimit = .seconds(30)
        return try openDatabase(url: url, seams: .machine, options: options)
    }

    func email(_ name: String) -> String { "\(name)@\(mark).example" }

    /// An address of documentation, of this bed alone.
    func client(_ last: Int = 1, device: String? = nil) -> ClientContext {
        ClientContext(
            address: "address-\(mark)-\(last)", userAgent: "tests", deviceToken: device)
    }

    static let password = "seven winters and a kettle"

    @discardableResult
    func register(_ service: AuthService, _ name: String = "ada") async throws -> User {
        let outcome = try await service.register(
            NewUser(email: email(name), password: AuthBed.password), by: .local)
        guard case .done("registered", let user) = outcome else {
            throw TCError(.bug, "not registered: \(outcome.json)")
        }
        return user
    }

    func login(
        _ service: AuthService, _ name: String = "ada", from client: ClientContext? = nil
    ) async throws -> LoginOutcome {
        try await service.login(
            email: email(name), password: AuthBed.password, from: client ?? self.client())
    }

    /// What a login with the right password grants where there is no second factor.
    func grant(_ service: AuthService, _ name: String = "ada") async throws -> Grant {
        let outcome = try await login(service, name)
        guard case .loggedIn(let grant) = outcome else {
            throw TCError(.bug, "not logged in: \(outcome.json)")
        }
        return grant
    }

    /// The types and data of the events about a subject, in order, without what all have in common.
    func events(about subject: String) async throws -> [(type: String, data: String)] {
        var events: [(String, String)] = []
        for try await entry in OutboxTail.replaying(database, since: 0)
        where entry.event.subject == subject {
            #expect(entry.event.source == "tc/auth")
            events.append(
                (String(entry.event.type.dropFirst("tc.auth.".count)), entry.event.data))
        }
        return events
    }

    func count(_ sql: String) async throws -> Int64 {
        try await database.query(sql, []) { try $0.integer(0) }.first ?? -1
    }
}

extension MovedClock {
    var now: Instant { seams.now() }
}

/// Keys that are made once, for tests of what needs keys.
struct TestKeys: AuthKeys {
    static let name = "https://auth.example"
    let rotation: HMACKey
    let sealing: AEADKey
    private let made: TokenIssuer
    private let keys: TokenKeys

    init(_ seams: Seams, rotation: HMACKey? = nil) throws {
        let key = try SigningKey.generate(.es256)
        made = TokenIssuer(
            key, keyID: "k1", issuer: TestKeys.name, audience: ["tc"], seams: seams)
        let parts = try #require(key.parts.publicParts)
        keys = try TokenKeys(
            JWKSet([JWK(parts, keyID: "k1", algorithm: key.algorithm.rawValue)]))
        self.rotation = rotation ?? HMACKey(seams.bytes(32))
        sealing = try AEADKey(seams.bytes(32))
    }

    func issuer() async throws -> TokenIssuer { made }

    func verifier(of kind: TokenKind) async throws -> TokenVerifier {
        TokenVerifier(keys, TokenRules(kind, issuer: TestKeys.name, audience: "tc"))
    }
}

extension Seams {
    /// The machine's clocks; randomness that need not be good.
    static let machine = Seams(
        now: { Instant(milliseconds: Int64(seconds(of: CLOCK_REALTIME) * 1000)) },
        uptime: { seconds(of: CLOCK_MONOTONIC) },
        random: { UInt64.random(in: 0...UInt64.max) })
}

private func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Runs `body` at the same time, `count` times, and gives what each came to, in any order.
func together<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: Result.self) { group in
        for number in 0..<count { group.addTask { try await body(number) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}

/// Asks again until the answer is true; the test fails after 20 seconds.
func eventually(
    _ what: Comment, at location: SourceLocation = #_sourceLocation,
    _ isTrue: () async throws -> Bool
) async throws {
    let end = Seams.machine.uptime() + 20
    while Seams.machine.uptime() < end {
        if try await isTrue() { return }
        await Task.yield()
    }
    Issue.record(what, sourceLocation: location)
}

extension LoginOutcome {
    var grant: Grant? { if case .loggedIn(let grant) = self { grant } else { nil } }
    var challenge: MFAChallenge? {
        if case .mfaRequired(let challenge) = self { challenge } else { nil }
    }
}

extension RefreshOutcome {
    var grant: Grant? { if case .refreshed(let grant) = self { grant } else { nil } }
}

extension UserOutcome {
    var user: User? { if case .done(_, let user) = self { user } else { nil } }
}

extension Introspection {
    /// Nil where the token is active.
    var reason: String? { if case .inactive(let reason, _) = self { reason } else { nil } }
}
