import TCCore
import TCCrypto
import TCStore
import Testing

@testable import TCAuth

@Suite("login") struct LoginTests {
    @Test("the right password opens a session that verifies", arguments: AuthEngines.present)
    func opens(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let grant = try await bed.grant(service)
        let introspection = try await service.introspect(grant.accessToken)
        guard case .active(let token) = introspection else {
            Issue.record("\(introspection.json)")
            return
        }
        #expect(token.claims.subject == user.id && token.claims.sessionID == grant.sessionID)
        let session = try #require(try await service.sessions(of: user.id).first)
        #expect(session.id == grant.sessionID && session.userAgent == "tests")
        #expect(session.method == .password && session.mfaAt == nil)
        #expect(session.address == bed.client().address)
    }

    @Test("a wrong password and an unknown user get the same answers, attempt after attempt")
    func enumeration() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        // Each from an address of its own, so that neither is slowed by the other.
        func attempts(_ name: String, _ address: Int) async throws -> [String] {
            var answers: [String] = []
            for _ in 0..<20 {
                let outcome = try await service.login(
                    email: bed.email(name), password: "not this one", from: bed.client(address))
                answers.append(outcome.json)
                if case .wait(let wait) = outcome { bed.clock.advance(wait) }
            }
            return answers
        }
        let (known, unknown) = (try await attempts("ada", 1), try await attempts("bob", 2))
        #expect(known == unknown)
        #expect(Set(known).count > 3, "it also came to waits")
        // As much is written for either, so that the time tells nothing.
        let locked = try await bed.database.query(
            "SELECT subject FROM outbox WHERE type = 'tc.auth.user.locked'", []
        ) { try $0.text(0) }
        #expect(locked.count == 2)
    }

    @Test("a user without a password is as one that there is not")
    func noPassword() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        _ = try await service.register(NewUser(email: bed.email("ada"), password: nil), by: .local)
        #expect(try await bed.login(service) == .invalidCredentials)
    }

    @Test("a stranger cannot lock out an owner's device, nor a new device for ever")
    func lockout() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        let device = try #require(try await bed.grant(service).deviceToken)
        for address in 0..<60 {
            _ = try await service.login(
                email: bed.email("ada"), password: "a guess", from: bed.client(100 + address))
        }
        let owner = bed.client(2, device: device)
        let grant = try #require(try await bed.login(service, from: owner).grant)
        #expect(grant.deviceToken == nil, "the device is known")
        guard case .wait(let wait) = try await bed.login(service, from: bed.client(3)) else {
            Issue.record("a stranger waits while the account is under attack")
            return
        }
        #expect(wait <= .seconds(60))
        bed.clock.advance(wait)
        #expect(try await bed.login(service, from: bed.client(3)).grant != nil)
    }

    @Test("a device token of another user proves nothing", arguments: AuthEngines.present)
    func foreignDevice(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let ada = try await bed.register(service, "ada")
        let bob = try await bed.register(service, "bob")
        let device = try #require(try await bed.grant(service, "ada").deviceToken)
        let login = try await bed.login(service, "bob", from: bed.client(device: device))
        #expect(login.grant?.deviceToken != nil)
        #expect(try await bed.login(service, "ada", from: bed.client(device: device)).grant != nil)
        let sessions = try await service.sessions(of: ada.id)
        #expect(sessions.count == 2 && Set(sessions.map(\.deviceID)).count == 1)
        for user in [ada, bob] {
            let types = try await bed.events(about: user.id).map(\.type)
            #expect(types == ["user.registered", "login.new_device"])
        }
    }

    @Test("only so many devices are kept, and the newest are")
    func manyDevices() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        var tokens: [String] = []
        for _ in 0..<25 {
            bed.clock.advance(.seconds(60))
            tokens.append(try #require(try await bed.grant(service).deviceToken))
        }
        #expect(try await bed.count("SELECT count(*) FROM auth_devices") == 20)
        let newest = bed.client(device: tokens[24])
        #expect(try await bed.login(service, from: newest).grant?.deviceToken == nil)
        let oldest = bed.client(device: tokens[4])
        #expect(try await bed.login(service, from: oldest).grant?.deviceToken != nil)
    }

    @Test(
        "a hash that is easier to guess from is replaced at login", arguments: AuthEngines.present)
    func upgrades(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let old = try bed.node()
        try await bed.register(old)
        let better = try ScryptParameters(logarithmOfN: 6, r: 8, p: 1)
        let new = try bed.node { $0.scrypt = better }
        func kept() async throws -> String {
            try await bed.database.query("SELECT password FROM auth_users", []) {
                try $0.text(0)
            }[0]
        }
        #expect(try await kept().hasPrefix("$scrypt$ln=4,"))
        _ = try await bed.grant(new)
        let upgraded = try await kept()
        #expect(upgraded.hasPrefix("$scrypt$ln=6,"))
        _ = try await bed.grant(old)
        #expect(try await kept() == upgraded, "and never to a worse one")
    }

    @Test("logins at the same moment do not hinder each other", arguments: AuthEngines.present)
    func sameMoment(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let old = try bed.node()
        let user = try await bed.register(old)
        let better = try ScryptParameters(logarithmOfN: 6, r: 8, p: 1)
        let new = try bed.node { $0.scrypt = better }
        let outcomes = try await together(20) {
            try await bed.login(new, from: bed.client($0))
        }
        #expect(outcomes.allSatisfy { $0.grant != nil })
        #expect(try await new.sessions(of: user.id).count == 20)
    }

    @Test("a login that began before the password was changed comes too late")
    func overtaken() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let user = try await bed.register(service)
        let known = try #require(
            try await CredentialRows.password(bed.email("ada"), device: [], in: bed.database))
        _ = try await service.setPassword(of: .id(user.id), to: AuthBed.password, by: .local)
        let order = SessionOrder(
            userID: user.id, method: .password, ground: .password(setAt: known.setAt),
            client: nil)
        #expect(try await service.begin(order) == .invalidCredentials)
    }

    @Test("settings that cannot be meant are refused")
    func settings() async throws {
        let bed = try await AuthBed(.embedded)
        for change in [
            { $0.grace = .seconds(-1) }, { $0.grace = .seconds(86_400) },
            { $0.refreshLifetime = .zero }, { $0.believedFor = .seconds(2) },
            { $0.rememberedSessions = 0 }, { $0.mfaIssuer = "a:b" }, { $0.defaultRole = "" },
        ] as [(inout AuthSettings) -> Void] {
            let error = #expect(throws: TCError.self) { _ = try bed.node(change: change) }
            #expect(error?.kind == .configuration)
        }
    }

    @Test("no interpolation prints what was granted or given")
    func redacted() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        try await bed.register(service)
        let outcome = try await bed.login(service)
        let grant = try #require(outcome.grant)
        let secrets = [
            grant.accessToken, grant.refreshToken?.text ?? "", grant.deviceToken ?? "",
            AuthBed.password,
        ]
        let values: [Any] = [
            outcome, grant, NewUser(email: "a@b.c", password: AuthBed.password),
            bed.client(device: grant.deviceToken), RevocationTarget.token(grant.accessToken),
            RevocationOutcome.unchanged(.token(grant.accessToken)),
        ]
        for value in values {
            var text = "\(value) \(String(reflecting: value))"
            dump(value, to: &text)
            #expect(secrets.allSatisfy { !text.contains($0) })
        }
    }

    @Test("a disabled account says so to whoever knows the password, and to nobody else")
    func disabled() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let user = try await bed.register(service)
        _ = try await service.setDisabled(.id(user.id), true, by: .local)
        #expect(try await bed.login(service) == .disabled)
        let wrong = try await service.login(
            email: bed.email("ada"), password: "not this one", from: bed.client())
        #expect(wrong == .invalidCredentials)
        _ = try await service.setDisabled(.id(user.id), false, by: .local)
        #expect(try await bed.login(service).grant != nil)
    }

    @Test(
        "an order issues a session with a role of its own, until the user's changes",
        arguments: AuthEngines.present)
    func issues(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let key = UserKey.id(user.id)
        let issued = try #require(
            try await service.issue(
                for: key, role: "driver", hasRefreshToken: true, by: .local))
        #expect(issued.role == "driver")
        #expect(try await service.introspect(issued.accessToken).reason == nil)
        let next = try #require(try await service.refresh(issued.refreshToken?.text ?? "").grant)
        #expect(next.role == "driver")
        let plain = try #require(try await service.issue(for: key, by: .local))
        #expect(plain.role == "user" && plain.refreshToken == nil)
        _ = try await service.setRole(of: key, to: "guest", by: .local)
        #expect(try await service.introspect(next.accessToken).reason == "session_revoked")
        #expect(try await service.introspect(plain.accessToken).reason == "role_changed")
        let other = UserKey.email(bed.email("nobody"))
        #expect(try await service.issue(for: other, by: .local) == nil)
        #expect(
            try await bed.events(about: user.id).filter { $0.type == "session.issued" }.count == 2)
    }

    @Test(
        "a limit of requests is one for all nodes, and for one network of IPv6",
        arguments: AuthEngines.present)
    func limits(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let nodes = try [bed.node(), bed.node()]
        let user = "usr_\(bed.mark)"
        let answers = try await together(150) {
            try await nodes[$0 % 2].admit(userID: user, address: "10.0.0.\($0)")
        }
        #expect(answers.filter(\.isAllowed).count == 100)
        #expect(ClientNetwork.name(of: "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64")
        #expect(ClientNetwork.name(of: "::ffff:10.1.2.3") == "10.1.2.3")
        #expect(ClientNetwork.name(of: "10.1.2.3") == "10.1.2.3")
        #expect(ClientNetwork.name(of: "local") == "local")
    }
}
