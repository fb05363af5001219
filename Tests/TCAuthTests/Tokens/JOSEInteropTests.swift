import Glibc
import TCAuth
import TCCore
import TCCrypto
import TCWire
import Testing

/// Debian's Python with python3-jwt; the suite `jose-interop` sets both it and `TC_PYTHON`.
private let debianPython = getenv("TC_DEBIAN_PYTHON").map { String(cString: $0) }

@Suite(.enabled(if: Peer.isThere && debianPython != nil, "run the suite jose-interop"))
struct JOSEInteropTests {
    /// A peer: how to start it, and its script.
    enum Library: String, CaseIterable, Sendable {
        case joserfc
        case pyjwt = "python3-jwt"

        /// What the script prints for some arguments, line by line.
        func run(_ mode: String, _ lines: [String]) throws -> [JSONObject] {
            let scratch = Scratch()
            let file = try scratch.file("input", Array(lines.joined(separator: "\n").utf8))
            let output =
                switch self {
                case .joserfc: try Peer.python(JOSEScripts.joserfc, [mode, file])
                case .pyjwt:
                    try Peer.run([debianPython ?? "", "-c", JOSEScripts.pyjwt, mode, file])
                }
            return try output.map { try #require(JSONReader.parse($0).object) }
        }
    }

    static let algorithms: [SignatureAlgorithm] = [.es256, .eddsa, .rs256, .hs256]

    @Test(arguments: Library.allCases)
    func `others believe our tokens, and none that was changed`(library: Library) throws {
        let fixtures = try JOSEInteropTests.algorithms.map(TokenFixture.init)
        let tokens = fixtures.map { $0.access() }
        let lines = zip(fixtures, tokens).flatMap { fixture, token in
            // Of a payload that is changed anywhere in its middle the signature cannot hold.
            var changed = Array(token.text.utf8)
            changed[changed.count / 2] ^= 1
            return [token.text, String(decoding: changed, as: UTF8.self)].map {
                line(fixture.key, withSecrets: fixture.key.algorithm.isSymmetric, token: $0)
            }
        }
        let answers = try library.run("verify", lines)
        try #require(answers.count == 2 * tokens.count)
        for (index, token) in tokens.enumerated() {
            let claims = try #require(answers[2 * index]["claims"]?.object)
            #expect(claims["sub"]?.string == token.claims.subject)
            #expect(claims["jti"]?.string == token.claims.tokenID)
            #expect(claims["exp"]?.number?.int64 == token.claims.expiresAt.milliseconds / 1000)
            #expect(claims.count == 10)
            #expect(answers[2 * index + 1]["refused"]?.string != nil)
        }
    }

    @Test(arguments: Library.allCases)
    func `we believe the tokens of others, signed with our keys`(library: Library) throws {
        let keys = try JOSEInteropTests.algorithms.map { try SigningKey.generate($0) }
        let answers = try library.run("sign", keys.map { line($0, withSecrets: true, token: "") })
        try #require(answers.count == keys.count)
        for (key, answer) in zip(keys, answers) {
            let token = try #require(answer["token"]?.string)
            let verified = try verifier(key).verify(token, at: testNow)
            #expect(verified.claims.subject == "usr_1")
            #expect(verified.algorithm == key.algorithm)
            let parts = token.split(separator: ".")
            let changed = "\(parts[0]).\(parts[1])A.\(parts[2])"
            #expect(refusal(try verifier(key), changed) == .signature)
        }
    }

    @Test func `keys of others sign here, from a JWK and from PKCS 8`() throws {
        let answers = try Library.joserfc.run("generate", [])
        #expect(answers.count == 4)
        var lines: [String] = []
        for answer in answers {
            let jwk = try JWK(#require(answer["key"]?.object))
            let algorithm = try #require(
                (answer["alg"]?.string).flatMap(SignatureAlgorithm.init(rawValue:)))
            let key = try SigningKey(jwk.parts)
            #expect(key.algorithm == algorithm)
            #expect(answer["thumbprint"]?.string == jwk.thumbprint)
            var signers = [key]
            if let der = answer["pkcs8"]?.string {
                let bytes = try #require(Base64URL.decode(der))
                let read = try SigningKey(encoded: bytes, algorithm: algorithm)
                #expect(read.parts == key.parts)
                signers.append(read)
            }
            for signer in signers {
                let issuer = TokenIssuer(
                    signer, keyID: "k1", issuer: "x", audience: ["y"], seams: testSeams())
                let token = issuer.mfa(subject: "usr_2").text
                lines.append(line(signer, withSecrets: algorithm.isSymmetric, token: token))
            }
        }
        let verdicts = try Library.joserfc.run("verify", lines)
        #expect(verdicts.map { $0["claims"]?.object?["sub"]?.string } == lines.map { _ in "usr_2" })
        #expect(lines.count == 7)
    }

