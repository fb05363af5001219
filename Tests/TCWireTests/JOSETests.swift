import TCCore
import TCWire
import Testing

@Suite struct JOSETests {
    private func split(_ text: String) throws -> CompactJWS {
        try Array(text.utf8).withUnsafeBufferPointer { try CompactJWS($0) }
    }

    private func header(_ json: String) throws -> JOSEHeader {
        let text = Array(Base64URL.encode(Array(json.utf8)).utf8)
        return try text.withUnsafeBufferPointer { try JOSEHeader($0) }
    }

    @Test func `a token is split at its dots`() throws {
        let parts = try split("ab.cde.f")
        #expect(parts.header == 0..<2)
        #expect(parts.payload == 3..<6)
        #expect(parts.signature == 7..<8)
        #expect(parts.signingInput == 0..<6)
        #expect(try split("..").payload.isEmpty)
    }

    @Test(arguments: ["", "a", "a.b", "a.b.c.d", "a.b.c.d.e", "...."])
    func `a token of more or fewer parts is refused`(text: String) {
        #expect(throws: TCError.self) { try split(text) }
    }

    @Test func `a header is read`() throws {
        let read = try header(#"{"alg":"ES256","kid":"k1","typ":"at+jwt","x":[{}]}"#)
        #expect(read.algorithm == "ES256")
        #expect(read.keyID == "k1")
        #expect(read.type == "at+jwt")
        #expect(read.contentType == nil)
        #expect(read.critical == [])
        #expect(try header(#"{"alg":"x","crit":["exp"]}"#).critical == ["exp"])
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #""alg""#, #"{"alg":1}"#, #"{"alg":"a","alg":"a"}"#,
        #"{"alg":"a","al\u0067":"b"}"#, #"{"alg":"a","kid":1}"#, #"{"alg":"a","typ":null}"#,
        #"{"alg":"a","crit":[]}"#, #"{"alg":"a","crit":["b",1]}"#, #"{"alg":"a","crit":"b"}"#,
        #"{"alg":"a"} x"#, #"{"alg":"a","x":{"y":1,"y":2}}"#, #"{"alg":"\#u{D7}\uD800"}"#,
    ])
    func `a header that is not one object with distinct members is refused`(json: String) {
        #expect(throws: TCError.self, "\(json)") { try header(json) }
    }

    @Test func `keys of every kind come back from what is written`() throws {
        let bytes = [UInt8](1...32)
        let secret = KeyParts.RSASecret(d: [1], p: [2], q: [3], dp: [4], dq: [5], qi: [6])
        for parts: KeyParts in [
            .p256(x: bytes, y: bytes, d: bytes), .p256(x: bytes, y: bytes, d: nil),
            .ed25519(x: bytes, d: bytes), .ed25519(x: bytes, d: nil), .symmetric(k: bytes),
            .rsa(n: bytes, e: [1, 0, 1], secret: secret),
            .rsa(n: bytes, e: [1, 0, 1], secret: nil),
        ] {
            let key = JWK(parts, keyID: "a \"key\"", algorithm: "X")
            var writer = JSONWriter()
            key.write(to: &writer, withSecrets: true)
            #expect(try JWK(#require(JSONReader.parse(writer.bytes).object)) == key)
        }
    }

    @Test func `a published set holds no secret`() throws {
        let bytes = [UInt8](1...32)
        let set = JWKSet([
            JWK(.p256(x: bytes, y: bytes, d: bytes), keyID: "1", algorithm: "ES256"),
            JWK(.symmetric(k: bytes), keyID: "2", algorithm: "HS256"),
        ])
        var writer = JSONWriter()
        set.writePublic(to: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        let number = Base64URL.encode(bytes)
        #expect(
            text == #"{"keys":[{"kty":"EC","crv":"P-256","x":"\#(number)","y":"\#(number)","#
                + #""kid":"1","alg":"ES256","use":"sig"}]}"#)
        var second = JSONWriter()
        set.keys[1].write(to: &second, withSecrets: false)
        #expect(
            String(decoding: second.bytes, as: UTF8.self)
                == #"{"kty":"oct","kid":"2","alg":"HS256","use":"sig"}"#)
    }

    @Test func `a set is read, and what cannot be used of it is told`() throws {
        let set = try JWKSet(
            parsing: Array(
                #"""
                {"keys":[{"kty":"EC","crv":"P-384","kid":"big","x":"AA","y":"AA"},
                {"kty":"OKP","crv":"Ed25519","x":"AQ","use":"sig","key_ops":["verify"]},
                {"kty":"RSA","n":"AAEC","e":"AQAB","kid":"r"},{"kty":"oct"},{"kid":"none"},
                {"kty":"EC","crv":"P-256","x":"A","y":"AA"}],"more":1}
                """#.utf8))
        #expect(
            set.keys.map(\.parts) == [
                .ed25519(x: [1], d: nil), .rsa(n: [1, 2], e: [1, 0, 1], secret: nil),
            ])
        #expect(set.keys[0].operations == ["verify"])
        #expect(set.unusable.map(\.keyID) == ["big", nil, "none", nil])
        #expect(
            set.unusable.map(\.reason) == [
                "the curve of a key must be P-256 or Ed25519, got 'P-384'", "the key has no 'k'",
                "'kty' of the key must be EC, OKP, RSA or oct, got none",
                "'x' of the key is not base64url without padding",
            ])
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[1]}"#, #"{"keys":[],"keys":[]}"#,
        #"{"keys":[{"kty":"oct","k":"AA","k":"AQ"}]}"#,
        #"{"keys":[\#(Array(repeating: "{}", count: 257).joined(separator: ","))]}"#,
    ])
    func `what is no set is refused`(json: String) {
        #expect(throws: TCError.self, "\(json)") { try JWKSet(parsing: Array(json.utf8)) }
    }

    @Test func `a thumbprint is taken of the members in the order of RFC 7638`() throws {
        let key = JWK(.rsa(n: [1, 2, 3], e: [1, 0, 1], secret: nil), keyID: "x", algorithm: "y")
        #expect(
            String(decoding: key.thumbprintInput, as: UTF8.self)
                == #"{"e":"AQAB","kty":"RSA","n":"AQID"}"#)
        let point = JWK(.ed25519(x: [1, 2, 3], d: [4]), keyID: nil, algorithm: nil)
        #expect(
            String(decoding: point.thumbprintInput, as: UTF8.self)
                == #"{"crv":"Ed25519","kty":"OKP","x":"AQID"}"#)
    }

    @Test func `repeated keys are refused only where that is asked for`() throws {
        for text in [#"{"a":1,"a":2}"#, #"[{"b":{"a":1,"\u0061":2}}]"#] {
            #expect(throws: Never.self) { try JSONReader.parse(text) }
            let error = #expect(throws: JSONError.self) {
                try JSONReader.parse(Array(text.utf8), repeatedKeys: .refused)
            }
            #expect(error?.message == "the key is repeated")
        }
        let many = "{" + (0..<200).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(throws: Never.self) {
            try JSONReader.parse(Array((many + "}").utf8), repeatedKeys: .refused)
        }
        #expect(throws: JSONError.self) {
            try JSONReader.parse(Array((many + ",\"k7\":0}").utf8), repeatedKeys: .refused)
        }
    }
}
