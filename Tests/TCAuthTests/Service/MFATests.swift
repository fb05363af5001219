import TCCore
import TCCrypto
import TCStore
import TCWire
import Testing

@testable import TCAuth

@Suite("second factors") struct MFATests {
    /// Enrols a user as their app would, and gives the app.
    @discardableResult
    static func enroll(_ user: User, _ service: AuthService, _ bed: AuthBed) async throws -> TOTP {
        try await enrollWithCodes(user, service, bed).app
    }

    static func enrollWithCodes(
        _ user: User, _ service: AuthService, _ bed: AuthBed
    ) async throws -> (app: TOTP, codes: [String]) {
        guard case .enrolled(let enrolment) = try await service.enrollMFA(user.id) else {
            throw TCError(.bug, "not enrolled")
        }
        let app = try TOTP(secret: #require(Base32.decode(enrolment.secret)))
        let outcome = try await service.confirmMFA(
            user.id, code: code(app, bed), from: bed.client())
        guard case .confirmed(let codes) = outcome else {
            throw TCError(.bug, "not confirmed: \(outcome.json)")
        }
        // The code that confirmed is used up; the next one is another.
        bed.clock.advance(.seconds(30))
        return (app, codes)
    }

    static func code(_ app: TOTP, _ bed: AuthBed) -> String {
        app.code(step: app.step(at: bed.clock.now))
    }

    private func challenge(_ service: AuthService, _ bed: AuthBed) async throws -> String {
        let outcome = try await bed.login(service)
        return try #require(outcome.challenge?.token, "\(outcome.json)")
    }

    @Test(
        "a login then answers with a token for the second factor, and nothing else",
        arguments: AuthEngines.present)
    func login(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let app = try await MFATests.enroll(user, service, bed)
        let outcome = try await bed.login(service)
        let challenge = try #require(outcome.challenge)
        #expect(challenge.expiresAt == bed.clock.now + .seconds(300))
        for word in ["access_token", "refresh_token", "session_id", "device_token"] {
            #expect(!outcome.json.contains(word))
        }
        #expect(try await bed.count("SELECT count(*) FROM auth_sessions") == 0)
        #expect(try await service.introspect(challenge.token).reason == "type")
        #expect(try await service.refresh(challenge.token) == .refused(.unknown))

        let grant = try #require(
            try await service.verifyMFA(
                token: challenge.token, code: MFATests.code(app, bed), from: bed.client()
            ).grant)
        #expect(try await service.introspect(grant.accessToken).reason == nil)
        let session = try #require(try await service.sessions(of: user.id).first)
        #expect(session.mfaAt == bed.clock.now && session.method == .secondFactor)
        let asMFA = try await service.verifyMFA(
            token: grant.accessToken, code: "000000", from: bed.client())
        #expect(asMFA == .invalidCredentials, "an access token is no MFA token")
    }

    @Test(
        "a code works once, however many try it at the same moment",
        arguments: AuthEngines.present)
    func codeOnce(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let nodes = try [bed.node(), bed.node()]
        let user = try await bed.register(nodes[0])
        let app = try await MFATests.enroll(user, nodes[0], bed)
        let token = try await challenge(nodes[0], bed)
        let code = MFATests.code(app, bed)
        let outcomes = try await together(50) {
            // From many addresses, lest the guard be what stops them.
            try await nodes[$0 % 2].verifyMFA(token: token, code: code, from: bed.client($0))
        }
        #expect(outcomes.filter { $0.grant != nil }.count == 1)
        #expect(try await bed.count("SELECT count(*) FROM auth_sessions") == 1)
        let again = try await nodes[0].checkMFA(user.id, code: code, from: bed.client(99))
        #expect(again.isNegative)
    }

