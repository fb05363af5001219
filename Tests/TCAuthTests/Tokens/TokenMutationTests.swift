import TCAuth
import TCCore
import TCCrypto
import TCWire
import Testing

@Suite struct TokenMutationTests {
    /// Another seed in each run finds more over time; the one that failed is in the message.
    @Test func `no mutated token crashes a verifier, and none is believed`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let fixtures = try [SignatureAlgorithm.es256, .eddsa, .hs256].map(TokenFixture.init)
        let verifiers = fixtures.map { ($0.verifier(rememberedTokens: 100), $0.verifier()) }
        let tokens = fixtures.map { $0.access().text }
        // A verifier that has seen a good token skips what it knows.
        for (verifier, token) in zip(verifiers, tokens) {
            _ = try verifier.0.verify(token, at: testNow)
            _ = try verifier.1.verify(token, at: testNow)
        }
        var mutator = TokenMutator(seed: seed, tokens: tokens.map { Array($0.utf8) })
        var refused: [TokenCheck: Int] = [:]
        for _ in 0..<6000 {
            let which = mutator.below(tokens.count)
            let token = mutator.mutated(which)
            if token == Array(tokens[which].utf8) { continue }
            let text = String(decoding: token, as: UTF8.self)
            for verifier in [verifiers[which].0, verifiers[which].1] {
                let outcome = token.withUnsafeBufferPointer { token -> TokenRejection? in
                    // Explaining looks behind a failure, where a check may miss what it needs.
                    let findings = verifier.explain(token, at: testNow)
                    do throws(TokenRejection) {
                        _ = try verifier.verify(token, at: testNow)
                        return nil
                    } catch {
                        let failed = findings.first { $0.outcome == .failed }
                        #expect(failed?.check == error.check, "seed \(seed): \(text)")
                        return error
                    }
                }
                #expect(outcome != nil, "seed \(seed): \(text) was believed")
                if let outcome { refused[outcome.check, default: 0] += 1 }
            }
        }
        // Were nearly all refused for one reason, the run would prove little.
        for check in [TokenCheck.shape, .header, .key, .algorithm, .signature, .type] {
            #expect(refused[check, default: 0] > 20, "seed \(seed): \(refused)")
        }
    }

    /// Payloads that are signed, so that what reads claims sees them.
    @Test func `mutated claims are read or refused, with one meaning`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let fixture = try TokenFixture(.hs256)
        let header = #"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#
        let payload = fixture.access().text.split(separator: ".")[1]
        let claims = try #require(Base64URL.decode(String(payload)))
        var mutator = TokenMutator(seed: seed, tokens: [claims])
        var believed = 0
        for _ in 0..<6000 {
            let text = String(decoding: mutator.mutated(0), as: UTF8.self)
            let token = fixture.token(header: header, payload: text)
            do throws(TokenRejection) {
                let verified = try fixture.verifier().verify(token, at: testNow)
                believed += 1
                // What is printed of the token says the same as what was checked.
                let again = fixture.token(
                    header: header, payload: String(decoding: verified.record, as: UTF8.self))
                let same = try fixture.verifier().verify(again, at: testNow)
                #expect(same.claims == verified.claims, "seed \(seed): \(text)")
                #expect(same.record == verified.record, "seed \(seed): \(text)")
            } catch {
                #expect(error.check != .signature, "seed \(seed): \(text)")
            }
        }
        #expect((50...4000).contains(believed), "seed \(seed): \(believed)")
    }
}

/// Tokens broken in every way, from a seed.
private struct TokenMutator {
    private var state: UInt64
    private let tokens: [[UInt8]]

    init(seed: UInt64, tokens: [[UInt8]]) {
        state = seed
        self.tokens = tokens
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func mutated(_ which: Int) -> [UInt8] {
        var token = tokens[which]
        for _ in 0...below(3) { mutate(&token) }
        return token
    }

    private mutating func mutate(_ token: inout [UInt8]) {
        let place = below(token.count + 1)
        let alphabet = Array("AZaz09-_.=+/ \"{}[]:,\\".utf8) + [0, 10, 0x7F, 0x80, 0xC3, 0xFF]
        switch below(8) {
        case 0: token.insert(alphabet[below(alphabet.count)], at: place)
        case 1 where place < token.count: token.remove(at: place)
        case 2 where place < token.count: token[place] = alphabet[below(alphabet.count)]
        case 3 where place < token.count: token[place] ^= UInt8(1 << below(8))
        case 4: token.removeSubrange(place..<min(token.count, place + below(60)))
        case 5:
            token.insert(contentsOf: token[place..<min(token.count, place + below(60))], at: place)
        case 6: swapParts(&token)
        default: replaceHeader(&token)
        }
    }

    /// Another token's header, payload or signature in the place of this one's.
    private mutating func swapParts(_ token: inout [UInt8]) {
        let other = tokens[below(tokens.count)].split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        parts[below(parts.count)] = other[below(other.count)]
        token = Array(parts.joined(separator: [UInt8(ascii: ".")]))
    }

    /// A header that could have been forged, before the rest as it is.
    private mutating func replaceHeader(_ token: inout [UInt8]) {
        let headers = [
            #"{"alg":"none"}"#, #"{"alg":"none","kid":"k1","typ":"at+jwt"}"#,
            #"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#,
            #"{"alg":"ES256","kid":"k9","typ":"at+jwt"}"#, #"{"alg":"ES256","typ":"mfa+jwt"}"#,
            #"{"alg":"ES256","kid":"k1","typ":"at+jwt","crit":["x"]}"#,
            #"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","jwk":{"kty":"oct","k":"AA"}}"#,
            #"{"alg":"ES256","kid":"k1","kid":"k1"}"#, #"[]"#, "{",
        ]
        guard let dot = token.firstIndex(of: UInt8(ascii: ".")) else { return }
        let header = Base64URL.encode(Array(headers[below(headers.count)].utf8))
        token.replaceSubrange(..<dot, with: header.utf8)
    }
}
