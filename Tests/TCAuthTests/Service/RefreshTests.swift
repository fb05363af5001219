import TCCore
import TCCrypto
import TCStore
import Testing

@testable import TCAuth

@Suite("refresh token rotation") struct RefreshTests {
    @Test("each use replaces the token and issues an access token", arguments: AuthEngines.present)
    func rotates(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let first = try await bed.grant(service)
        var token = try #require(first.refreshToken)
        for _ in 0..<3 {
            bed.clock.advance(.seconds(3600))
            let grant = try #require(try await service.refresh(token.text).grant)
            #expect(grant.userID == user.id && grant.sessionID == first.sessionID)
            #expect(grant.role == "user")
            let next = try #require(grant.refreshToken)
            #expect(next.text != token.text)
            #expect(next.expiresAt == bed.clock.now + .seconds(7 * 86_400))
            #expect(try await service.introspect(grant.accessToken).reason == nil)
            token = next
        }
        let session = try #require(try await service.sessions(of: user.id).first)
        #expect(session.lastSeenAt == bed.clock.now && session.expiresAt == token.expiresAt)
    }

    @Test(
        "a hundred at once get one successor, and nothing is revoked",
        arguments: AuthEngines.present)
    func race(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let nodes = try [bed.node(), bed.node()]
        try await bed.register(nodes[0])
        let token = try #require(try await bed.grant(nodes[0]).refreshToken).text
        let outcomes = try await together(100) { try await nodes[$0 % 2].refresh(token) }
        let successors = Set(outcomes.map { $0.grant?.refreshToken?.text })
        #expect(successors.count == 1)
        let successor = try #require(successors.first ?? nil)
        #expect(try await bed.count("SELECT count(*) FROM auth_refresh_tokens") == 2)
        #expect(try await nodes[1].refresh(successor).grant != nil)
        #expect(bed.notices.withLock { $0 } == [])
    }

    @Test(
        "the losers of a race get the same successor to the end of the grace",
        arguments: AuthEngines.present)
    func grace(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        try await bed.register(service)
        let token = try #require(try await bed.grant(service).refreshToken).text
        let winner = try #require(try await service.refresh(token).grant)
        bed.clock.advance(.seconds(30))
        let loser = try #require(try await service.refresh(token).grant)
        #expect(loser.refreshToken == winner.refreshToken)
        bed.clock.advance(.milliseconds(1))
        #expect(try await service.refresh(token) == .refused(.replayed))
    }

    @Test(
        "a replay a minute later ends the session for whoever holds it, and says so",
        arguments: AuthEngines.present)
    func replay(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let stolen = try #require(try await bed.grant(service).refreshToken).text
        let other = try #require(try await bed.grant(service).refreshToken).text
        let kept = try #require(try await service.refresh(stolen).grant)
        bed.clock.advance(.seconds(60))
        let outcomes = try await together(20) { _ in try await service.refresh(stolen) }
        #expect(outcomes.contains(.refused(.replayed)))
        #expect(
            outcomes.allSatisfy { $0 == .refused(.replayed) || $0 == .refused(.revoked) })
        #expect(try await service.refresh(kept.refreshToken?.text ?? "") == .refused(.revoked))
        #expect(try await service.introspect(kept.accessToken).reason == "session_revoked")
        #expect(
            bed.notices.withLock { $0 }
                == [.replayed(sessionID: kept.sessionID, userID: user.id)])
        let revoked = try await bed.events(about: user.id).filter { $0.type == "session.revoked" }
        #expect(revoked.count == 1)
        #expect(revoked.first?.data.contains(#""why":"replayed","by":"service""#) == true)
        #expect(try await service.refresh(other).grant != nil, "another session goes on")
    }

    @Test("a lost answer at the end of a token's life is given again")
    func lostAtTheEnd() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        let token = try #require(try await bed.grant(service).refreshToken).text
        bed.clock.advance(.seconds(7 * 86_400) - .milliseconds(1))
        let first = try await service.refresh(token).grant
        bed.clock.advance(.seconds(10))
        #expect(first != nil)
        #expect(try await service.refresh(token).grant?.refreshToken == first?.refreshToken)
        bed.clock.advance(.seconds(60))
        #expect(try await service.refresh(token) == .refused(.expired), "and revokes nothing")
        #expect(try await service.refresh(first?.refreshToken?.text ?? "").grant != nil)
    }

    @Test(
        "what is expired, revoked, disabled or none of ours gives nothing",
        arguments: AuthEngines.present)
    func refusals(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let old = try #require(try await bed.grant(service).refreshToken).text
        bed.clock.advance(.seconds(7 * 86_400))
        #expect(try await service.refresh(old) == .refused(.expired))
        let ended = try await bed.grant(service)
        _ = try await service.logout(sessionID: ended.sessionID, of: user.id)
        #expect(try await service.refresh(ended.refreshToken?.text ?? "") == .refused(.revoked))
        let disabled = try #require(try await bed.grant(service).refreshToken).text
        _ = try await service.setDisabled(.id(user.id), true, by: .local)
        #expect(try await service.refresh(disabled) == .refused(.revoked))
        _ = try await service.delete(.id(user.id), by: .local)
        for text in [disabled, "", "rt_", "rt_" + String(repeating: "A", count: 43), "x\u{0}"] {
            #expect(try await service.refresh(text) == .refused(.unknown), "\(text)")
        }
    }

    @Test(
        "a node with another rotation key makes no second successor",
        arguments: AuthEngines.present)
    func foreignKey(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let stranger = try bed.node(keys: TestKeys(bed.seams, rotation: HMACKey([1, 2, 3])))
        try await bed.register(service)
        let grant = try await bed.grant(service)
        let token = try #require(grant.refreshToken).text
        let outcomes = try await together(20) {
            try await ($0 % 2 == 0 ? service : stranger).refresh(token)
        }
        #expect(Set(outcomes.compactMap { $0.grant?.refreshToken?.text }).count == 1)
        #expect(outcomes.contains(.refused(.conflict)))
        #expect(bed.notices.withLock { $0 }.contains(.foreignRotation(sessionID: grant.sessionID)))
        #expect(try await bed.count("SELECT count(*) FROM auth_refresh_tokens") == 2)
    }

    @Test("neither a token nor its successor can be told from what is kept")
    func keepsDigestsOnly() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        let token = try #require(try await bed.grant(service).refreshToken).text
        let kept = try await bed.database.query(
            "SELECT digest FROM auth_refresh_tokens", []
        ) { try $0.bytes(0) }
        #expect(kept == [Digest.sha256.hash(Array(token.utf8))])
    }
}
