import Glibc
import TCAuth
import TCCore
import TCCrypto
import TCWire
import Testing

@Suite struct TokenKeyTests {
    private func key(_ parts: KeyParts, _ keyID: String?, _ algorithm: String? = nil) -> JWK {
        JWK(parts, keyID: keyID, algorithm: algorithm)
    }

    /// Examples of RFC 7515, appendix A.1 to A.3, and RFC 8037, appendix A.4.
    @Test(arguments: RFCToken.all)
    func `the examples of the standards are verified`(example: RFCToken) throws {
        let set = try JWKSet(parsing: Array("{\"keys\":[\(example.key)]}".utf8))
        let keys = try TokenKeys(set)
        let payload = try example.payload(keys, example.token)
        #expect(payload.hasPrefix(example.begins))
        let changed = example.token.replacing(".", with: ".AAAA", maxReplacements: 1)
        #expect(throws: TokenRejection.self) { try example.payload(keys, changed) }
    }

    @Test func `thumbprints are those of RFC 7638 and RFC 8037`() throws {
        let examples =
            RFCToken.all.map { ($0.key, $0.thumbprint) }
            + [(RFCToken.thumbprintExample.key, RFCToken.thumbprintExample.thumbprint)]
        var count = 0
        for case (let key, let thumbprint?) in examples {
            #expect(try JWK(#require(JSONReader.parse(key).object)).thumbprint == thumbprint)
            count += 1
        }
        #expect(count == 2)
    }

    @Test func `a published key is named by its thumbprint and holds no secret`() throws {
        let key = try SigningKey.generate(.eddsa)
        let published = try JWK(publishing: key)
        #expect(published.keyID == published.thumbprint)
        #expect(published.parts == key.parts.publicParts)
        let secret = try SigningKey.generate(.hs256)
        #expect(throws: TCError.self) { try JWK(publishing: secret) }
    }

    @Test func `sets that mix secrets in or repeat a name are refused`() throws {
        let secret = KeyParts.symmetric(k: [UInt8](repeating: 1, count: 32))
        let point = try SigningKey.generate(.es256).parts
        #expect(throws: TCError.self) {
            try TokenKeys(JWKSet([key(secret, "a"), key(point, "b")]))
        }
        #expect(throws: TCError.self) {
            try TokenKeys(JWKSet([key(secret, "a"), key(secret, "a")]))
        }
        #expect(throws: Never.self) { try TokenKeys(JWKSet([key(secret, "a"), key(secret, "b")])) }
        #expect(throws: Never.self) { try TokenKeys(JWKSet([])) }
    }

    @Test func `a key that cannot be used says why when it is asked for`() throws {
        let fixture = try TokenFixture()
        let text = """
            {"keys":[{"kty":"EC","crv":"P-384","kid":"k1","x":"AA","y":"AA"}]}
            """
        let keys = try TokenKeys(JWKSet(parsing: Array(text.utf8)))
        let verifier = TokenVerifier(keys, TokenRules(.access, issuer: nil, audience: nil))
        let rejection = #expect(throws: TokenRejection.self) {
            try verifier.verify(fixture.access().text, at: testNow)
        }
        #expect(
            rejection?.message
                == "the key 'k1' cannot be used: the curve of a key must be P-256 or Ed25519,"
                + " got 'P-384'")
    }

    @Test(arguments: [
        #""use":"enc""#, #""key_ops":["sign"]"#, #""alg":"RS256""#, #""alg":"ES512""#,
    ])
    func `a key for something else verifies nothing`(member: String) throws {
        let fixture = try TokenFixture()
        var writer = JSONWriter()
        JWK(fixture.key.parts, keyID: nil, algorithm: nil).write(to: &writer, withSecrets: false)
        let text = String(decoding: writer.bytes, as: UTF8.self)
            .replacing(#","use":"sig""#, with: #","kid":"k1",\#(member)"#)
        let keys = try TokenKeys(JWKSet(parsing: Array("{\"keys\":[\(text)]}".utf8)))
        let verifier = TokenVerifier(keys, TokenRules(.access, issuer: nil, audience: nil))
        #expect(refusal(verifier, fixture.access().text) == .key)
        // Nor where no key is named.
        let nameless = fixture.token(header: #"{"alg":"ES256","typ":"at+jwt"}"#)
        #expect(refusal(verifier, nameless) == .key)
    }
}

/// From the folder of the package, where `swift test` runs tests.
private let vectors = "../shared/vectors/wycheproof/json_web_key_test.json"

@Suite(.enabled(if: access(vectors, R_OK) == 0, "../shared/vectors is not here"))
struct JSONWebKeyVectors {
    @Test func `every JSON Web Key vector gives the stated result`() throws {
        let groups = try #require(JSONReader.parse(text(of: vectors)).object?["testGroups"]?.array)
        var counts: [String: Int] = [:]
        for group in groups.compactMap(\.object) {
            // Where a key is public, that is what a verifier would have.
            let set = try #require(group["public"] ?? group["private"])
            var writer = JSONWriter()
            writer.value(set)
            let keys = Result {
                try TokenKeys(JWKSet(parsing: writer.bytes))
            }
            for test in (group["tests"]?.array ?? []).compactMap(\.object) {
                let token = Array(try #require(test["jws"]?.string).utf8)
                let isValid = token.withUnsafeBufferPointer { token in
                    // Which error does not matter.
                    (try? keys.get().payload(of: token)) != nil
                }
                let result = try #require(test["result"]?.string)
                counts[result, default: 0] += 1
                let name = "#\(test["tcId"]?.number?.text ?? "") \(test["comment"]?.string ?? "")"
                #expect(isValid == (result == "valid"), "\(name)")
            }
        }
        #expect(counts.values.reduce(0, +) == 26)
        print("wycheproof json_web_key_test: \(counts)")
    }

    private func text(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"), "cannot open \(path)")
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }
}
