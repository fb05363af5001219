import TCCore
import TCCrypto
import TCStore
import TCWire
import Testing

@testable import TCAuth

@Suite("users") struct UserTests {
    @Test("an address has one account, however it is spelt", arguments: AuthEngines.present)
    func registers(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        #expect(user.email == bed.email("ada") && user.role == "user" && user.hasPassword)
        let spellings = [bed.email("ada"), "  ADA@\(bed.mark.uppercased()).Example "]
        for spelling in spellings {
            let again = NewUser(email: spelling, password: AuthBed.password)
            let outcome = try await service.register(again, by: .local)
            #expect(outcome == .exists(email: bed.email("ada"), id: nil))
            #expect(outcome.isNegative)
            #expect(try await service.user(UserKey(spelling)) == user)
        }
        #expect(try await service.user(.id(user.id)) == user)
        #expect(try await bed.events(about: user.id).map(\.type) == ["user.registered"])
    }

    @Test("of a hundred who register one address at once, one does", arguments: AuthEngines.present)
    func race(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let outcomes = try await together(100) { _ in
            try await service.register(
                NewUser(email: bed.email("ada"), password: nil), by: .local)
        }
        #expect(outcomes.filter { !$0.isNegative }.count == 1)
        #expect(try await bed.count("SELECT count(*) FROM auth_users") == 1)
        #expect(try await bed.count("SELECT count(*) FROM outbox") == 1)
    }

