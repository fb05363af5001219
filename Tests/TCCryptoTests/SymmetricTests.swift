import Synchronization
import TCCore
import TCCrypto
import Testing

@Suite(.enabled(if: wycheproofIsHere, "../shared/vectors is not here"))
struct SymmetricVectors {
    @Test func `every HMAC vector gives the stated result`() throws {
        try checkWycheproof("hmac_sha256_test", count: 174) { vector in
            let key = HMACKey(try vector.bytes("key"))
            let tag = try vector.bytes("tag")
            let message = try vector.bytes("msg")
            // A vector may hold the first bytes of a tag only; ours are whole.
            if tag.count == key.digest.byteCount { return key.isValid(tag, of: message) }
            #expect(!key.isValid(tag, of: message), "\(vector.name)")
            return constantTimeEquals(Array(key.authenticate(message).prefix(tag.count)), tag)
        }
    }

    @Test func `every AES-GCM vector gives the stated result`() throws {
        var refusedNonces = 0
        try checkWycheproof("aes_gcm_test", count: 316) { vector in
            let key = try AEADKey(vector.bytes("key"))
            let nonce = try vector.bytes("iv")
            let message = try vector.bytes("msg")
            let associated = try vector.bytes("aad")
            let sealed = try nonce + vector.bytes("ct") + vector.bytes("tag")
            if nonce.count > 128 {
                // OpenSSL keeps no longer nonces. They must be refused, not cut.
                #expect(throws: TCError.self) {
                    try key.open(sealed, associatedData: associated, nonceByteCount: nonce.count)
                }
                refusedNonces += 1
                return vector.expected == .valid
            }
            do {
                let opened = try key.open(
                    sealed, associatedData: associated, nonceByteCount: nonce.count)
                #expect(opened == message, "\(vector.name)")
                let again = try key.seal(message, nonce: nonce, associatedData: associated)
                #expect(again == sealed, "\(vector.name)")
                return true
            } catch let error as TCError {
                #expect(error.kind == .badInput)
                return false
            }
        }
        #expect(refusedNonces == 3)
    }
}

@Suite struct SymmetricTests {
    @Test func `hashes are those of FIPS 180-4`() {
        let abc = Array("abc".utf8)
        #expect(hex(Digest.sha1.hash(abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            hex(Digest.sha256.hash(abc))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hex(Digest.sha256.hash([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hex(Digest.sha384.hash(abc)).hasPrefix("cb00753f45a35e8bb5a03d699ac65007"))
        #expect(hex(Digest.sha512.hash(abc)).hasPrefix("ddaf35a193617abacc417349ae204131"))
        for digest in Digest.allCases { #expect(digest.hash(abc).count == digest.byteCount) }
    }

    @Test func `HMAC-SHA1 is that of RFC 2202`() {
        let key = HMACKey([UInt8](repeating: 0x0B, count: 20), digest: .sha1)
        let tag = key.authenticate(Array("Hi There".utf8))
        #expect(hex(tag) == "b617318655057264e28bc0b6fb378c8ef146be00")
    }

    @Test func `a tag holds for its message, its key and its length only`() {
        let key = HMACKey([])
        let message = Array("m".utf8)
        let tag = key.authenticate(message)
        #expect(key.isValid(tag, of: message))
        #expect(!key.isValid(tag, of: []))
        #expect(!key.isValid(Array(tag.dropLast()), of: message))
        #expect(!key.isValid([], of: message))
        #expect(!HMACKey([1]).isValid(tag, of: message))
    }

    @Test func `many threads may use one key at once`() throws {
        let hmac = HMACKey([1, 2, 3])
        let aead = try AEADKey([UInt8](repeating: 7, count: AEADKey.byteCount))
        let wrong = Atomic(0)
        try Workers.run(8) { worker in
            for round in 0..<300 {
                let message = [UInt8](repeating: UInt8(worker), count: round)
                let nonce = [UInt8(worker), UInt8(round & 255)] + [UInt8](repeating: 0, count: 10)
                let opened = try aead.open(aead.seal(message, nonce: nonce))
                let tag = HMACKey([1, 2, 3]).authenticate(message)
                if opened != message || hmac.authenticate(message) != tag {
                    wrong.wrappingAdd(1, ordering: .relaxed)
                }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test func `sealed bytes open only whole and with what they are bound to`() throws {
        let key = try AEADKey([UInt8](repeating: 7, count: AEADKey.byteCount))
        let sealed = try key.seal(
            Array("secret".utf8), nonce: [UInt8](0..<12), associatedData: [1])
        #expect(try key.open(sealed, associatedData: [1]) == Array("secret".utf8))
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: TCError.self) { try key.open(changed, associatedData: [1]) }
        }
        for length in sealed.indices {
            #expect(throws: TCError.self) {
                try key.open(Array(sealed[..<length]), associatedData: [1])
            }
        }
        #expect(throws: TCError.self) { try key.open(sealed) }
        #expect(throws: TCError.self) { try key.open(sealed, associatedData: [2]) }
    }

    @Test func `keys and nonces of other lengths are refused`() throws {
        for count in [0, 15, 31, 33] {
            let error = #expect(throws: TCError.self) {
                try AEADKey([UInt8](repeating: 0, count: count))
            }
            #expect(error?.message == "an AES key must have 16, 24 or 32 bytes, got \(count)")
        }
        let key = try AEADKey([UInt8](repeating: 0, count: 32))
        #expect(throws: TCError.self) { try key.seal([], nonce: []) }
        #expect(throws: TCError.self) { try key.seal([], nonce: [UInt8](repeating: 0, count: 129)) }
    }

    @Test func `equality in constant time is equality`() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1]))
        #expect(!constantTimeEquals([], [0]))
    }
}
