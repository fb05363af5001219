import Glibc
import TCCore
import TCCrypto
import TCStore
import TCWire
import Testing

@testable import TCAuth

@Suite("key ring") struct KeyRingTests {
    @Test("the first start makes a key that signs at once", arguments: AuthEngines.present)
    func first(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let key = try #require(try await ring.list().first)
        #expect(key.state == .signing && key.algorithm == .es256 && key.signsFrom == bed.clock.now)
        #expect(key.retirableAt == nil && key.retiredAt == nil)
        #expect(try await ring.published() == [key.kid])
        let token = try await ring.token()
        #expect(try kid(of: token) == key.kid)
        #expect(try await ring.objection(to: token) == nil)
        let again = try await bed.ring()
        #expect(try await again.objection(to: token) == nil)
        #expect(try await again.list() == [key])
        let events = try await bed.events(about: key.kid)
        #expect(events.map(\.type) == ["key.rotated"])
        #expect(events.first?.data.contains("\"by\":\"service\"") == true)
    }

    @Test(
        "of many starters at once one decides, and all use the same",
        arguments: AuthEngines.present, [true, false])
    func starters(_ engines: AuthEngines, hasKeyFile: Bool) async throws {
        let bed = try await AuthBed(engines)
        let root =
            hasKeyFile
            ? RootSecret.keyFile(bed.keyFile) : .passphrase("seven winters and a kettle")
        let rings = try await together(6) { _ in try await bed.ring(root: root) }
        #expect(try await rings[0].list().count == 1)
        let message = Array("message".utf8)
        let sealed = try rings[0].sealing.seal(message, nonce: bed.seams.bytes(12))
        let cookie = try rings[0].cookies.seal(message, nonce: bed.seams.bytes(12))
        let token = try await rings[0].token()
        for ring in rings {
            #expect(try await ring.objection(to: token) == nil)
            #expect(try ring.sealing.open(sealed) == message)
            #expect(try ring.cookies.open(cookie) == message)
            #expect(throws: TCError.self) { try ring.cookies.open(sealed) }
            #expect(
                ring.rotation.authenticate(message) == rings[0].rotation.authenticate(message))
        }
        #expect(try await bed.count("SELECT count(*) FROM auth_root") == 1)
    }

    @Test(
        "each algorithm signs what another node verifies, and only public keys are published",
        arguments: AuthEngines.present, KeySettings.algorithms)
    func algorithms(_ engines: AuthEngines, _ algorithm: SignatureAlgorithm) async throws {
        let bed = try await AuthBed(engines)
        let here = try await bed.ring { $0.algorithm = algorithm }
        let there = try await bed.ring()
        let token = try await here.token()
        #expect(try await there.objection(to: token) == nil)
        #expect(try await here.list().map(\.algorithm) == [algorithm])
        let key = try kid(of: token)
        let set = try JWKSet(parsing: Array(await there.jwks().utf8))
        if algorithm == .hs256 {
            #expect(set.keys.isEmpty && set.unusable.isEmpty)
            #expect(Identifier.isValid(key, prefix: "key"))
        } else {
            #expect(set.keys.map(\.keyID) == [key] && set.keys[0].thumbprint == key)
            #expect(set.keys[0].algorithm == algorithm.rawValue && !set.keys[0].parts.isPrivate)
            // Whoever has the set alone can verify.
            let outside = TokenVerifier(
                try TokenKeys(set), TokenRules(.access, issuer: TestKeys.name, audience: "tc"))
            #expect(throws: Never.self) { try outside.verify(token, at: bed.clock.now) }
        }
    }

    @Test("secrets and public keys verify beside each other", arguments: AuthEngines.present)
    func mixed(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring { $0.algorithm = .hs256 }
        let old = try await ring.token()
        let next = try await ring.rotated(.eddsa)
        bed.clock.advance(.seconds(600))
        let new = try await ring.token()
        #expect(try kid(of: new) == next)
        #expect(try await ring.objection(to: old) == nil)
        #expect(try await ring.objection(to: new) == nil)
        #expect(try await ring.published() == [next])
    }

    @Test("a verifier stays while the keys do", arguments: AuthEngines.present)
    func sameVerifier(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let first = try await ring.verifier(of: .access)
        bed.clock.advance(.seconds(5))
        #expect(try await ring.verifier(of: .access) === first)
        _ = try await ring.rotated()
        let second = try await ring.verifier(of: .access)
        #expect(second !== first)
        // The turn passes on; the keys are the same.
        bed.clock.advance(.seconds(601))
        #expect(try await ring.verifier(of: .access) === second)
        #expect(try await ring.verifier(of: .mfa) !== second)
    }

    @Test("however many ask, and whatever key they name, one reads")
    func oneReading() async throws {
        let bed = try await AuthBed(.embedded)
        let database = SwitchedDatabase(bed.database)
        let ring = try await bed.ring(on: database)
        let stranger = try await AuthBed(.embedded).ring().token()
        let before = database.queries
        for _ in 0..<3 {
            bed.clock.advance(.seconds(1))
            let found = try await together(50) { _ in try await ring.objection(to: stranger) }
            #expect(found.allSatisfy { $0 == .key })
        }
        #expect(database.queries == before + 3)
    }

    @Test("while the database is down the known keys go on", arguments: AuthEngines.present)
    func databaseDown(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let database = SwitchedDatabase(bed.database)
        let told = Told()
        let ring = try await bed.ring(on: database, tell: told.add)
        let token = try await ring.token()
        database.isDown = true
        bed.clock.advance(.seconds(29))
        #expect(try await ring.objection(to: token) == nil)
        #expect(try await ring.objection(to: ring.token()) == nil)
        bed.clock.advance(.seconds(2))
        let error = await #expect(throws: TCError.self) { try await ring.token() }
        #expect(error?.kind == .unavailable, "another key may have taken over by now")
        bed.clock.advance(.seconds(3600))
        #expect(try await ring.objection(to: token) == nil)
        #expect(try await JWKSet(parsing: Array(ring.jwks().utf8)).keys.count == 1)
        #expect(told.notices == [.keysUnread(TCError(.unavailable, "the database is down"))])
        database.isDown = false
        bed.clock.advance(.seconds(1))
        #expect(try await ring.objection(to: ring.token()) == nil)
        #expect(told.notices.last == .keysRead && told.notices.count == 2)
    }

    @Test(
        "a changed row is a clear error, and costs its own key only", arguments: AuthEngines.present
    )
    func damaged(_ engines: AuthEngines) async throws {
        let bed = try await AuthBed(engines)
        let ring = try await bed.ring()
        let old = try await ring.token()
        let next = try await ring.rotated(now: true)
        let new = try await ring.token()
        try await bed.database.write { connection in
            let sealed = try connection.first(
                "SELECT sealed FROM auth_keys WHERE kid = $1", [.text(next)]
            ) { try $0.bytes(0) }
            var bytes = try #require(sealed)
            bytes[bytes.count / 2] ^= 1
            try connection.execute(
                "UPDATE auth_keys SET sealed = $2 WHERE kid = $1", [.text(next), .bytes(bytes)])
        }
        let heir = try await bed.ring()
        let error = await #expect(throws: TCError.self) { try await heir.issuer() }
        #expect(error?.kind == .io && error?.message.contains("'\(next)'") == true)
        #expect(try await heir.objection(to: old) == nil)
        #expect(try await heir.objection(to: new) == .key)
        #expect(try await heir.published() == [kid(of: old)])
        // What the error's hint says.
        let third = try await heir.rotated(now: true)
        #expect(try await heir.retire(next, force: true, by: .local).status == "retired")
        #expect(try await heir.signingKid() == third)
    }

    @Test("a sealed key fits no other name and no other algorithm")
    func moved() async throws {
        let bed = try await AuthBed(.embedded)
        let ring = try await bed.ring { $0.algorithm = .hs256 }
        let first = try await ring.signingKid()
        let second = try await ring.rotated(now: true)
        try await bed.database.write {
            try $0.execute(
                """
                UPDATE auth_keys SET sealed = (SELECT sealed FROM auth_keys WHERE kid = $1)
                WHERE kid = $2
                """, [.text(first), .text(second)])
        }
        let error = await #expect(throws: TCError.self) { try await bed.ring().issuer() }
        #expect(error?.kind == .io)
    }

    @Test("no secret is in what is printed, told or kept in the clear")
    func silent() async throws {
        let bed = try await AuthBed(.embedded)
        let ring = try await bed.ring { $0.algorithm = .hs256 }
        let kid = try await ring.signingKid()
        let key = try #require(try await ring.view.readAgain().material.keys[kid])
        guard case .symmetric(let secret) = key.parts else {
            Issue.record("\(key.parts)")
            return
        }
        var dumped = ""
        dump(try await ring.view.readAgain(), to: &dumped)
        let records = try await ring.list().map(\.json).joined()
        let events = try await bed.events(about: kid).map(\.data).joined()
        let texts = [dumped, records, events, await ring.jwks(), "\(NewKey.self)"]
        for text in texts {
            #expect(!text.contains(Base64URL.encode(secret)))
            #expect(!text.contains(secret.map(String.init).joined(separator: ", ")))
        }
        let root = RootSecret.passphrase("seven winters and a kettle")
        #expect("\(root)" == "RootSecret" && String(reflecting: root) == "RootSecret")
        let file = try contents("\(bed.folder)/auth.db") + contents("\(bed.folder)/auth.db-wal")
        let isInTheClear = file.indices.dropLast(secret.count).contains {
            file[$0] == secret[0] && file[$0..<$0 + secret.count].elementsEqual(secret)
        }
        #expect(!isInTheClear)
    }
}
