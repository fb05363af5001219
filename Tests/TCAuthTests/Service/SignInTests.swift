import TCCore
import TCStore
import Testing

@testable import TCAuth

@Suite("external identities") struct SignInTests {
    private func identity(
        _ bed: AuthBed, _ subject: String = "1", email: String? = nil, verified: Bool = true,
        name: String? = "Ada"
    ) -> ExternalIdentity {
        ExternalIdentity(
            provider: "github", subject: subject, email: email, emailVerified: verified, name: name)
    }

    @Test(
        "one that is not known makes an account, once, and opens it from then on",
        arguments: AuthEngines.present)
    func creates(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let ada = identity(bed, email: bed.email("Ada").uppercased())
        let outcomes = try await together(20) { _ in
            try await service.signIn(ada, rules: .init(), from: bed.client())
        }
        let users = Set(outcomes.map { $0.grant?.userID })
        #expect(users.count == 1)
        let id = try #require(users.first ?? nil)
        let user = try #require(try await service.user(.id(id)))
        #expect(user.email == bed.email("ada") && user.emailVerifiedAt != nil)
        #expect(user.name == "Ada" && !user.hasPassword)
        let session = try #require(try await service.sessions(of: id).first)
        #expect(session.method == .provider("github"))
        #expect(try await service.identities(of: id).map(\.subject) == ["1"])
        let types = try await bed.events(about: id).map(\.type)
        #expect(types.prefix(2) == ["user.registered", "identity.linked"])
    }

    @Test("an address that nobody vouches for, or that cannot be one, is not kept")
    func unverified() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        for (subject, email, verified) in [
            ("1", bed.email("ada"), false), ("2", "no address", true), ("3", "é@example.com", true),
        ] {
            let ada = identity(
                bed, subject, email: email, verified: verified,
                name: String(repeating: "x", count: 300))
            let outcome = try await service.signIn(ada, rules: .init(), from: bed.client())
            let id = try #require(outcome.grant?.userID)
            let user = try #require(try await service.user(.id(id)))
            #expect(user.email == nil && user.emailVerifiedAt == nil && user.name == nil)
        }
    }

    @Test("an account that somebody has is not handed over", arguments: AuthEngines.present)
    func refuses(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let stranger = identity(bed, email: bed.email("ada"))
        for rules in [
            AccountLinking.Rules(),
            .init(linksByEmail: true, linksAccountsWithPassword: true),
        ] {
            // Its owner has never shown to read the address.
            let outcome = try await service.signIn(stranger, rules: rules, from: bed.client())
            #expect(outcome == .refused(.accountExists) && outcome.isNegative)
        }
        let closed = AccountLinking.Rules(createsAccounts: false)
        let unknown = try await service.signIn(
            identity(bed, "2"), rules: closed, from: bed.client())
        #expect(unknown == .refused(.accountsNotCreated))
        #expect(try await service.identities(of: user.id).isEmpty)
    }

    @Test(
        "who is logged in links one, which opens the account until it is unlinked",
        arguments: AuthEngines.present)
    func links(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let ada = try await bed.register(service, "ada")
        let bob = try await bed.register(service, "bob")
        let one = identity(bed)
        #expect(try await service.link(one, to: "usr_none") == .notFound)
        #expect(try await service.link(one, to: ada.id) == .linked)
        #expect(try await service.link(one, to: ada.id) == .unchanged)
        #expect(try await service.link(one, to: bob.id) == .linkedToAnother)
        let rules = AccountLinking.Rules(createsAccounts: false)
        let login = try await service.signIn(one, rules: rules, from: bed.client())
        #expect(login.grant?.userID == ada.id)
        func unlink(_ user: User) async throws -> LinkOutcome {
            try await service.unlink(
                provider: "github", subject: "1", from: user.id, by: .user(user.id))
        }
        #expect(try await unlink(bob) == .notFound)
        #expect(try await unlink(ada) == .unlinked)
        #expect(try await unlink(ada) == .notFound)
        let late = try await service.signIn(one, rules: rules, from: bed.client())
        #expect(late == .refused(.accountsNotCreated))
    }

    @Test("the last way in stays", arguments: AuthEngines.present)
    func lastWayIn(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let first = try await service.signIn(identity(bed), rules: .init(), from: bed.client())
        let id = try #require(first.grant?.userID)
        @Sendable func unlink(_ subject: String) async throws -> LinkOutcome {
            try await service.unlink(
                provider: "github", subject: subject, from: id, by: .user(id))
        }
        #expect(try await unlink("1") == .lastWayIn)
        #expect(try await service.link(identity(bed, "2"), to: id) == .linked)
        let outcomes = try await together(2) { try await unlink("\($0 + 1)") }
        #expect(Set(outcomes) == [.unlinked, .lastWayIn], "also when both go at once")
    }

    @Test(
        "a second factor is asked for, and a closed account stays closed",
        arguments: AuthEngines.present)
    func secondFactor(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let app = try await MFATests.enroll(user, service, bed)
        let one = identity(bed)
        #expect(try await service.link(one, to: user.id) == .linked)
        let outcome = try await service.signIn(one, rules: .init(), from: bed.client())
        let challenge = try #require(outcome.challenge)
        #expect(try await bed.count("SELECT count(*) FROM auth_sessions") == 0)
        let login = try await service.verifyMFA(
            token: challenge.token, code: MFATests.code(app, bed), from: bed.client())
        #expect(login.grant != nil)
        _ = try await service.setDisabled(.id(user.id), true, by: .local)
        let closed = try await service.signIn(one, rules: .init(), from: bed.client())
        #expect(closed == .disabled)
    }
}
