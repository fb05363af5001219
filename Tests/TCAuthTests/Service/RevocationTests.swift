import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCAuth

@Suite("revocation") struct RevocationTests {
    /// Of two logins of one user and one of another, which still are believed after a revocation.
    private func left(
        _ engines: AuthEngines, after target: (User, Grant) -> RevocationTarget
    ) async throws -> (outcome: RevocationOutcome, believed: [Bool], refreshed: [Bool]) {
        let bed = try await AuthBed(engines)
        let (here, there) = (try bed.node(), try bed.node())
        let ada = try await bed.register(here, "ada")
        try await bed.register(here, "bob")
        let grants = [
            try await bed.grant(here, "ada"), try await bed.grant(here, "ada"),
            try await bed.grant(here, "bob"),
        ]
        // Both nodes have seen them, and no time passes.
        for grant in grants {
            for node in [here, there] {
                #expect(try await node.introspect(grant.accessToken).reason == nil)
            }
        }
        let listener = try await there.listen()
        let listening = Task { await listener.run() }
        defer { listening.cancel() }
        let outcome = try await here.revoke(target(ada, grants[0]), by: .local)
        #expect(try await here.introspect(grants[0].accessToken).isNegative)
        try await eventually("the other node hears of it") {
            try await there.introspect(grants[0].accessToken).isNegative
        }
        var (believed, refreshed): ([Bool], [Bool]) = ([], [])
        for grant in grants {
            believed.append(!(try await there.introspect(grant.accessToken).isNegative))
            let token = grant.refreshToken?.text ?? ""
            refreshed.append(try await there.refresh(token).grant != nil)
        }
        return (outcome, believed, refreshed)
    }

    @Test("a token alone; its session goes on", arguments: AuthEngines.present)
    func token(_ engines: AuthEngines) async throws {
        let left = try await left(engines) { .token($1.accessToken) }
        #expect(left.outcome.status == "revoked")
        #expect(left.believed == [false, true, true])
        #expect(left.refreshed == [true, true, true])
    }

    @Test("the session of a refresh token", arguments: AuthEngines.present)
    func refreshToken(_ engines: AuthEngines) async throws {
        let left = try await left(engines) { .token($1.refreshToken?.text ?? "") }
        #expect(left.believed == [false, true, true])
        #expect(left.refreshed == [false, true, true])
    }

    @Test("a session", arguments: AuthEngines.present)
    func session(_ engines: AuthEngines) async throws {
        let left = try await left(engines) { .session($1.sessionID) }
        #expect(left.believed == [false, true, true])
        #expect(left.refreshed == [false, true, true])
    }

    @Test("a user", arguments: AuthEngines.present)
    func user(_ engines: AuthEngines) async throws {
        let left = try await left(engines) { user, _ in .user(user.id) }
        guard case .revoked(.user, sessions: 2) = left.outcome else {
            Issue.record("\(left.outcome.json)")
            return
        }
        #expect(left.believed == [false, false, true])
        #expect(left.refreshed == [false, false, true])
    }

    @Test("everyone", arguments: AuthEngines.present)
    func everyone(_ engines: AuthEngines) async throws {
        let left = try await left(engines) { _, _ in .everyone }
        #expect(left.believed == [false, false, false])
        #expect(left.refreshed == [false, false, false])
    }

    @Test(
        "a node that hears nothing believes for less than a second, and no longer",
        arguments: AuthEngines.present)
    func deafNode(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let (here, deaf) = (try bed.node(), try bed.node())
        try await bed.register(here)
        let grant = try await bed.grant(here)
        #expect(try await deaf.introspect(grant.accessToken).reason == nil)
        _ = try await here.revoke(.session(grant.sessionID), by: .local)
        bed.clock.advance(.milliseconds(899))
        #expect(try await deaf.introspect(grant.accessToken).reason == nil, "what makes it fast")
        bed.clock.advance(.milliseconds(1))
        #expect(try await deaf.introspect(grant.accessToken).reason == "session_revoked")
    }

    @Test("what was read before a message and comes behind it is not believed again")
    func readAcrossMessage() async throws {
        let states = SessionStates(capacity: 100, believedFor: .seconds(1), uptime: { 0 })
        func live(_ role: String) -> SessionState {
            SessionState(
                userID: "usr_1", role: role, isRevoked: false, isDisabled: false,
                revokedTokens: [])
        }
        let first = try await states.state(of: "ses_1") {
            states.forget(.session("ses_1"))
            return live("old")
        }
        #expect(first?.role == "old")
        #expect(try await states.state(of: "ses_1") { live("new") }?.role == "new")
        #expect(try await states.state(of: "ses_1") { live("newer") }?.role == "new")
    }

