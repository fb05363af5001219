import TCCore
import TCCrypto
import TCStore
import Testing

@testable import TCAuth

@Suite("keys come and go") struct KeyChangeTests {
    @Test(
        "a new key is published at once, signs after the overlap, and breaks no token",
        arguments: AuthEngines.present)
    func rotation(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let (here, there) = (try await bed.ring(), try await bed.ring())
        let first = try await here.signingKid()
        var tokens = [try await here.token()]
        let next = try await here.rotated()
        bed.clock.advance(.seconds(1))
        #expect(try await Set(there.published()) == [first, next])
        #expect(try await there.states() == [.signing, .next])
        bed.clock.advance(.milliseconds(598_999))
        #expect(try await here.signingKid() == first)
        #expect(try await there.signingKid() == first)
        tokens.append(try await there.token())
        bed.clock.advance(.milliseconds(1))
        #expect(try await here.signingKid() == next)
        #expect(try await there.signingKid() == next)
        #expect(try await there.states() == [.verifying, .signing])
        tokens.append(try await here.token())
        for token in tokens {
            #expect(try await here.objection(to: token) == nil)
            #expect(try await there.objection(to: token) == nil)
        }
        let events = try await bed.events(about: next)
        #expect(events.map(\.type) == ["key.rotated"])
        #expect(events[0].data.contains("\"replaces\":\"\(first)\""))
        #expect(events[0].data.contains("\"by\":\"local\""))
    }

