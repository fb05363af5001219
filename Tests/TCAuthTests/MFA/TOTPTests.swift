import TCCore
import TCCrypto
import Testing

@testable import TCAuth

struct TOTPTests {
    private let secret = Array("12345678901234567890".utf8)

    @Test func `RFC 4226 gives the first ten codes`() throws {
        // Appendix D.
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]
        let totp = try TOTP(secret: secret)
        #expect((0..<10).map { totp.code(step: $0) } == codes)
    }

    /// RFC 6238, appendix B: seconds and the codes of SHA-1, SHA-256 and SHA-512.
    @Test(arguments: [
        (59 as Int64, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ])
    func `RFC 6238 gives codes at six moments`(
        seconds: Int64, sha1: String, sha256: String, sha512: String
    ) throws {
        let digits = Array("1234567890".utf8)
        for (digest, code) in [(Digest.sha1, sha1), (.sha256, sha256), (.sha512, sha512)] {
            let length = digest.byteCount
            let secret = (0..<length).map { digits[$0 % 10] }
            let totp = try TOTP(secret: secret, digest: digest, digits: 8)
            #expect(totp.code(step: totp.step(at: Instant(milliseconds: 1000 * seconds))) == code)
        }
    }

    @Test func `a code works in its step and one to either side, and in no other`() throws {
        let totp = try TOTP(secret: secret)
        let code = totp.code(step: 100)
        for (moment, matches) in [
            (99 * 30_000 - 1, false), (99 * 30_000, true), (100 * 30_000, true),
            (102 * 30_000 - 1, true), (102 * 30_000, false),
        ] as [(Int64, Bool)] {
            let step = totp.matchingStep(code, at: Instant(milliseconds: moment), after: nil)
            #expect(step == (matches ? 100 : nil), "at \(moment) ms")
        }
    }

    @Test func `a code that was accepted is not accepted again, nor is an older one`() throws {
        let totp = try TOTP(secret: secret)
        let now = Instant(milliseconds: 100 * 30_000)
        #expect(totp.matchingStep(totp.code(step: 100), at: now, after: 99) == 100)
        #expect(totp.matchingStep(totp.code(step: 100), at: now, after: 100) == nil)
        #expect(totp.matchingStep(totp.code(step: 99), at: now, after: 100) == nil)
        #expect(totp.matchingStep(totp.code(step: 101), at: now, after: 100) == 101)
    }

    @Test func `blanks in what is typed are no matter, and anything else is`() throws {
        let totp = try TOTP(secret: secret)
        let now = Instant(milliseconds: 0)
        #expect(totp.matchingStep(" 755 224 ", at: now, after: nil) == 0)
        for typed in ["", "75522", "7552240", "755-224", "７55224", "755225"] {
            #expect(totp.matchingStep(typed, at: now, after: nil) == nil, "\(typed)")
        }
    }

    @Test func `steps before 1970 are as long as the others`() throws {
        let totp = try TOTP(secret: secret)
        #expect(totp.step(at: Instant(milliseconds: -1)) == -1)
        #expect(totp.step(at: Instant(milliseconds: -30_000)) == -1)
        #expect(totp.step(at: Instant(milliseconds: -30_001)) == -2)
        #expect(totp.matchingStep("755224", at: Instant(milliseconds: -1), after: nil) == 0)
    }

    @Test func `the URI is escaped and says only what is unusual`() throws {
        let totp = try TOTP(secret: secret)
        #expect(
            try totp.uri(issuer: "Fleet & Söhne", account: "ada+1@example.com")
                == "otpauth://totp/Fleet%20%26%20S%C3%B6hne:ada%2B1%40example.com"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Fleet%20%26%20S%C3%B6hne")
        let unusual = try TOTP(
            secret: secret, digest: .sha256, digits: 8, period: .seconds(60))
        #expect(
            try unusual.uri(issuer: "F", account: "a").hasSuffix(
                "&issuer=F&algorithm=SHA256&digits=8&period=60"))
        for (issuer, account) in [("", "a"), ("a:b", "a"), ("F", "")] {
            let error = #expect(throws: TCError.self) {
                try totp.uri(issuer: issuer, account: account)
            }
            #expect(error?.kind == .badInput)
        }
    }

    @Test func `what is out of range is refused without the secret`() throws {
        for make in [
            { try TOTP(secret: Array("short".utf8)) },
            { try TOTP(secret: [UInt8](repeating: 65, count: 129)) },
            { try TOTP(secret: secret, digits: 5) },
            { try TOTP(secret: secret, digits: 9) },
            { try TOTP(secret: secret, period: .milliseconds(1500)) },
            { try TOTP(secret: secret, period: .seconds(0)) },
            { try TOTP(secret: secret, period: .seconds(3601)) },
        ] {
            let error = #expect(throws: TCError.self) { try make() }
            #expect(error?.kind == .badInput)
            #expect(error?.message.contains("short") == false)
        }
    }

    @Test(.enabled(if: Peer.isThere, Peer.absent), arguments: ["SHA1", "SHA256", "SHA512"])
    func `oathtool gives the same codes`(name: String) throws {
        let digest = ["SHA1": Digest.sha1, "SHA256": .sha256, "SHA512": .sha512][name]!
        for digits in 6...8 {
            let secret = (0..<(20 + digits)).map { UInt8(truncatingIfNeeded: 37 * $0 + digits) }
            let period = 15 * digits
            let totp = try TOTP(
                secret: secret, digest: digest, digits: digits, period: .seconds(period))
            let hexadecimal = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let start: Int64 = 1_800_000_000
            let codes = try Peer.run([
                "oathtool", "--totp=\(name)", "-d", "\(digits)", "-s", "\(period)s",
                "-N", "@\(start)", "-w", "49", hexadecimal,
            ])
            let first = totp.step(at: Instant(milliseconds: 1000 * start))
            #expect(codes == (first..<first + 50).map { totp.code(step: $0) })
        }
    }
}
