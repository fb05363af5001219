import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCAuth

@Suite("query plans") struct PlanTests {
    @Test("no statement walks a table that grows")
    func plans() async throws {
        let bed = try await AuthBed(.embedded)
        let recorder = StatementRecorder(bed.database)
        let service = try AuthService(
            database: recorder, cache: bed.cache, keys: bed.keys, seams: bed.seams)
        try await everything(service, bed)
        let statements = recorder.statements
        #expect(statements.count > 40)
        for (sql, parameters) in statements {
            let plan = try await bed.database.write { connection in
                try connection.query("EXPLAIN QUERY PLAN " + sql, parameters) { try $0.text(3) }
            }
            // A constant is no table.
            let walks = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("CONSTANT ROW") }
            let isPage = sql.contains("FROM auth_users u") && sql.contains("LIMIT")
            #expect(walks.isEmpty || isPage, "\(plan): \(sql)")
        }
    }

    /// Every kind of call once, so that every statement runs.
    private func everything(_ service: AuthService, _ bed: AuthBed) async throws {
        let user = try await bed.register(service)
        let key = UserKey.id(user.id)
        let grant = try await bed.grant(service)
        for _ in 0..<2 { _ = try await service.refresh(grant.refreshToken?.text ?? "") }
        _ = try await bed.login(service, from: bed.client(device: grant.deviceToken))
        _ = try await service.introspect(grant.accessToken)
        _ = try await service.sessions(of: user.id)
        _ = try await service.revoke(.token(grant.accessToken), by: .local)
        bed.clock.advance(.seconds(60))
        _ = try await service.refresh(grant.refreshToken?.text ?? "")
        _ = try await service.logout(refreshToken: grant.refreshToken?.text ?? "")
        _ = try await service.issue(for: key, role: "driver", by: .local)
        let app = try await MFATests.enroll(user, service, bed)
        let client = bed.client()
        let code = MFATests.code(app, bed)
        _ = try await service.checkMFA(user.id, code: code, from: client)
        if case .recoveryCodes(let codes) = try await service.newRecoveryCodes(user.id, by: .local)
        {
            _ = try await service.checkMFA(user.id, code: codes[0], from: client)
        }
        _ = try await service.disableMFA(user.id, by: .local)
        let identity = ExternalIdentity(
            provider: "github", subject: "1", email: bed.email("eve"), emailVerified: true,
            name: nil)
        let signIn = try await service.signIn(identity, rules: .init(), from: client)
        let other = try #require(signIn.grant?.userID)
        _ = try await service.link(
            ExternalIdentity(
                provider: "github", subject: "2", email: nil, emailVerified: false, name: nil),
            to: other)
        _ = try await service.unlink(
            provider: "github", subject: "1", from: other, by: .local)
        _ = try await service.setRole(of: key, to: "admin", by: .local)
        _ = try await service.setPassword(of: key, to: AuthBed.password, by: .local)
        _ = try await service.setDisabled(key, true, by: .local)
        _ = try await service.users(UserFilter(role: "admin", isDisabled: true))
        for transfer in try await service.export() {
            _ = try await service.importUser(transfer, by: .local)
        }
        _ = try await service.revoke(.user(user.id), by: .local)
        _ = try await service.revoke(.everyone, by: .local)
        _ = try await service.prune(atMost: 10)
        _ = try await service.delete(key, by: .local)
    }
}

/// A database that notes each statement with the parameters of its first use.
private final class StatementRecorder: Database {
    private let base: any Database
    private let noted = Mutex<[String: [SQLValue]]>([:])

    init(_ base: any Database) { self.base = base }

    var statements: [(sql: String, parameters: [SQLValue])] {
        noted.withLock { $0.map { ($0.key, $0.value) } }
    }

    fileprivate func note(_ sql: String, _ parameters: [SQLValue]) {
        noted.withLock { $0[sql] = $0[sql] ?? parameters }
    }

    var dialect: SQLDialect { base.dialect }

    func query<Result: Sendable>(
        _ sql: String, _ parameters: [SQLValue],
        _ row: @escaping @Sendable (any SQLRow) throws -> Result
    ) async throws -> [Result] {
        note(sql, parameters)
        return try await base.query(sql, parameters, row)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await base.read { try body(RecordedConnection($0, self)) }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await base.write { try body(RecordedConnection($0, self)) }
    }

    func check() async throws { try await base.check() }
    func close() async { await base.close() }
}

private final class RecordedConnection: SQLConnection {
    private let base: any SQLConnection
    private let recorder: StatementRecorder

    init(_ base: any SQLConnection, _ recorder: StatementRecorder) {
        self.base = base
        self.recorder = recorder
    }

    var dialect: SQLDialect { base.dialect }

    func execute(_ sql: String, _ parameters: [SQLValue]) throws -> Int {
        recorder.note(sql, parameters)
        return try base.execute(sql, parameters)
    }

    func execute(_ sql: String, batch: [[SQLValue]]) throws -> Int {
        if let first = batch.first { recorder.note(sql, first) }
        return try base.execute(sql, batch: batch)
    }

    func query<Result>(
        _ sql: String, _ parameters: [SQLValue], _ row: (any SQLRow) throws -> Result
    ) throws -> [Result] {
        recorder.note(sql, parameters)
        return try base.query(sql, parameters, row)
    }
}
