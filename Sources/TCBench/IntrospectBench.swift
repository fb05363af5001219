import Glibc
import TCAuth
import TCCore
import TCEngines
import TCServe
import TCStore

/// `TCBench introspect CACHE [SECONDS [CONNECTIONS]]`: introspections a second over HTTP, with the
/// database in a file and the cache at a URL, beside a bare Hummingbird route that answers the same
/// bytes, in turns, under the same load of wrk. Then the memory of this process, which holds both.
func benchIntrospect(_ arguments: [String]) throws {
    guard let cache = arguments.first else {
        throw TCError(.usage, "usage: TCBench introspect CACHE [SECONDS [CONNECTIONS]]")
    }
    let seconds = try wholeNumber(arguments, 1, 5)
    let connections = try wholeNumber(arguments, 2, 64)
    var template = Array("/tmp/tc-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TCError(.io, "no temporary folder") }
    let folder = String(
        decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // What it holds opens accounts, if only those of a benchmark.
    defer {
        for name in ["tc.db", "tc.db-wal", "tc.db-shm", "auth.key", "load.lua"] {
            unlink("\(folder)/\(name)")
        }
        rmdir(folder)
    }
    let bench = try waitFor { try await IntrospectBench(folder, cache) }
    let ports = Ports()
    let answer = bench.answer
    // They run until the process ends, which this function's caller lets it do.
    let servers = Task {
        async let ours: Void = bench.serve { ports.set(ours: $0) }
        async let bare: Void = serveBare(answer) { ports.set(bare: $0) }
        _ = try await (ours, bare)
    }
    defer { servers.cancel() }
    let (ours, bare) = ports.wait()
    let script = "\(folder)/load.lua"
    try writeFile(
        "wrk.method='POST' wrk.body='{\"token\":\"\(bench.token)\"}' "
            + "wrk.headers['Content-Type']='application/json' "
            + "wrk.headers['Authorization']='Bearer \(bench.token)'", to: script)
    let turn = try middleTurn(
        ours: "http://127.0.0.1:\(ours)/v1/auth/introspect",
        bare: "http://127.0.0.1:\(bare)/v1/thing", options: "-s \(script)",
        seconds: seconds, connections: connections)
    print(
        "{\"part\":\"introspect\",\"cache\":\"\(cache.prefix { $0 != ":" })\","
            + "\"connections\":\(connections),\(Load.members(turn)),"
            + "\"resident_mib\":\(try residentBytes() >> 20)}")
}

/// The auth service with one account, whose token asks about itself.
private final class IntrospectBench: Sendable {
    let token: String
    let answer: String
    private let service: AuthService
    private let keys: KeyRing
    private let seams: Seams

    init(_ folder: String, _ cacheURL: String) async throws {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let start = Int64(now.tv_sec) * 1000
        let began = wallSeconds()
        seams = Seams(
            now: { Instant(milliseconds: start + Int64((wallSeconds() - began) * 1000)) },
            uptime: wallSeconds, random: { UInt64.random(in: 0...UInt64.max) })
        let database = try openDatabase(url: "sqlite:\(folder)/tc.db", seams: seams)
        try await Migrations.apply(
            AuthSchema.migrations + Outbox.migrations(for: database.dialect), to: database,
            at: seams.now())
        keys = try await KeyRing.open(
            database: database, root: .keyFile("\(folder)/auth.key"),
            settings: KeySettings(issuer: "http://bench", audience: "tc"), seams: seams)
        service = try AuthService(
            database: database, cache: try openCache(url: cacheURL, seams: seams), keys: keys,
            seams: seams)
        _ = try await service.register(
            NewUser(email: "bench@example.com", password: nil, role: "service"), by: .local)
        guard let grant = try await service.issue(for: .email("bench@example.com"), by: .local)
        else { throw TCError(.bug, "no token was issued") }
        token = grant.accessToken
        answer = try await service.introspect(token).json
    }

    func serve(_ onPort: @escaping @Sendable (Int?) -> Void) async throws {
        let metrics = Metrics()
        let log = try ServerLog(descriptor: open("/dev/null", O_WRONLY), now: seams.now)
        let web = AuthWebService.make(
            service, AuthWebSettings(publicURL: "http://bench"),
            jwks: { [keys] in Array(await keys.jwks().utf8) }, metrics: metrics, log: log)
        let settings = WebServerSettings(
            listen: [try ListenAddress("127.0.0.1:0")], version: "0")
        try await WebServer([web], settings, metrics: metrics, log: log, seams: seams)
            .run { addresses in
                onPort(addresses[0].split(separator: ":").last.flatMap { Int($0) })
            }
    }
}