    @Test(
        "what cannot be an account is refused",
        arguments: [
            NewUser(email: "ada", password: nil), NewUser(email: "a@b@c", password: nil),
            NewUser(email: "ada@example..com", password: nil),
            NewUser(email: "\u{212A}ate@example.com", password: nil),
            NewUser(email: String(repeating: "a", count: 250) + "@b.cd", password: nil),
            NewUser(email: "ada@example.com", password: "short"),
            NewUser(email: "ada@example.com", password: "password123"),
            NewUser(email: "ada.lovelace@example.com", password: "Lovelace1"),
            NewUser(email: "ada@example.com", password: nil, name: "a\u{0}b"),
            NewUser(email: "ada@example.com", password: nil, name: ""),
            NewUser(email: "ada@example.com", password: nil, role: "Admin!"),
        ])
    func refuses(_ new: NewUser) async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let error = await #expect(throws: TCError.self) {
            try await service.register(new, by: .local)
        }
        #expect(error?.kind == .badInput)
        if let password = new.password { #expect(error?.description.contains(password) == false) }
    }

    @Test("pages hold every user once, in order, also of a filter", arguments: AuthEngines.present)
    func pages(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        for number in 0..<25 {
            bed.clock.advance(.milliseconds(1))
            let new = NewUser(
                email: bed.email("u\(number)"), password: nil,
                role: number % 5 == 0 ? "admin" : nil)
            let user = try #require(try await service.register(new, by: .local).user)
            if number % 2 == 0 {
                _ = try await service.setDisabled(.id(user.id), true, by: .local)
            }
        }
        func walk(_ filter: UserFilter, _ limit: Int) async throws -> [String] {
            var (names, after): ([String], String?) = ([], nil)
            while true {
                let page = try await service.users(filter, after: after, limit: limit)
                #expect(page.users.count <= limit)
                names += page.users.compactMap { $0.email?.prefix { $0 != "@" } }.map(String.init)
                guard let next = page.next else { return names }
                after = next
            }
        }
        let all = (0..<25).map { "u\($0)" }
        #expect(try await walk(UserFilter(), 7) == all)
        #expect(try await walk(UserFilter(), 25) == all)
        #expect(try await walk(UserFilter(role: "admin"), 2) == ["u0", "u5", "u10", "u15", "u20"])
        #expect(
            try await walk(UserFilter(role: "admin", isDisabled: true), 3)
                == ["u0", "u10", "u20"])
    }

    @Test(
        "changes are told with who made them, and only where something changed",
        arguments: AuthEngines.present)
    func changes(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let key = UserKey.id(try await bed.register(service).id)
        func status(_ outcome: UserOutcome) -> String { outcome.status }
        let admin = Actor.user("usr_admin")
        #expect(
            status(try await service.setRole(of: key, to: "admin", by: admin)) == "role_changed")
        #expect(status(try await service.setRole(of: key, to: "admin", by: admin)) == "unchanged")
        #expect(status(try await service.setDisabled(key, false, by: admin)) == "unchanged")
        #expect(status(try await service.setDisabled(key, true, by: admin)) == "disabled")
        #expect(status(try await service.setDisabled(key, false, by: admin)) == "enabled")
        #expect(
            status(try await service.setPassword(of: key, to: "another kettle of fish", by: admin))
                == "password_changed")
        #expect(status(try await service.delete(key, by: admin)) == "deleted")
        #expect(status(try await service.delete(key, by: admin)) == "not_found")
        #expect(try await service.user(key) == nil)
        guard case .id(let id) = key else { return }
        let events = try await bed.events(about: id)
        #expect(
            events.map(\.type) == [
                "user.registered", "user.role_changed", "user.disabled", "user.enabled",
                "user.password_changed", "user.deleted",
            ])
        #expect(events.dropFirst().allSatisfy { $0.data.contains(#""by":"usr_admin""#) })
    }

    @Test(
        "a new password ends every session; the old one opens nothing",
        arguments: AuthEngines.present)
    func password(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let grant = try await bed.grant(service)
        _ = try await service.setPassword(of: .id(user.id), to: "a kettle of fish", by: .local)
        #expect(try await service.introspect(grant.accessToken).reason == "session_revoked")
        #expect(try await service.refresh(grant.refreshToken?.text ?? "") == .refused(.revoked))
        #expect(try await bed.login(service) == .invalidCredentials)
        let outcome = try await service.login(
            email: bed.email("ada"), password: "a kettle of fish", from: bed.client())
        #expect(outcome.grant != nil)
    }

    @Test(
        "users go to another installation, with passwords and second factors",
        arguments: AuthEngines.present)
    func transfer(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let plain = try await bed.register(service, "plain")
        let user = try await bed.register(service)
        let app = try await MFATests.enroll(user, service, bed)
        _ = try await service.setDisabled(.id(plain.id), true, by: .local)
        let exported = try await service.export()
        #expect(exported.map(\.id) == [plain.id, user.id].sorted())

        let other = try await AuthBed(.embedded)
        let receiver = try other.node()
        for transfer in exported {
            let line = Array(transfer.json.utf8)
            let read = try UserTransfer(JOSEText.object(json: line, "user"))
            #expect(read == transfer)
            #expect(try await receiver.importUser(read, by: .local).status == "imported")
            #expect(try await receiver.importUser(read, by: .local).status == "exists")
        }
        #expect(try await receiver.users().users == (try await service.users().users))
        #expect(
            try await receiver.login(
                email: bed.email("plain"), password: AuthBed.password, from: other.client())
                == .disabled)
        let login = try await receiver.login(
            email: bed.email("ada"), password: AuthBed.password, from: other.client())
        let challenge = try #require(login.challenge)
        let code = app.code(step: app.step(at: other.clock.now))
        #expect(
            try await receiver.verifyMFA(
                token: challenge.token, code: code, from: other.client()
            ).grant != nil)
    }

    @Test("what is hostile in an import is refused")
    func hostileImport() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        for record in [
            #"{}"#, #"{"user_id":"usr_1"}"#, #"{"email":"a@b.c","password_hash":"secret"}"#,
            #"{"email":"a@b.c","password_hash":"$scrypt$ln=40,r=8,p=1$AAAA$AAAA"}"#,
            #"{"email":"a@b.c","totp_secret":"AAAA"}"#, #"{"email":"a@b.c","totp_secret":"1"}"#,
            #"{"email":"a@b.c","created_at":"soon"}"#, #"{"email":"a@b.c","role":7}"#,
        ] {
            let error = await #expect(throws: TCError.self, "\(record)") {
                let object = try JOSEText.object(json: Array(record.utf8), "user")
                _ = try await service.importUser(UserTransfer(object), by: .local)
            }
            #expect(error?.kind == .badInput)
            #expect(error?.message.contains("secret\"") == false)
        }
        #expect(try await bed.count("SELECT count(*) FROM auth_users") == 0)
    }
}