    @Test("a key is retired once nothing that it signed is valid", arguments: AuthEngines.present)
    func retirement(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let first = try await ring.signingKid()
        #expect(try await ring.retire(first, by: .local).status == "in_use")
        _ = try await ring.rotated()
        bed.clock.advance(.seconds(600))
        let outcome = try await ring.retire(first, by: .local)
        guard case .inUse(let key) = outcome, let free = key.retirableAt else {
            Issue.record("\(outcome.json)")
            return
        }
        #expect(outcome.isNegative && key.state == .verifying)
        #expect(free == bed.clock.now + .seconds(65 + 24 * 3600))
        bed.clock.advance(.milliseconds(free.milliseconds - bed.clock.now.milliseconds - 1))
        #expect(try await ring.retire(first, by: .local).status == "in_use")
        bed.clock.advance(.milliseconds(1))
        let retired = try await ring.retire(first, by: .user("usr_1"))
        #expect(retired.status == "retired" && !retired.isNegative)
        #expect(try await ring.retire(first, by: .local).status == "unchanged")
        #expect(try await ring.retire("none", by: .local) == .notFound(kid: "none"))
        #expect(try await ring.states() == [.retired, .signing])
        #expect(try await !ring.published().contains(first))
        #expect(
            try await bed.count("SELECT count(*) FROM auth_keys WHERE sealed IS NOT NULL") == 1,
            "the private key is gone")
        let events = try await bed.events(about: first)
        #expect(events.map(\.type) == ["key.rotated", "key.retired"])
        #expect(events[1].data.contains("\"by\":\"usr_1\"") && !events[1].data.contains("forced"))
    }

    @Test(
        "a forced retirement ends tokens on other nodes within the refresh interval",
        arguments: AuthEngines.present)
    func forced(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let (here, there) = (try await bed.ring(), try await bed.ring())
        let stolen = try await here.signingKid()
        let token = try await there.token()
        let next = try await here.rotated(now: true)
        #expect(try await there.objection(to: token) == nil)
        #expect(try await here.retire(stolen, force: true, by: .local).status == "retired")
        #expect(try await here.objection(to: token) == .key)
        bed.clock.advance(.seconds(1))
        #expect(try await there.objection(to: token) == .key)
        #expect(try await there.signingKid() == next)
        let events = try await bed.events(about: stolen)
        #expect(events.last?.data.contains("\"forced\":\"true\"") == true)
    }

    @Test("the only key that can sign stays, whatever is asked", arguments: AuthEngines.present)
    func only(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let first = try await ring.signingKid()
        _ = try await ring.rotated(now: true)
        let second = try await ring.signingKid()
        #expect(
            try await ring.retire(second, force: true, by: .local).status == "in_use",
            "a key that has had its turn gets no other")
        let third = try await ring.rotated()
        let outcome = try await ring.retire(second, force: true, by: .local)
        #expect(outcome.status == "retired")
        #expect(try await ring.signingKid() == third, "the next one takes over at once")
        #expect(try await ring.states() == [.verifying, .retired, .signing])
        #expect(try await ring.retire(first, force: true, by: .local).status == "retired")
        let events = try await bed.events(about: second)
        #expect(events.last?.data.contains("\"signing\":\"\(third)\"") == true)
    }

    @Test(
        "of many who rotate or retire at once none leaves the ring without a key",
        arguments: AuthEngines.present)
    func together(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        _ = try await TCAuthTests.together(4) { _ in try await ring.rotated() }
        #expect(try await ring.list().count == 5)
        let keys = try await ring.list().map(\.kid)
        let outcomes = try await TCAuthTests.together(5) {
            try await ring.retire(keys[$0], force: true, by: .local).status
        }
        #expect(outcomes.sorted() == ["in_use"] + Array(repeating: "retired", count: 4))
        #expect(try await ring.states().filter { $0 != .retired } == [.signing])
        #expect(try await ring.objection(to: ring.token()) == nil)
    }

    @Test(
        "a key that has not begun is taken back, and the one before goes on",
        arguments: AuthEngines.present)
    func cancelled(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let first = try await ring.signingKid()
        let late = try await ring.rotated()
        bed.clock.advance(.seconds(535))
        #expect(
            try await ring.retire(late, by: .local).status == "in_use",
            "a node whose clock is early may sign with it")
        #expect(try await ring.retire(late, force: true, by: .local).status == "retired")
        let next = try await ring.rotated()
        #expect(try await ring.retire(next, by: .local).status == "retired")
        bed.clock.advance(.seconds(3600))
        #expect(try await ring.signingKid() == first)
        #expect(try await ring.list().map(\.retirableAt) == [nil, nil, nil])
    }

    @Test(
        "a node with longer-lived tokens says so before it signs one",
        arguments: AuthEngines.present)
    func lifetimes(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let short = try await bed.ring { $0.accessLifetime = .seconds(3600) }
        let long = try await bed.ring { $0.accessLifetime = .seconds(7200) }
        let (first, start) = (try await short.signingKid(), bed.clock.now)
        _ = try await short.rotated()
        func free() async throws -> Instant? { try await short.list()[0].retirableAt }
        #expect(try await free() == start + .seconds(600 + 65 + 3600))
        bed.clock.advance(.seconds(1))
        #expect(try await long.signingKid() == first)
        #expect(try await free() == start + .seconds(600 + 65 + 7200))
        // Each key anew.
        bed.clock.advance(.seconds(600))
        #expect(try await long.signingKid() != first)
        #expect(
            try await bed.count("SELECT count(*) FROM auth_keys WHERE longest_ms = 7200000") == 2)
    }

    @Test("a dry run says what would be, and changes nothing", arguments: AuthEngines.present)
    func dryRun(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let before = try await ring.list()
        let outcome = try await ring.rotate(algorithm: .eddsa, by: .local, dryRun: true)
        guard case .rotated(let rotation) = outcome else {
            Issue.record("\(outcome.json)")
            return
        }
        #expect(rotation.kid == nil && rotation.algorithm == .eddsa && rotation.state == .next)
        #expect(rotation.replaces == before[0].kid)
        #expect(try await ring.list() == before)
        _ = try await ring.rotated()
        let both = try await ring.list()
        let would = try await ring.retire(before[0].kid, force: true, by: .local, dryRun: true)
        #expect(try await ring.list() == both)
        #expect(try await ring.retire(before[0].kid, force: true, by: .local) == would)
        #expect(
            try await ring.retire(both[1].kid, by: .local, dryRun: true).status == "in_use")
    }

    @Test("what cannot be meant is refused")
    func refused() async throws {
        let bed = try await AuthBed(.embedded)
        let ring = try await bed.ring()
        let other = await #expect(throws: TCError.self) {
            try await ring.rotate(algorithm: .hs512, by: .local)
        }
        #expect(other?.kind == .configuration)
        for _ in 1..<KeyRing.mostKeys { _ = try await ring.rotated() }
        let many = await #expect(throws: TCError.self) { try await ring.rotated() }
        #expect(many?.kind == .notPermitted)
        let changes: [@Sendable (inout KeySettings) -> Void] = [
            { $0.issuer = "" }, { $0.audience = "" }, { $0.algorithm = .hs384 },
            { $0.accessLifetime = .zero }, { $0.mfaLifetime = .seconds(7200) },
            { $0.overlap = .zero }, { $0.refreshInterval = .zero },
            { $0.refreshInterval = .seconds(31) }, { $0.rememberedTokens = -1 },
        ]
        for change in changes {
            let error = await #expect(throws: TCError.self) { try await bed.ring(change: change) }
            #expect(error?.kind == .configuration)
        }
    }
}
