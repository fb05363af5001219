import Glibc
import Synchronization
import TCCore
import TCCrypto
import TCStore
import TCWire
import Testing

@testable import TCAuth

/// What tests of keys have besides.
extension AuthBed {
    var keyFile: String { "\(folder)/root.key" }

    /// A node's keys: another ring on the same database, sealed under the bed's key file.
    func ring(
        root: RootSecret? = nil, on database: (any Database)? = nil,
        change: (inout KeySettings) -> Void = { _ in },
        tell: @escaping @Sendable (AuthNotice) -> Void = { _ in }
    ) async throws -> KeyRing {
        var settings = KeySettings(issuer: TestKeys.name, audience: "tc")
        settings.scrypt = try ScryptParameters(logarithmOfN: 4, r: 8, p: 1)
        change(&settings)
        return try await KeyRing.open(
            database: database ?? self.database, root: root ?? .keyFile(keyFile),
            settings: settings, seams: seams, tell: tell)
    }

    /// The kind of error that opening fails with, and its text.
    func refusal(
        root: RootSecret, change: (inout KeySettings) -> Void = { _ in }
    ) async -> (kind: TCError.Kind, message: String)? {
        let error = await #expect(throws: TCError.self) {
            _ = try await ring(root: root, change: change)
        }
        return error.map { ($0.kind, "\($0)") }
    }
}

extension KeyRing {
    /// An access token of somebody.
    func token() async throws -> String {
        try await issuer().access(subject: "usr_1", role: "user", sessionID: "ses_1").text
    }

    /// The check that a token fails; nil where it is believed.
    func objection(to token: String) async throws -> TokenCheck? {
        let verifier = try await verifier(of: .access)
        do {
            _ = try verifier.verify(token, at: seams.now())
            return nil
        } catch {
            return error.check
        }
    }

    /// The key that a new token names.
    func signingKid() async throws -> String { try kid(of: await token()) }

    func states() async throws -> [KeyRecord.State] { try await list().map(\.state) }

    func rotated(now: Bool = false, _ algorithm: SignatureAlgorithm? = nil) async throws -> String {
        let outcome = try await rotate(algorithm: algorithm, now: now, by: .local)
        guard case .rotated(let rotation) = outcome else {
            throw TCError(.bug, "not rotated: \(outcome.json)")
        }
        return try #require(rotation.kid)
    }

    /// The names of the keys that are published.
    func published() async throws -> [String] {
        try JWKSet(parsing: Array(await jwks().utf8)).keys.compactMap(\.keyID)
    }
}

/// The key that a token names.
func kid(of token: String) throws -> String {
    let header = Array(token.utf8.prefix { $0 != UInt8(ascii: ".") })
    return try header.withUnsafeBufferPointer { try #require(JOSEHeader($0).keyID) }
}

/// A database that can be taken away, and counts the statements that come from outside of transactions.
final class SwitchedDatabase: Database {
    private let base: any Database
    private let state = Mutex((isDown: false, queries: 0))

    init(_ base: any Database) { self.base = base }

    var isDown: Bool {
        get { state.withLock { $0.isDown } }
        set { state.withLock { $0.isDown = newValue } }
    }

    var queries: Int { state.withLock { $0.queries } }

    var dialect: SQLDialect { base.dialect }

    func query<Result: Sendable>(
        _ sql: String, _ parameters: [SQLValue],
        _ row: @escaping @Sendable (any SQLRow) throws -> Result
    ) async throws -> [Result] {
        state.withLock { $0.queries += 1 }
        try check(isDown)
        return try await base.query(sql, parameters, row)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try check(isDown)
        return try await base.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try check(isDown)
        return try await base.write(body)
    }

    func check() async throws { try check(isDown) }

    func close() async {}

    private func check(_ isDown: Bool) throws {
        if isDown { throw TCError(.unavailable, "the database is down") }
    }
}
