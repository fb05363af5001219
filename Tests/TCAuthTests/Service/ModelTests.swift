import TCCore
import TCStore
import Testing

@testable import TCAuth

/// Random operations from a seed, each against a plain model of what must be true.
@Suite("service against a model") struct ModelTests {
    @Test(
        "users, sessions and tokens are what a model says", arguments: AuthEngines.present,
        [1, 2, 3, 4] as [UInt64])
    func agrees(_ engines: AuthEngines, _ seed: UInt64) async throws {
        let bed = try await AuthBed(engines)
        // A guard would make the model wait; it has tests of its own.
        var walk = ModelWalk(bed: bed, service: try bed.node(), random: Seams.seeded(seed).random)
        for number in 0..<250 {
            let operation = try await walk.step()
            try await walk.check("seed \(seed), step \(number): \(operation)")
        }
    }
}

/// The model: what a user, a session and a refresh token are worth, by the rules alone.
private struct ModelWalk {
    struct ModelUser {
        var id: String
        var name: String
        var role = "user"
        var isDisabled = false
    }

    struct ModelSession {
        var user: String
        var access: [(token: String, role: String, end: Instant, isRevoked: Bool)]
        /// The chain; the last is live, each other was replaced at a time.
        var refresh: [(token: String, end: Instant, replaced: Instant?)]
        var isRevoked = false
    }

    let bed: AuthBed
    let service: AuthService
    let random: @Sendable () -> UInt64
    var users: [ModelUser] = []
    var sessions: [String: ModelSession] = [:]
    var names = 0

    init(bed: AuthBed, service: AuthService, random: @escaping @Sendable () -> UInt64) {
        self.bed = bed
        self.service = service
        self.random = random
    }

    private func pick(_ count: Int) -> Int { Int(random() % UInt64(count)) }
    private var now: Instant { bed.clock.now }

    mutating func step() async throws -> String {
        bed.clock.advance(.milliseconds(Int64(1 + pick(20_000))))
        guard !users.isEmpty else { return try await register() }
        let user = pick(users.count)
        switch pick(20) {
        case 0: return try await register()
        case 1: return try await setRole(user)
        case 2: return try await toggle(user)
        case 3: return pick(3) == 0 ? try await delete(user) : try await register()
        case 4: return try await revokeUser(user)
        case 5: return try await revokeToken()
        case 6, 7: return try await revokeSession()
        case 8:
            if pick(4) == 0 { return try await everyone() }
            bed.clock.advance(.seconds(pick(3) * 86_400))
            return "pass days"
        case 9...13: return try await login(user)
        default: return try await refresh()
        }
    }

    private mutating func register() async throws -> String {
        names += 1
        let user = try await bed.register(service, "m\(names)")
        users.append(ModelUser(id: user.id, name: "m\(names)"))
        return "register"
    }

    private mutating func setRole(_ user: Int) async throws -> String {
        let role = ["user", "admin", "driver"][pick(3)]
        let outcome = try await service.setRole(of: .id(users[user].id), to: role, by: .local)
        #expect(outcome.status == (users[user].role == role ? "unchanged" : "role_changed"))
        users[user].role = role
        return "set role"
    }

    private mutating func toggle(_ user: Int) async throws -> String {
        users[user].isDisabled.toggle()
        _ = try await service.setDisabled(
            .id(users[user].id), users[user].isDisabled, by: .local)
        if users[user].isDisabled { end(of: users[user].id) }
        return "disable or enable"
    }

    private mutating func delete(_ user: Int) async throws -> String {
        let id = users.remove(at: user).id
        _ = try await service.delete(.id(id), by: .local)
        sessions = sessions.filter { $0.value.user != id }
        return "delete"
    }

    private mutating func revokeUser(_ user: Int) async throws -> String {
        _ = try await service.revoke(.user(users[user].id), by: .local)
        end(of: users[user].id)
        return "revoke user"
    }

    private mutating func everyone() async throws -> String {
        _ = try await service.revoke(.everyone, by: .local)
        end(of: nil)
        return "revoke everyone"
    }

    private mutating func end(of user: String?) {
        for (id, session) in sessions where user.map({ $0 == session.user }) ?? true {
            sessions[id]?.isRevoked = true
        }
    }

