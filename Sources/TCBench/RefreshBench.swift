import Glibc
import TCAuth
import TCCore
import TCCrypto
import TCEngines
import TCStore

/// `TCBench refresh URL [ROTATIONS]`: rotations of refresh tokens with durable commits, by one task and
/// by sixteen, and what bounds them: the same number of one-row commits, and of signatures. On SQLite
/// also the device alone. It makes the tables of auth in a database that should be empty.
func benchRefresh(_ arguments: [String]) throws {
    guard let url = arguments.first else {
        throw TCError(.usage, "usage: TCBench refresh URL [ROTATIONS]")
    }
    let rotations = try wholeNumber(arguments, 1, 4000)
    let bench = try waitFor { try await RefreshBench(url) }
    let engine = bench.database.dialect
    if url.hasPrefix("sqlite:") { try measureDevice(beside: String(url.dropFirst(7))) }
    try measure("refresh signature alone", rounds: 3) {
        try waitFor { try await bench.sign(rotations) }
    }
    for tasks in [1, 16] {
        let count = tasks == 1 ? rotations / 8 : rotations
        try measure("refresh \(engine) one-row commits, tasks=\(tasks)", rounds: 3) {
            try waitFor { try await bench.commit(tasks, count) }
        }
        try measure("refresh \(engine) rotations, tasks=\(tasks)", rounds: 3) {
            try waitFor { try await bench.rotate(tasks, count) }
        }
    }
    try waitFor { await bench.database.close() }
}

/// A service with so many sessions that rotations of different ones rarely meet on a page.
private final class RefreshBench: Sendable {
    private static let sessionCount = 2048

    let database: any Database
    private let service: AuthService
    private let keys: BenchKeys
    private let tokens: [TokenSlot]

    init(_ url: String) async throws {
        database = try openDatabase(url: url, seams: .bench)
        keys = try BenchKeys()
        try await Migrations.apply(
            AuthSchema.migrations + Outbox.migrations(for: database.dialect), to: database,
            at: Seams.bench.now())
        try await database.write { connection in
            try connection.execute("DROP TABLE IF EXISTS bench_commits")
            try connection.execute("CREATE TABLE bench_commits (id TEXT PRIMARY KEY)")
        }
        service = try AuthService(
            database: database, cache: openCache(url: "memory:", seams: .bench), keys: keys,
            seams: .bench)
        tokens = try await withThrowingTaskGroup(of: [TokenSlot].self) { [service] group in
            for _ in 0..<16 {
                group.addTask {
                    // Each of users of its own, since events of one user stand in one order.
                    let new = NewUser(
                        email: "\(Identifier.make("u", .bench))@bench.example", password: nil)
                    guard case .done(_, let user) = try await service.register(new, by: .local)
                    else { throw TCError(.bug, "a user was not registered") }
                    var slots: [TokenSlot] = []
                    for _ in 0..<(RefreshBench.sessionCount / 16) {
                        let grant = try await service.issue(
                            for: .id(user.id), hasRefreshToken: true, by: .local)
                        slots.append(TokenSlot(grant?.refreshToken?.text ?? ""))
                    }
                    return slots
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Each task takes sessions of its own, one after another.
    func rotate(_ tasks: Int, _ count: Int) async throws -> Work {
        try await each(tasks, count) { [service, tokens] number in
            let slot = tokens[number % tokens.count]
            guard case .refreshed(let grant) = try await service.refresh(slot.text),
                let next = grant.refreshToken
            else { throw TCError(.bug, "a rotation was refused") }
            slot.text = next.text
        }
    }

    func commit(_ tasks: Int, _ count: Int) async throws -> Work {
        try await each(tasks, count) { [database] _ in
            let id = Identifier.make("row", .bench)
            try await database.write {
                try $0.execute("INSERT INTO bench_commits VALUES ($1)", [.text(id)])
            }
        }
    }

    func sign(_ count: Int) async throws -> Work {
        let issuer = try await keys.issuer()
        return try await each(1, count) { _ in
            _ = issuer.access(subject: "usr_1", role: "user", sessionID: "ses_1")
        }
    }

    private func each(
        _ tasks: Int, _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Work {
        try await withThrowingTaskGroup { group in
            for task in 0..<tasks {
                group.addTask {
                    for number in stride(from: task, to: count, by: tasks) {
                        try await body(number)
                    }
                }
            }
            try await group.waitForAll()
        }
        return Work(items: count, bytes: 0)
    }
}

/// The live token of a session.
///
/// `@unchecked Sendable`: one task at a time uses it, since each takes sessions of its own.
private final class TokenSlot: @unchecked Sendable {
    var text: String
    init(_ text: String) { self.text = text }
}

/// A key that signs and two that do not leave the process.
private struct BenchKeys: AuthKeys {
    private let key: SigningKey
    let rotation = HMACKey(Seams.bench.bytes(32))
    let sealing: AEADKey

    init() throws {
        key = try SigningKey.generate(.es256)
        sealing = try AEADKey(Seams.bench.bytes(32))
    }

    func issuer() async throws -> TokenIssuer {
        TokenIssuer(
            key, keyID: "bench", issuer: "https://auth.example", audience: ["tc"], seams: .bench)
    }

    func verifier(of kind: TokenKind) async throws -> TokenVerifier {
        throw TCError(.bug, "no token is verified here")
    }
}

/// Appends 4 KiB and asks for them to be durable, again and again, beside the database.
private func measureDevice(beside path: String) throws {
    let file = "\(path).bench"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw TCError(.io, "cannot write '\(file)'") }
    defer {
        close(descriptor)
        unlink(file)
    }
    let page = [UInt8](repeating: 7, count: 4096)
    try measure("refresh device alone", rounds: 3) {
        for _ in 0..<500 {
            guard write(descriptor, page, page.count) == page.count, fdatasync(descriptor) == 0
            else { throw TCError(.io, "cannot write '\(file)'") }
        }
        return Work(items: 500, bytes: 500 * page.count)
    }
}