    @Test("a lost connection for messages empties what was believed")
    func lost() async throws {
        let bed = try await AuthBed(.embedded)
        let states = SessionStates(capacity: 100, believedFor: .seconds(1), uptime: { 0 })
        _ = try await states.state(of: "ses_1") { nil }
        let feed = CacheFeed(limit: 10)
        let told = Told()
        let listener = RevocationListener(
            subscription: CacheSubscription(feed) {}, states: states, tell: told.add)
        feed.lose()
        feed.resume()
        async let listening: Void = listener.run()
        try await eventually("it has heard") { told.notices == [.deaf, .hearing] }
        feed.end()
        await listening
        let live = SessionState(
            userID: "usr_1", role: "user", isRevoked: false, isDisabled: false, revokedTokens: [])
        #expect(try await states.state(of: "ses_1") { live } == live)
        await bed.cache.close()
    }

    @Test("a cache that cannot be told does not keep a revocation from standing")
    func unannounced() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let user = try await bed.register(service)
        let grant = try await bed.grant(service)
        await bed.cache.close()
        let outcome = try await service.revoke(.user(user.id), by: .local)
        #expect(outcome == .revoked(.user(user.id), sessions: 1))
        #expect(try await service.introspect(grant.accessToken).reason == "session_revoked")
        let notices = bed.notices.withLock { $0 }
        #expect(notices.contains { if case .unannounced = $0 { true } else { false } })
    }

    @Test("memory for what is believed has a bound")
    func bound() async throws {
        let clock = MovedClock()
        let states = SessionStates(
            capacity: 160, believedFor: .seconds(1), uptime: clock.seams.uptime)
        let reads = Told()
        for number in 0..<10_000 {
            _ = try await states.state(of: "ses_\(number)") { nil }
        }
        for number in 9_990..<10_000 {
            _ = try await states.state(of: "ses_\(number)") {
                reads.add(.deaf)
                return nil
            }
        }
        #expect(states.count <= 160)
        #expect(reads.notices.count < 10, "the newest are kept")
    }

    @Test("again, unknown and foreign say so", arguments: AuthEngines.present)
    func again(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let grant = try await bed.grant(service)
        for target in [RevocationTarget.session(grant.sessionID), .user(user.id)] {
            _ = try await service.revoke(target, by: .local)
            #expect(try await service.revoke(target, by: .local) == .unchanged(target))
        }
        for target in [
            RevocationTarget.session("ses_none"), .user("usr_none"),
            .token("rt_" + String(repeating: "A", count: 43)),
        ] {
            #expect(try await service.revoke(target, by: .local) == .notFound(target))
        }
        let error = await #expect(throws: TCError.self) {
            try await service.revoke(.token("no token"), by: .local)
        }
        #expect(error?.kind == .badInput)
        #expect(
            try await bed.events(about: user.id).map(\.type)
                == ["user.registered", "login.new_device", "session.revoked"])
    }

    @Test("nobody makes a session's list of revoked tokens long")
    func manyTokens() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        var grant = try await bed.grant(service)
        for _ in 0..<SessionState.mostRevokedTokens {
            _ = try await service.revoke(.token(grant.accessToken), by: .local)
            grant = try #require(try await service.refresh(grant.refreshToken?.text ?? "").grant)
        }
        let last = try await service.revoke(.token(grant.accessToken), by: .local)
        #expect(last == .revoked(.session(grant.sessionID), sessions: 1))
        #expect(try await service.refresh(grant.refreshToken?.text ?? "") == .refused(.revoked))
    }

    @Test("a revoked token stays so while a verifier would allow for its clock")
    func leeway() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        let grant = try await bed.grant(service)
        _ = try await service.revoke(.token(grant.accessToken), by: .local)
        bed.clock.advance(.seconds(24 * 3600 + 2))
        #expect(try await service.introspect(grant.accessToken).reason == "token_revoked")
    }

    @Test(
        "what has ended is forgotten in bounded steps; what has not stays",
        arguments: AuthEngines.present)
    func prunes(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        for _ in 0..<5 {
            let grant = try await bed.grant(service)
            _ = try await service.refresh(grant.refreshToken?.text ?? "")
            _ = try await service.revoke(.token(grant.accessToken), by: .local)
        }
        #expect(try await service.prune(atMost: 100) == 0)
        bed.clock.advance(.seconds(6 * 86_400))
        let live = try await bed.grant(service)
        bed.clock.advance(.seconds(86_400 + 1))
        var (removed, steps) = (0, 0)
        while case let count = try await service.prune(atMost: 3), count > 0 {
            #expect(count <= 9)
            (removed, steps) = (removed + count, steps + 1)
        }
        #expect(removed == 10 + 5 + 5 && steps >= 4)
        #expect(
            try await service.sessions(of: user.id, includingEnded: true).map(\.id)
                == [live.sessionID])
        #expect(try await service.refresh(live.refreshToken?.text ?? "").grant != nil)
    }
}

/// Notices in the order in which they were told.
final class Told: Sendable {
    private let state = Mutex<[AuthNotice]>([])
    @Sendable func add(_ notice: AuthNotice) { state.withLock { $0.append(notice) } }
    var notices: [AuthNotice] { state.withLock { $0 } }
}