    private func anySession() -> String? {
        let ids = sessions.keys.sorted()
        return ids.isEmpty ? nil : ids[pick(ids.count)]
    }

    private mutating func revokeSession() async throws -> String {
        guard let id = anySession(), let session = sessions[id] else { return "nothing" }
        let stranger = try await service.logout(sessionID: id, of: "usr_none")
        #expect(stranger == .notFound(.session(id)))
        let outcome = try await service.logout(sessionID: id, of: session.user)
        #expect(outcome.status == (session.isRevoked ? "unchanged" : "revoked"))
        sessions[id]?.isRevoked = true
        return "log out"
    }

    private mutating func revokeToken() async throws -> String {
        guard let id = anySession(), let session = sessions[id] else { return "nothing" }
        let place = pick(session.access.count)
        _ = try await service.revoke(.token(session.access[place].token), by: .local)
        sessions[id]?.access[place].isRevoked = true
        return "revoke token"
    }

    private mutating func login(_ user: Int) async throws -> String {
        let outcome = try await bed.login(service, users[user].name)
        guard !users[user].isDisabled else {
            #expect(outcome == .disabled)
            return "login of a disabled user"
        }
        let grant = try #require(outcome.grant, "\(outcome.json)")
        let refresh = try #require(grant.refreshToken)
        sessions[grant.sessionID] = ModelSession(
            user: users[user].id,
            access: [(grant.accessToken, users[user].role, grant.expiresAt, false)],
            refresh: [(refresh.text, refresh.expiresAt, nil)])
        return "login"
    }

    private mutating func refresh() async throws -> String {
        guard let id = anySession(), var session = sessions[id],
            let user = users.first(where: { $0.id == session.user })
        else { return "nothing" }
        // Mostly the live token, sometimes one that was replaced.
        let last = session.refresh.count - 1
        let place = pick(3) == 0 ? pick(session.refresh.count) : last
        let token = session.refresh[place]
        let outcome = try await service.refresh(token.token)
        if session.isRevoked {
            #expect(outcome == .refused(.revoked))
        } else if let replaced = token.replaced, now <= replaced + .seconds(30) {
            #expect(outcome.grant?.refreshToken?.text == session.refresh[place + 1].token)
            add(outcome.grant, user, &session)
        } else if token.end <= now {
            #expect(outcome == .refused(.expired))
        } else if token.replaced != nil {
            #expect(outcome == .refused(.replayed))
            session.isRevoked = true
        } else {
            let grant = try #require(outcome.grant, "\(outcome.json)")
            let next = try #require(grant.refreshToken)
            session.refresh[place].replaced = now
            session.refresh.append((next.text, next.expiresAt, nil))
            add(grant, user, &session)
        }
        sessions[id] = session
        return "refresh"
    }

    private func add(_ grant: Grant?, _ user: ModelUser, _ session: inout ModelSession) {
        guard let grant else { return }
        session.access.append((grant.accessToken, user.role, grant.expiresAt, false))
    }

    /// Looks at one user and one session wholly.
    func check(_ comment: String) async throws {
        guard let user = users.last else { return }
        let comment = Comment(rawValue: comment)
        let found = try await service.user(.id(user.id))
        #expect(found?.role == user.role, comment)
        #expect((found?.disabledAt != nil) == user.isDisabled, comment)
        #expect(try await service.users(limit: 1000).users.count == users.count, comment)
        guard let id = anySession(), let session = sessions[id],
            let owner = users.first(where: { $0.id == session.user })
        else { return }
        for access in session.access {
            let isActive = try await !service.introspect(access.token).isNegative
            // Verifiers allow for clocks that are five seconds apart.
            let isCurrent = now < access.end + .seconds(5)
            let isBelieved =
                isCurrent && !session.isRevoked && !access.isRevoked && !owner.isDisabled
                && access.role == owner.role
            #expect(isActive == isBelieved, comment)
        }
        let live = try await service.sessions(of: owner.id, limit: 1000).map(\.id)
        let expected = sessions.filter {
            guard $0.value.user == owner.id, !$0.value.isRevoked else { return false }
            return ($0.value.refresh.last?.end ?? now) > now
        }
        #expect(live == expected.keys.sorted(), comment)
    }
}