    @Test("a recovery code works once, and ten do", arguments: AuthEngines.present)
    func recovery(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let codes = try await MFATests.enrollWithCodes(user, service, bed).codes
        #expect(codes.count == 10)
        let token = try await challenge(service, bed)
        let outcomes = try await together(20) {
            try await service.verifyMFA(token: token, code: codes[0], from: bed.client($0))
        }
        #expect(outcomes.filter { $0.grant != nil }.count == 1)
        for code in codes.dropFirst() {
            let outcome = try await service.checkMFA(
                user.id, code: " \(code.uppercased()) ", from: bed.client(50))
            #expect(outcome == .valid)
        }
        #expect(
            try await service.checkMFA(user.id, code: codes[5], from: bed.client(50))
                == .invalidCode)
        let used = try await bed.events(about: user.id)
            .filter { $0.type == "mfa.recovery_code_used" }
        #expect(used.count == 10)
    }

    @Test("new recovery codes make the old ones void", arguments: AuthEngines.present)
    func newRecoveryCodes(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        #expect(try await service.newRecoveryCodes(user.id, by: .local) == .notEnrolled)
        let old = try await MFATests.enrollWithCodes(user, service, bed).codes
        guard case .recoveryCodes(let new) = try await service.newRecoveryCodes(user.id, by: .local)
        else {
            Issue.record("no codes")
            return
        }
        let client = bed.client()
        #expect(try await service.checkMFA(user.id, code: old[0], from: client) == .invalidCode)
        #expect(try await service.checkMFA(user.id, code: new[0], from: client) == .valid)
    }

    @Test(
        "enrolment is in force only when a code has shown that the app has it",
        arguments: AuthEngines.present)
    func enrolment(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let client = bed.client()
        #expect(try await service.enrollMFA("usr_none") == .userNotFound)
        #expect(try await service.confirmMFA(user.id, code: "1", from: client) == .notEnrolled)
        guard case .enrolled(let lost) = try await service.enrollMFA(user.id),
            case .enrolled(let kept) = try await service.enrollMFA(user.id)
        else {
            Issue.record("not enrolled")
            return
        }
        #expect(lost.secret != kept.secret && kept.uri.contains(kept.secret))
        #expect(try await bed.login(service).grant != nil, "not in force yet")
        let old = try TOTP(secret: #require(Base32.decode(lost.secret)))
        let new = try TOTP(secret: #require(Base32.decode(kept.secret)))
        let wrong = MFATests.code(old, bed)
        #expect(try await service.confirmMFA(user.id, code: wrong, from: client) == .invalidCode)
        let right = MFATests.code(new, bed)
        let outcomes = try await together(20) {
            try await service.confirmMFA(user.id, code: right, from: bed.client($0))
        }
        #expect(outcomes.filter { !$0.isNegative }.count == 1)
        #expect(try await bed.count("SELECT count(*) FROM auth_recovery_codes") == 10)
        #expect(try await service.enrollMFA(user.id) == .alreadyEnrolled)
        #expect(try await service.confirmMFA(user.id, code: "1", from: client) == .alreadyEnrolled)
        #expect(try await service.user(.id(user.id))?.hasMFA == true)
        let types = try await bed.events(about: user.id).map(\.type)
        #expect(types.filter { $0 == "mfa.enabled" }.count == 1)
    }

    @Test("without it a password is enough again", arguments: AuthEngines.present)
    func disables(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        #expect(try await service.disableMFA(user.id, by: .local) == .notEnrolled)
        let app = try await MFATests.enroll(user, service, bed)
        let token = try await challenge(service, bed)
        #expect(try await service.disableMFA(user.id, by: .local) == .disabled)
        let code = MFATests.code(app, bed)
        let late = try await service.verifyMFA(token: token, code: code, from: bed.client())
        #expect(late == .invalidCredentials)
        #expect(try await bed.login(service).grant != nil)
        #expect(try await bed.count("SELECT count(*) FROM auth_recovery_codes") == 0)
    }

    @Test(
        "a challenge ends with its time, a new password and a closed account",
        arguments: AuthEngines.present)
    func challengeEnds(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let service = try bed.node()
        let user = try await bed.register(service)
        let app = try await MFATests.enroll(user, service, bed)
        func answer(_ token: String) async throws -> LoginOutcome {
            bed.clock.advance(.seconds(30))
            return try await service.verifyMFA(
                token: token, code: MFATests.code(app, bed), from: bed.client())
        }
        let late = try await challenge(service, bed)
        bed.clock.advance(.seconds(276))
        #expect(try await answer(late) == .invalidCredentials)

        // In the same moment, which the whole seconds of `iat` could not tell apart.
        let overtaken = try await challenge(service, bed)
        _ = try await service.setPassword(of: .id(user.id), to: AuthBed.password, by: .local)
        let next = try await challenge(service, bed)
        #expect(try await answer(overtaken) == .invalidCredentials)
        #expect(try await answer(next).grant != nil)

        let closed = try await challenge(service, bed)
        _ = try await service.setDisabled(.id(user.id), true, by: .local)
        #expect(try await answer(closed) == .disabled)
    }

    @Test("codes cannot be guessed at: after five, each waits longer")
    func guessing() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let user = try await bed.register(service)
        let app = try await MFATests.enroll(user, service, bed)
        var tried = 0
        let end = bed.clock.now + .seconds(86_400)
        while bed.clock.now < end {
            switch try await service.checkMFA(user.id, code: "000000", from: bed.client()) {
            case .wait(let wait): bed.clock.advance(wait)
            default: tried += 1
            }
        }
        #expect((100...115).contains(tried), "of a million, three right at a time")
        bed.clock.advance(.seconds(900))
        let code = MFATests.code(app, bed)
        #expect(try await service.checkMFA(user.id, code: code, from: bed.client()) == .valid)
    }

    @Test("a sealed secret belongs to its user and its key")
    func sealed() async throws {
        let bed = try await AuthBed(.embedded)
        let service = try bed.node()
        let ada = try await bed.register(service, "ada")
        let bob = try await bed.register(service, "bob")
        try await MFATests.enroll(ada, service, bed)
        try await MFATests.enroll(bob, service, bed)
        try await bed.database.write {
            try $0.execute(
                """
                UPDATE auth_mfa SET secret =
                    (SELECT secret FROM auth_mfa m WHERE m.user_id = $1) WHERE user_id = $2
                """, [.text(ada.id), .text(bob.id)])
        }
        let client = bed.client()
        for (user, node) in [(bob, service), (ada, try bed.node(keys: TestKeys(bed.seams)))] {
            let error = await #expect(throws: TCError.self) {
                try await node.checkMFA(user.id, code: "000000", from: client)
            }
            #expect(error?.kind == .configuration)
        }
    }
}
