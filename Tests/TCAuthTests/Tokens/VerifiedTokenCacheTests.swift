import Synchronization
import TCCore
import Testing

@testable import TCAuth

@Suite struct VerifiedTokenCacheTests {
    private func find(_ cache: VerifiedTokenCache, _ token: String) -> VerifiedToken? {
        Array(token.utf8).withUnsafeBufferPointer { cache.find($0) }
    }

    private func insert(_ cache: VerifiedTokenCache, _ token: String, _ verified: VerifiedToken) {
        Array(token.utf8).withUnsafeBufferPointer { cache.insert(verified, for: $0) }
    }

    @Test func `a token seen before is known until it expires`() throws {
        let fixture = try TokenFixture(.hs256)
        let verifier = fixture.verifier(rememberedTokens: 1000)
        let token = fixture.access().text
        let first = try verifier.verify(token, at: testNow)
        #expect(try verifier.verify(token, at: testNow) === first)
        let end = Instant(milliseconds: testNow.milliseconds + 86_405_000)
        #expect(refusal(verifier, token, at: end) == .expiry)
        let before = Instant(milliseconds: testNow.milliseconds - 5001)
        #expect(refusal(verifier, token, at: before) == .issuedAt)
        // Nothing is kept by a verifier that is not asked to.
        let plain = fixture.verifier()
        #expect(try plain.verify(token, at: testNow) !== plain.verify(token, at: testNow))
    }

    @Test func `a token that differs anywhere is another one`() throws {
        let fixture = try TokenFixture(.hs256)
        let verifier = fixture.verifier(rememberedTokens: 1000)
        let token = Array(fixture.access().text.utf8)
        _ = try token.withUnsafeBufferPointer { try verifier.verify($0, at: testNow) }
        for place in token.indices {
            var changed = token
            changed[place] = changed[place] == UInt8(ascii: "A") ? 66 : 65
            #expect(refusal(verifier, String(decoding: changed, as: UTF8.self)) != nil, "\(place)")
        }
        #expect(refusal(verifier, String(decoding: token.dropLast(), as: UTF8.self)) != nil)
    }

    @Test func `a refused token is not remembered`() throws {
        let (fixture, other) = (try TokenFixture(.hs256), try TokenFixture(.hs256))
        let verifier = fixture.verifier(rememberedTokens: 1000)
        let token = other.access().text
        for _ in 0..<2 { #expect(refusal(verifier, token) == .signature) }
    }

    @Test func `the newest tokens stay and no more than there is room for`() throws {
        let fixture = try TokenFixture(.hs256)
        let verified = try fixture.verifier().verify(fixture.access().text, at: testNow)
        let cache = VerifiedTokenCache(capacity: 256)
        let tokens = (0..<10_000).map { number in
            String(repeating: "x", count: 40) + Digits.text(number, count: 40)
        }
        for token in tokens {
            insert(cache, token, verified)
            #expect(find(cache, token) === verified)
        }
        let kept = tokens.count { find(cache, $0) != nil }
        #expect(kept == 256)
        // In each set the four newest stay, which lie in the newest few hundred of all.
        #expect(tokens.prefix(5000).allSatisfy { find(cache, $0) == nil })
        // The same token again takes no second place.
        insert(cache, tokens[9999], verified)
        #expect(tokens.count { find(cache, $0) != nil } == 256)
    }

    @Test func `tokens too short or too long are not remembered`() throws {
        let fixture = try TokenFixture(.hs256)
        let verified = try fixture.verifier().verify(fixture.access().text, at: testNow)
        let cache = VerifiedTokenCache(capacity: 1)
        for length in [0, 31, 2049] {
            let token = String(repeating: "x", count: length)
            insert(cache, token, verified)
            #expect(find(cache, token) == nil)
        }
    }

    @Test func `many threads may verify at once`() throws {
        let fixture = try TokenFixture()
        let verifier = fixture.verifier(rememberedTokens: 64)
        let strange = try TokenFixture().access().text
        let tokens = (0..<50).map { number in
            fixture.issuer.access(subject: "usr_\(number)", role: "r", sessionID: "s").text
        }
        let wrong = Atomic(0)
        try Workers.run(4) { worker in
            for round in 0..<200 {
                let number = (round * 7 + worker) % tokens.count
                let claims = try verifier.verify(tokens[number], at: testNow).claims
                if claims.subject != "usr_\(number)" || refusal(verifier, strange) != .signature {
                    wrong.wrappingAdd(1, ordering: .relaxed)
                }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}

/// Texts whose ends look random and differ for each number.
private enum Digits {
    static func text(_ number: Int, count: Int) -> String {
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        var text = ""
        while text.utf8.count < count {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            text += String(state, radix: 36)
        }
        return String(text.suffix(count))
    }
}
