import TCAuth
import TCCore
import TCCrypto
import TCWire
import Testing

@Suite struct TokenTests {
    @Test(arguments: [SignatureAlgorithm.es256, .eddsa, .rs256, .hs256])
    func `an access token is believed for a day and by its own kind of verifier only`(
        algorithm: SignatureAlgorithm
    ) throws {
        let fixture = try TokenFixture(algorithm)
        let token = fixture.access()
        let verified = try fixture.verifier().verify(token.text, at: testNow)
        #expect(verified.claims == token.claims)
        #expect(verified.algorithm == algorithm)
        #expect(verified.claims.subject == "usr_1")
        #expect(verified.claims.role == "driver")
        #expect(verified.claims.sessionID == "ses_1")
        let lasting = verified.claims.expiresAt.milliseconds - testNow.milliseconds
        #expect(lasting == 24 * 3600 * 1000)
        #expect(
            String(decoding: verified.record, as: UTF8.self)
                == #"{"user_id":"usr_1","role":"driver","sub":"usr_1","sid":"ses_1","#
                + #""jti":"tok_01a3185c50007def8048d159e26af37b","iss":"https://auth.example","#
                + #""aud":"tc","iat":1800000000,"nbf":1800000000,"exp":1800086400}"#)
        #expect(refusal(fixture.verifier(.mfa), token.text) == .type)
        #expect(refusal(fixture.verifier(.identity), token.text) == .type)
    }

    @Test func `a token for the second factor is never an access token`() throws {
        let fixture = try TokenFixture()
        let token = fixture.issuer.mfa(subject: "usr_1")
        #expect(refusal(fixture.verifier(.mfa), token.text) == nil)
        #expect(refusal(fixture.verifier(.access), token.text) == .type)
        let end = Instant(milliseconds: testNow.milliseconds + 305_000)
        #expect(refusal(fixture.verifier(.mfa), token.text, at: end) == .expiry)
        #expect(token.claims.role == nil)
    }

    @Test func `times hold to the second, with the leeway`() throws {
        let verifier = try TokenFixture()
        let token = verifier.access().text
        func at(_ seconds: Int64, _ rest: Int64 = 0) -> TokenCheck? {
            let now = Instant(milliseconds: testNow.milliseconds + seconds * 1000 + rest)
            return refusal(verifier.verifier(), token, at: now)
        }
        #expect(at(-5) == nil)
        #expect(at(-5, -1) == .issuedAt)
        #expect(at(86_405, -1) == nil)
        #expect(at(86_405) == .expiry)
        let later = verifier.token(["nbf": "1800000100"])
        #expect(refusal(verifier.verifier(), later) == .notBefore)
    }

    @Test func `what the header says is checked`() throws {
        let fixture = try TokenFixture()
        func refused(_ header: String) -> TokenCheck? {
            refusal(fixture.verifier(), fixture.token(header: header))
        }
        #expect(refused(#"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#) == nil)
        #expect(refused(#"{"alg":"ES256","kid":"k1","typ":"application/AT+JWT"}"#) == nil)
        // There is one key only, so a token need not name it.
        #expect(refused(#"{"alg":"ES256","typ":"at+jwt"}"#) == nil)
        #expect(refused(#"{"alg":"none","kid":"k1","typ":"at+jwt"}"#) == .algorithm)
        #expect(refused(#"{"alg":"es256","kid":"k1","typ":"at+jwt"}"#) == .algorithm)
        #expect(refused(#"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#) == .algorithm)
        #expect(refused(#"{"alg":"ES256","kid":"k2","typ":"at+jwt"}"#) == .key)
        #expect(refused(#"{"alg":"ES256","kid":"","typ":"at+jwt"}"#) == .key)
        #expect(refused(#"{"alg":"ES256","kid":1,"typ":"at+jwt"}"#) == .header)
        #expect(refused(#"{"kid":"k1","typ":"at+jwt"}"#) == .header)
        #expect(refused(#"{"alg":"ES256","kid":"k1","kid":"k1","typ":"at+jwt"}"#) == .header)
        #expect(refused(#"{"alg":"ES256","kid":"k1","typ":"JWT"}"#) == .type)
        #expect(refused(#"{"alg":"ES256","kid":"k1"}"#) == .type)
        #expect(refused(#"{"alg":"ES256","kid":"k1","typ":"at+jwt","crit":["exp"]}"#) == .critical)
        #expect(refused(#"{"alg":"ES256","kid":"k1","typ":"at+jwt","crit":[]}"#) == .header)
        #expect(refused(#"{"alg":"ES256","kid":"k1","typ":"at+jwt","b64":false}"#) == nil)
    }

