import TCCore
import TCCrypto
import TCWire
import Testing

@Suite struct ScryptTests {
    private let quick: ScryptParameters

    init() throws { quick = try ScryptParameters(logarithmOfN: 4, r: 1, p: 1) }

    @Test func `hashes are those of RFC 7914`() throws {
        // N = 16384, r = 8, p = 1 of section 12, in base64.
        let salt = "U29kaXVtQ2hsb3JpZGU"
        let first = "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofL"
        let last = "VQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"
        let password = Array("pleaseletmein".utf8)
        let read = try Scrypt(phc: "$scrypt$ln=14,r=8,p=1$\(salt)$\(first)\(last)")
        #expect(try read.matches(password))
        #expect(try !read.matches(Array("pleaseletmeout".utf8)))
        let key = try Scrypt.key(
            from: password, salt: Array("SodiumChloride".utf8), parameters: read.parameters,
            byteCount: 64)
        let expected = (first + last).map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        #expect(Base64URL.encode(key) == String(expected))
        #expect(throws: TCError.self) {
            try Scrypt.key(from: password, salt: [1], parameters: quick, byteCount: 32)
        }
    }

    @Test func `a hash is read back from its text and knows its password`() throws {
        let salt = [UInt8](0..<16)
        for password in ["", "correct horse", "päß\u{0}wort", String(repeating: "x", count: 1024)] {
            let bytes = Array(password.utf8)
            let made = try Scrypt(hashing: bytes, salt: salt, parameters: quick)
            let read = try Scrypt(phc: made.phc)
            #expect(read.phc == made.phc)
            #expect(try read.matches(bytes))
            #expect(try !read.matches(bytes + [1]))
        }
    }

    @Test func `the recommended parameters are taken as they are`() throws {
        let hash = try Scrypt(hashing: [1], salt: [UInt8](repeating: 1, count: 16))
        #expect(hash.phc.hasPrefix("$scrypt$ln=17,r=8,p=1$AQEBAQEBAQEBAQEBAQEBAQ$"))
        #expect(try hash.matches([1]))
        #expect(!hash.needsUpgrade())
    }

    @Test func `what is easier to guess from needs an upgrade`() throws {
        let salt = [UInt8](repeating: 1, count: 16)
        let hash = try Scrypt(hashing: [1], salt: salt, parameters: quick)
        #expect(hash.needsUpgrade())
        #expect(!hash.needsUpgrade(to: quick))
        let shortSalt = try Scrypt(hashing: [1], salt: Array(salt[..<8]), parameters: quick)
        #expect(shortSalt.needsUpgrade(to: quick))
    }

    @Test func `parameters that cost too much are refused before any work`() {
        for text in [
            "ln=63,r=8,p=1", "ln=20,r=8,p=1", "ln=17,r=32,p=1", "ln=17,r=8,p=16",
            "ln=0,r=8,p=1", "ln=16,r=1,p=1", "ln=17,r=0,p=1", "ln=17,r=8,p=0",
            "ln=9223372036854775807,r=8,p=1", "ln=99999999999999999999,r=8,p=1",
        ] {
            let error = #expect(throws: TCError.self) {
                try Scrypt(phc: "$scrypt$\(text)$AQEBAQEBAQEBAQEBAQEBAQ$AQEBAQEBAQEBAQEBAQEBAQ")
            }
            #expect(error?.kind == .badInput, "\(text)")
        }
    }

    @Test func `only the one spelling of a hash is read`() throws {
        let good = "$scrypt$ln=4,r=1,p=1$AQEBAQEBAQEBAQEBAQEBAQ$AQEBAQEBAQEBAQEBAQEBAQ"
        #expect(try Scrypt(phc: good).phc == good)
        for (part, other) in [
            ("$scrypt", "scrypt"), ("$scrypt", "$scrypt2"), ("ln=4", "ln=04"), ("ln=4", "ln=+4"),
            ("ln=4,r=1", "r=1,ln=4"), (",p=1", ""), (",p=1", ",p=1,x=1"), ("AQ$", "AQ==$"),
            ("AQ$", "AR$"), ("AQ$", "A $"), ("AQ$", "A-$"), ("$AQEBAQEBAQEBAQEBAQEBAQ$", "$AQ$"),
            ("$AQEBAQEBAQEBAQEBAQEBAQ$", "$$"), ("p=1$", "p=1$$"),
        ] {
            let text = good.replacing(part, with: other)
            #expect(text != good)
            #expect(throws: TCError.self, "\(text)") { try Scrypt(phc: text) }
        }
        for text in ["", "$", "$$$$", "$scrypt$$$", good + "$", good + "B", " " + good] {
            #expect(throws: TCError.self, "\(text)") { try Scrypt(phc: text) }
        }
        let long = String(repeating: "A", count: 1 << 20)
        #expect(throws: TCError.self) { try Scrypt(phc: "$scrypt$ln=4,r=1,p=1$\(long)$\(long)") }
    }

    @Test func `HKDF is that of RFC 5869 without a salt too`() throws {
        let key = try HKDF.derive(
            from: [UInt8](repeating: 0x0B, count: 22), info: [], byteCount: 42)
        #expect(
            hex(key).hasPrefix("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"))
        #expect(try HKDF.derive(from: [1], info: [], byteCount: 0) == [])
        #expect(throws: TCError.self) { try HKDF.derive(from: [1], info: [], byteCount: -1) }
    }
}