    private func verifier(_ key: SigningKey) throws -> TokenVerifier {
        let set = JWKSet([JWK(key.verificationKey.parts, keyID: "k1", algorithm: nil)])
        return try TokenVerifier(
            TokenKeys(set), TokenRules(.access, issuer: "https://other.example", audience: "tc"))
    }

    private func line(_ key: SigningKey, withSecrets: Bool, token: String) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("alg")
        writer.string(key.algorithm.rawValue)
        writer.key("token")
        writer.string(token)
        if !key.algorithm.isSymmetric {
            writer.key("pkcs8")
            writer.string(Base64URL.encode(key.encoded))
        }
        writer.key("key")
        JWK(key.parts, keyID: "k1", algorithm: key.algorithm.rawValue)
            .write(to: &writer, withSecrets: withSecrets)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// What runs in Python. Arguments: `verify`, `sign` or `generate`, and a file of JSON lines with `alg`,
/// `key` (a JWK), `pkcs8` and `token`; one JSON line is printed for each.
private enum JOSEScripts {
    private static let start = """
        import base64, json, sys, warnings
        warnings.simplefilter("ignore")
        from cryptography.hazmat.primitives import serialization
        mode, path = sys.argv[1:]
        lines = [json.loads(line) for line in open(path) if line.strip()]
        claims = {"iss": "https://other.example", "aud": ["x", "tc"], "sub": "usr_1", "jti": "t",
                  "user_id": "usr_1", "role": "driver", "sid": "s", "iat": 1800000000,
                  "nbf": 1800000000, "exp": 1800003600}
        header = {"kid": "k1", "typ": "at+jwt"}

        def unpadded(data): return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        def check_pkcs8(line, public_numbers):
            # The private key that we wrote is the one whose public half is in the JWK.
            if "pkcs8" not in line: return
            der = base64.urlsafe_b64decode(line["pkcs8"] + "===")
            key = serialization.load_der_private_key(der, None)
            form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
            assert key.public_key().public_bytes(*form) == public_numbers.public_bytes(*form)

        """

    static let joserfc =
        start + """
            from joserfc import jwk, jwt
            if mode == "generate":
                for alg, key in [("ES256", jwk.ECKey.generate_key("P-256")),
                                 ("EdDSA", jwk.OKPKey.generate_key("Ed25519")),
                                 ("RS256", jwk.RSAKey.generate_key(2048)),
                                 ("HS256", jwk.OctKey.generate_key(256))]:
                    made = {"alg": alg, "key": key.as_dict(private=True), "thumbprint": key.thumbprint()}
                    if alg != "HS256":
                        made["pkcs8"] = unpadded(key.private_key.private_bytes(
                            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8,
                            serialization.NoEncryption()))
                    print(json.dumps(made))
            for line in lines:
                key, alg = jwk.import_key(line["key"]), line["alg"]
                if mode == "sign":
                    token = jwt.encode({"alg": alg, **header}, claims, key, algorithms=[alg])
                    print(json.dumps({"token": token}))
                else:
                    if alg != "HS256": check_pkcs8(line, key.public_key)
                    try:
                        token = jwt.decode(line["token"], key, algorithms=[alg])
                        print(json.dumps({"claims": token.claims}))
                    except Exception as error:
                        print(json.dumps({"refused": type(error).__name__}))

            """

    static let pyjwt =
        start + """
            import jwt
            for line in lines:
                key, alg = jwt.PyJWK(line["key"]).key, line["alg"]
                if mode == "sign":
                    print(json.dumps({"token": jwt.encode(claims, key, alg, headers=header)}))
                else:
                    if alg != "HS256": check_pkcs8(line, key)
                    try:
                        # The clock of the test is not the machine's.
                        options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
                        found = jwt.decode(line["token"], key, [alg], options, audience="tc")
                        print(json.dumps({"claims": found}))
                    except jwt.PyJWTError as error:
                        print(json.dumps({"refused": type(error).__name__}))

            """
}