    @Test func `what the claims say is checked`() throws {
        let fixture = try TokenFixture()
        func refused(_ name: String, _ value: String?) -> TokenCheck? {
            refusal(fixture.verifier(), fixture.token([name: value]))
        }
        for name in ["user_id", "role", "sub", "sid", "jti", "iss", "aud", "iat", "exp"] {
            #expect(refused(name, nil) == .claims, "\(name)")
            #expect(refused(name, "null") == .claims, "\(name)")
            #expect(refused(name, "{}") == .claims, "\(name)")
        }
        #expect(refused("nbf", nil) == nil)
        #expect(refused("other", #"[1,{"a":2}]"#) == nil)
        #expect(refused("sub", #""usr_2""#) == .claims)
        #expect(refused("iss", #""https://auth.example/""#) == .issuer)
        #expect(refused("aud", #""other""#) == .audience)
        #expect(refused("aud", #"["other","tc"]"#) == nil)
        #expect(refused("aud", "[]") == .claims)
        #expect(refused("aud", #"["tc",1]"#) == .claims)
        for value in ["-1", "1e30", "253402300800", "\"1800000000\"", "1800000000000"] {
            #expect(refused("exp", value) == .claims, "\(value)")
        }
        #expect(refused("exp", "1800000000.9") == nil)
        #expect(refused("exp", "1e3") == .expiry)
        for payload in [#"{"exp":1,"exp":2}"#, "[]", "", "{", #"{"a":{"b":1,"b":2}}"#] {
            let header = #"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#
            let token = fixture.token(header: header, payload: payload)
            #expect(refusal(fixture.verifier(), token) == .claims, "\(payload)")
        }
    }

    @Test func `a token that is too long is refused before it is read`() throws {
        let fixture = try TokenFixture()
        let filler = "\"\(String(repeating: "x", count: 8192))\""
        #expect(refusal(fixture.verifier(), fixture.token(["x": filler])) == .size)
        #expect(refusal(fixture.verifier(), "") == .shape)
        #expect(refusal(fixture.verifier(), String(repeating: ".", count: 8192)) == .shape)
    }

    /// The public key as a secret for HMAC: the oldest trick against verifiers that believe `alg`.
    @Test func `a public key is never taken for a secret`() throws {
        let fixture = try TokenFixture(.rs256)
        guard case .rsa(let n, _, _) = fixture.key.parts else {
            Issue.record("another kind of key")
            return
        }
        let forger = try SigningKey(.symmetric(k: n))
        let header = JWS.header(.hs256, keyID: "k1", type: "at+jwt")
        let payload = fixture.access().text.split(separator: ".")[1]
        let bytes = try #require(Base64URL.decode(String(payload)))
        let token = bytes.withUnsafeBufferPointer { JWS.sign($0, header: header, with: forger) }
        #expect(refusal(fixture.verifier(), token) == .algorithm)
    }

    @Test func `a signature of another key or over another part is refused`() throws {
        let (fixture, other) = (try TokenFixture(), try TokenFixture())
        #expect(refusal(fixture.verifier(), other.access().text) == .signature)
        let parts = fixture.access().text.split(separator: ".").map(String.init)
        #expect(refusal(fixture.verifier(), "\(parts[0]).\(parts[1]).") == .signature)
        #expect(refusal(fixture.verifier(), "\(parts[0])..\(parts[2])") == .signature)
        #expect(refusal(fixture.verifier(), "\(parts[0]).\(parts[1]).\(parts[2])=") == .signature)
        #expect(
            refusal(fixture.verifier(), fixture.access().text + "\n") == .signature)
    }

    @Test func `every check has its line`() throws {
        let fixture = try TokenFixture()
        func explain(_ token: String) -> [TokenFinding] {
            Array(token.utf8).withUnsafeBufferPointer {
                fixture.verifier().explain($0, at: testNow)
            }
        }
        let good = explain(fixture.access().text)
        #expect(good.map(\.check) == TokenCheck.allCases)
        #expect(good.allSatisfy { $0.outcome == .passed })
        #expect(good.last?.detail == "2027-01-16T08:00:00.000Z")
        let stranger = explain(try TokenFixture().access().text)
        #expect(stranger.filter { $0.outcome == .failed }.map(\.check) == [.signature])
        let nothing = explain("nothing")
        #expect(nothing.filter { $0.outcome == .failed }.map(\.check) == [.shape])
        #expect(nothing.filter { $0.outcome == .passed }.map(\.check) == [.size])
        let unknown = explain(
            fixture.token(header: #"{"alg":"ES256","kid":"k2","typ":"JWT"}"#, ["exp": "1"]))
        #expect(
            unknown.filter { $0.outcome == .failed }.map(\.check) == [.type, .key, .expiry])
        #expect(
            unknown.filter { $0.outcome == .skipped }.map(\.check) == [.algorithm, .signature])
    }
}
