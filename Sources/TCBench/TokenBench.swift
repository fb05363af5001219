import Glibc
import TCAuth
import TCCore
import TCCrypto
import TCWire

/// `TCBench tokens [ROUNDS]`: access tokens issued and verified a second on one core, beside what
/// `openssl speed` says of signing and verifying alone; and tokens that were seen before, verified by a
/// thread for each processor.
func benchTokens(_ arguments: [String]) throws {
    let rounds = try wholeNumber(arguments, 0, 5)
    for algorithm in [SignatureAlgorithm.es256, .eddsa, .rs256, .hs256] {
        let bench = try TokenBench(algorithm)
        let token = Array(bench.issue().utf8)
        let verifier = bench.verifier(remembering: 0)
        var results: [SpeedRound] = []
        try token.withUnsafeBufferPointer { token in
            for _ in 0..<rounds {
                let reference = try OpenSSLSpeed(algorithm, messageBytes: token.count)
                let sign = ratePerSecond { _ = bench.issue() }
                let verify = try ratePerSecond {
                    _ = try verifier.verify(token, at: bench.now)
                }
                results.append(SpeedRound(reference, sign: sign, verify: verify))
            }
        }
        report("tokens", algorithm, results)
    }
    try benchKnownTokens(rounds)
}

/// A thousand tokens over and over.
private func benchKnownTokens(_ rounds: Int) throws {
    let bench = try TokenBench(.es256)
    let verifier = bench.verifier(remembering: 1 << 14)
    let tokens = (0..<1000).map { _ in Array(bench.issue().utf8) }
    @Sendable func verifyAll() throws {
        for token in tokens {
            _ = try token.withUnsafeBufferPointer { try verifier.verify($0, at: bench.now) }
        }
    }
    try verifyAll()
    let times = 1000
    for threads in Set([1, Workers.processorCount]).sorted() {
        try measure("tokens known, \(threads) threads", rounds: rounds) {
            try Workers.run(threads) { _ in for _ in 0..<times { try verifyAll() } }
            let items = threads * times * tokens.count
            return Work(items: items, bytes: items * tokens[0].count)
        }
    }
}

private struct TokenBench {
    let now = Instant(milliseconds: 1_800_000_000_000)
    private let issuer: TokenIssuer
    private let keys: TokenKeys

    init(_ algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let published = JWK(
            key.verificationKey.parts, keyID: "k1", algorithm: algorithm.rawValue)
        keys = try TokenKeys(JWKSet([published]))
        let now = now
        let random = KernelRandom()
        issuer = TokenIssuer(
            key, keyID: "k1", issuer: "https://auth.example", audience: ["tc"],
            seams: Seams(
                now: { now }, uptime: wallSeconds,
                random: { random.next() }))
    }

    func issue() -> String {
        issuer.access(
            subject: "usr_0197f3c1a2b47c6d9e8f0a1b2c3d4e5f", role: "driver",
            sessionID: "ses_0197f3c1a2b47c6d9e8f0a1b2c3d4e5f"
        ).text
    }

    func verifier(remembering count: Int) -> TokenVerifier {
        TokenVerifier(
            keys, TokenRules(.access, issuer: "https://auth.example", audience: "tc"),
            rememberedTokens: count)
    }
}
