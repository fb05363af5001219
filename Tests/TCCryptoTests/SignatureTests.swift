import Synchronization
import TCCore
import TCCrypto
import TCWire
import Testing

@Suite(.enabled(if: wycheproofIsHere, "../shared/vectors is not here"))
struct SignatureVectors {
    @Test func `every ECDSA vector gives the stated result`() throws {
        var keys = KeyCache()
        try checkWycheproof("ecdsa_secp256r1_sha256_p1363_test", count: 262) { vector in
            let key = try keys.key(of: vector) { group in
                let point = try hex(#require(group["publicKey"]?.object?["uncompressed"]?.string))
                return .p256(x: Array(point[1..<33]), y: Array(point[33..<65]), d: nil)
            }
            return try key.isValid(vector.bytes("sig"), of: vector.bytes("msg"))
        }
    }

    @Test func `every Ed25519 vector gives the stated result`() throws {
        var keys = KeyCache()
        try checkWycheproof("ed25519_test", count: 151) { vector in
            let key = try keys.key(of: vector) { group in
                try .ed25519(
                    x: hex(#require(group["publicKey"]?.object?["pk"]?.string)), d: nil)
            }
            return try key.isValid(vector.bytes("sig"), of: vector.bytes("msg"))
        }
    }

    @Test func `every RSA PKCS 1 vector gives the stated result`() throws {
        var keys = KeyCache()
        try checkWycheproof("rsa_signature_2048_sha256_test", count: 259) { vector in
            let key = try keys.key(of: vector) { group in
                let numbers = try #require(group["publicKey"]?.object)
                let n = try hex(#require(numbers["modulus"]?.string))
                let e = try hex(#require(numbers["publicExponent"]?.string))
                return .rsa(n: Array(n.drop { $0 == 0 }), e: Array(e.drop { $0 == 0 }), secret: nil)
            }
            return try key.isValid(vector.bytes("sig"), of: vector.bytes("msg"))
        }
    }

    @Test func `every HKDF vector gives the stated result`() throws {
        try checkWycheproof("hkdf_sha256_test", count: 86) { vector in
            let size = try #require(vector.test["size"]?.number?.int64)
            do {
                let key = try HKDF.derive(
                    from: vector.bytes("ikm"), salt: vector.bytes("salt"),
                    info: vector.bytes("info"), byteCount: Int(size))
                return try key == vector.bytes("okm")
            } catch let error as TCError {
                #expect(error.kind == .badInput)
                return false
            }
        }
    }
}

/// The key of a group of cases, made once.
private struct KeyCache {
    private var last: (group: JSONObject, key: VerificationKey)?

    mutating func key(
        of vector: WycheproofCase, _ parts: (JSONObject) throws -> KeyParts
    ) throws -> VerificationKey {
        if let last, last.group == vector.group { return last.key }
        let key = try VerificationKey(parts(vector.group))
        last = (vector.group, key)
        return key
    }
}

@Suite struct SignatureTests {
    @Test(arguments: SignatureAlgorithm.allCases)
    func `a signature holds for its message and key only`(
        algorithm: SignatureAlgorithm
    ) throws {
        let key = try SigningKey.generate(algorithm)
        let message = Array("a message".utf8)
        let signature = key.sign(message)
        #expect(key.verificationKey.isValid(signature, of: message))
        #expect(!key.verificationKey.isValid(signature, of: message + [0]))
        #expect(!key.verificationKey.isValid(signature, of: []))
        #expect(try !SigningKey.generate(algorithm).verificationKey.isValid(signature, of: message))
        for length in [0, 1, signature.count - 1] {
            let cut = Array(signature[..<length])
            #expect(!key.verificationKey.isValid(cut, of: message))
        }
        #expect(!key.verificationKey.isValid(signature + [0], of: message))
        for place in signature.indices {
            var changed = signature
            changed[place] ^= 0x10
            #expect(!key.verificationKey.isValid(changed, of: message))
        }
        // A failure leaves nothing behind that would fail the next.
        #expect(key.verificationKey.isValid(signature, of: message))
        #expect(key.verificationKey.isValid(key.sign([]), of: []))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a key comes back from its encoding and from its numbers`(
        algorithm: SignatureAlgorithm
    ) throws {
        let key = try SigningKey.generate(algorithm)
        let message = Array("a message".utf8)
        let read = try SigningKey(encoded: key.encoded, algorithm: algorithm)
        let made = try SigningKey(key.parts, algorithm: algorithm)
        #expect(read.parts == key.parts)
        #expect(made.encoded == key.encoded)
        let verification = try VerificationKey(key.parts, algorithm: algorithm)
        #expect(verification.parts == key.parts.publicParts ?? key.parts)
        for signer in [read, made] {
            #expect(verification.isValid(signer.sign(message), of: message))
        }
    }

    @Test func `many threads may sign and verify with one key at once`() throws {
        let keys = try [SigningKey.generate(.es256), SigningKey.generate(.eddsa)]
        let wrong = Atomic(0)
        try Workers.run(8) { worker in
            for round in 0..<20 {
                let message = [UInt8](repeating: UInt8(worker), count: round)
                for key in keys {
                    let signature = key.sign(message)
                    if !key.verificationKey.isValid(signature, of: message)
                        || key.verificationKey.isValid(signature, of: message + [1])
                    {
                        wrong.wrappingAdd(1, ordering: .relaxed)
                    }
                }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test func `an encoding of another kind or with bytes behind it is refused`() throws {
        let key = try SigningKey.generate(.es256)
        for bytes in [[], [0x30], key.encoded + [0], Array(key.encoded.dropLast())] {
            #expect(throws: TCError.self) { try SigningKey(encoded: bytes, algorithm: .es256) }
        }
        for algorithm in SignatureAlgorithm.allCases where algorithm != .es256 {
            // A P-256 key as a secret for HMAC has a length that is allowed, so its kind must decide.
            if algorithm.isSymmetric { continue }
            #expect(throws: TCError.self) {
                try SigningKey(encoded: key.encoded, algorithm: algorithm)
            }
        }
    }

    @Test func `halves that do not belong together are refused`() throws {
        let (ec, other) = (try SigningKey.generate(.es256), try SigningKey.generate(.es256))
        guard case .p256(let x, let y, _) = ec.parts, case .p256(_, _, let d) = other.parts else {
            Issue.record("another kind of key")
            return
        }
        #expect(throws: TCError.self) { try SigningKey(.p256(x: x, y: y, d: d)) }
        let (ed, strange) = (try SigningKey.generate(.eddsa), try SigningKey.generate(.eddsa))
        guard case .ed25519(let point, _) = ed.parts, case .ed25519(_, let seed) = strange.parts
        else {
            Issue.record("another kind of key")
            return
        }
        #expect(throws: TCError.self) { try SigningKey(.ed25519(x: point, d: seed)) }
        #expect(throws: TCError.self) { try SigningKey(.ed25519(x: point, d: nil)) }
    }

    @Test func `an RSA key with one wrong private number is refused`() throws {
        guard case .rsa(let n, let e, let secret?) = try SigningKey.generate(.rs256).parts else {
            Issue.record("another kind of key")
            return
        }
        func wrong(_ number: [UInt8]) -> [UInt8] {
            var number = number
            number[number.count / 2] ^= 0x40
            return number
        }
        let (p, dp) = (secret.p, secret.dp)
        let spoilt = [
            KeyParts.RSASecret(
                d: wrong(secret.d), p: p, q: wrong(secret.q), dp: dp, dq: secret.dq, qi: secret.qi),
            KeyParts.RSASecret(
                d: wrong(secret.d), p: wrong(p), q: secret.q, dp: dp, dq: secret.dq, qi: secret.qi),
            KeyParts.RSASecret(
                d: [], p: p, q: secret.q, dp: dp, dq: secret.dq, qi: secret.qi),
        ]
        for secret in spoilt {
            #expect(throws: TCError.self) { try SigningKey(.rsa(n: n, e: e, secret: secret)) }
        }
    }

    @Test func `keys that are weak, too large or none are refused`() throws {
        func refusal(_ parts: KeyParts, _ algorithm: SignatureAlgorithm? = nil) -> String? {
            #expect(throws: TCError.self) {
                try VerificationKey(parts, algorithm: algorithm)
            }?.message
        }
        let short = [UInt8](repeating: 1, count: 31)
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(
            refusal(.symmetric(k: short)) == "a key for HS256 must have 32 to 1024 bytes, got 31")
        #expect(refusal(.symmetric(k: zeros), .hs512)?.contains("64 to 1024") == true)
        #expect(refusal(.symmetric(k: []))?.contains("got 0") == true)
        #expect(
            refusal(.symmetric(k: zeros), .es256)
                == "symmetric secret key cannot be used with ES256")
        #expect(refusal(.p256(x: short, y: zeros, d: nil))?.contains("'x'") == true)
        #expect(refusal(.p256(x: zeros, y: zeros, d: nil))?.contains("make no P-256") == true)
        #expect(refusal(.p256(x: zeros, y: zeros, d: nil), .hs256) != nil)
        #expect(refusal(.ed25519(x: short, d: nil))?.contains("32 bytes, got 31") == true)
        let n = [UInt8](repeating: 0xFF, count: 256)
        #expect(
            refusal(.rsa(n: Array(n[..<128]), e: [1, 0, 1], secret: nil))?.contains("1024") == true)
        #expect(refusal(.rsa(n: n + n + n + n + n, e: [3], secret: nil))?.contains("10240") == true)
        #expect(refusal(.rsa(n: [], e: [3], secret: nil))?.contains("got 0") == true)
        #expect(refusal(.rsa(n: Array(n.dropLast()) + [2], e: [3], secret: nil)) != nil)
        for e: [UInt8] in [[], [1], [2], [0, 3], [UInt8](repeating: 1, count: 9)] {
            #expect(refusal(.rsa(n: n, e: e, secret: nil))?.contains("exponent") == true)
        }
    }

    @Test func `no text of a key holds the key`() throws {
        let secret = [UInt8](repeating: 123, count: 32)
        let parts = KeyParts.symmetric(k: secret)
        var dumped = ""
        dump(parts, to: &dumped)
        for text in ["\(parts)", String(reflecting: parts), dumped, "\([parts])"] {
            #expect(!text.contains("123"), "\(text)")
        }
    }
}
