import TCCore
import Testing

@testable import TCAuth

struct RecoveryCodeTests {
    @Test func `ten codes are all different and of the promised form`() {
        let codes = RecoveryCode.make(.seeded(1))
        #expect(codes.count == 10)
        #expect(Set(codes.map(\.text)).count == 10)
        for code in codes {
            let groups = code.text.split(separator: "-")
            #expect(groups.count == 4)
            #expect(groups.allSatisfy { $0.count == 4 })
            #expect(code.text.allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz-".contains($0) })
        }
    }

    @Test func `every letter of the alphabet comes up about as often as any other`() {
        var counts: [Character: Int] = [:]
        for code in RecoveryCode.make(.seeded(2), count: 2_000) {
            for letter in code.text where letter != "-" { counts[letter, default: 0] += 1 }
        }
        // 1,000 expected of each, with a standard deviation of 31.
        #expect(counts.count == 32)
        #expect(counts.values.allSatisfy { (840...1_160).contains($0) })
    }

    @Test func `a code is recognised however it is typed`() {
        let code = RecoveryCode(text: "01k9-0xq2-7m1d-zt8w")
        for typed in [
            "01k9-0xq2-7m1d-zt8w", "01K90XQ27M1DZT8W", " 01k9 0xq2 7m1d zt8w ",
            "oik9-Oxq2-7mLd-zt8w",
        ] {
            #expect(RecoveryCode.digest(ofTyped: typed) == code.digest, "\(typed)")
        }
        #expect(RecoveryCode.digest(ofTyped: "01k9-0xq2-7m1d-zt8x") != code.digest)
        #expect(code.digest.count == 32)
    }

    @Test func `what cannot be a code has no digest`() {
        for typed in [
            "", "01k9-0xq2-7m1d-zt8", "01k9-0xq2-7m1d-zt8ww", "u1k9-0xq2-7m1d-zt8w", "é",
        ] {
            #expect(RecoveryCode.digest(ofTyped: typed) == nil, "\(typed)")
        }
    }
}

struct RedactionTests {
    @Test func `no interpolation and no dump prints a secret`() throws {
        let totp = try TOTP(secret: Array("12345678901234567890".utf8))
        let code = RecoveryCode(text: "01k9-0xq2-7m1d-zt8w")
        for value in [totp, code] as [any Redacted] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("49") && !text.contains("zt8w"), "\(text)")
            }
        }
        #expect("\(code)" == "RecoveryCode")
    }
}
