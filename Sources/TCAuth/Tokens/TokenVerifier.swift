import Synchronization
import TCCore
import TCCrypto
import TCWire

/// A token that passed every check.
public final class VerifiedToken: Sendable {
    public let claims: TokenClaims
    /// The algorithm it is signed with.
    public let algorithm: SignatureAlgorithm
    /// All claims, also those of no use here, as one JSON object on one line.
    public let record: [UInt8]

    init(_ claims: TokenClaims, _ algorithm: SignatureAlgorithm, record: [UInt8]) {
        self.claims = claims
        self.algorithm = algorithm
        self.record = record
    }
}

/// Tells whether tokens are to be believed, from public keys alone; any number of threads may ask at
/// once.
///
/// Keys and rules of a verifier never change. Where keys are added or retired, another verifier takes
/// its place, and with this one goes all that it remembers.
public final class TokenVerifier: Sendable {
    public let rules: TokenRules
    private let keys: TokenKeys
    private let cache: VerifiedTokenCache?
    /// The header of the last good token. Tokens signed with one key all have the same, and reading it
    /// would take half as long again as reading the claims.
    private let lastHeader = Mutex<ExaminedHeader?>(nil)

    /// - Parameter rememberedTokens: of how many good tokens the outcome is kept, so that seeing one
    ///   again costs a comparison; 0 keeps none. Each takes up to some kilobytes.
    public init(_ keys: TokenKeys, _ rules: TokenRules, rememberedTokens: Int = 0) {
        self.keys = keys
        self.rules = rules
        cache = rememberedTokens > 0 ? VerifiedTokenCache(capacity: rememberedTokens) : nil
    }

    /// The token, or the first check that it fails.
    public func verify(
        _ token: UnsafeBufferPointer<UInt8>, at now: Instant
    ) throws(TokenRejection) -> VerifiedToken {
        if let cache, let known = cache.find(token), isCurrent(known, at: now) { return known }
        var examination = TokenExamination(token, keys: keys)
        for check in TokenCheck.ofText { try examination.pass(check, rules, at: now) }
        let known = lastHeader.withLock { $0 }
        let isKnown = known.map { examination.adopt($0) } ?? false
        if !isKnown {
            for check in TokenCheck.ofHeader { try examination.pass(check, rules, at: now) }
        }
        for check in TokenCheck.ofContent { try examination.pass(check, rules, at: now) }
        if !isKnown {
            let examined = examination.examinedHeader
            lastHeader.withLock { $0 = examined }
        }
        guard let claims = examination.claims, let key = examination.key else {
            preconditionFailure("a check that passed left nothing")
        }
        let verified = VerifiedToken(claims, key.algorithm, record: examination.record)
        cache?.insert(verified, for: token)
        return verified
    }

    /// The same for text.
    public func verify(_ token: String, at now: Instant) throws(TokenRejection) -> VerifiedToken {
        let bytes = Array(token.utf8)
        return try bytes.withUnsafeBufferPointer { (bytes) throws(TokenRejection) in
            try verify(bytes, at: now)
        }
    }

    /// What a token says that passes every check, but for having expired.
    func claims(evenExpired token: String, at now: Instant) throws(TokenRejection) -> TokenClaims {
        let bytes = Array(token.utf8)
        return try bytes.withUnsafeBufferPointer { (bytes) throws(TokenRejection) in
            var examination = TokenExamination(bytes, keys: keys)
            for check in TokenCheck.allCases where check != .expiry {
                try examination.pass(check, rules, at: now)
            }
            guard let claims = examination.claims else {
                preconditionFailure("a check that passed left nothing")
            }
            return claims
        }
    }

    /// What each check finds, also behind one that failed.
    public func explain(
        _ token: UnsafeBufferPointer<UInt8>, at now: Instant
    ) -> [TokenFinding] {
        var examination = TokenExamination(token, keys: keys)
        return TokenCheck.allCases.map { check in
            guard examination.canPass(check, rules) else {
                return TokenFinding(check: check, outcome: .skipped, detail: "nothing to look at")
            }
            do throws(TokenRejection) {
                try examination.pass(check, rules, at: now)
                return TokenFinding(
                    check: check, outcome: .passed, detail: examination.detail(check))
            } catch {
                return TokenFinding(check: check, outcome: .failed, detail: error.message)
            }
        }
    }

    /// Whether the checks that depend on the time still hold.
    private func isCurrent(_ token: VerifiedToken, at now: Instant) -> Bool {
        let leeway = rules.leewayMilliseconds
        let claims = token.claims
        let start = max(
            claims.issuedAt.milliseconds, claims.notBefore?.milliseconds ?? Int64.min)
        return start - leeway <= now.milliseconds
            && now.milliseconds < claims.expiresAt.milliseconds + leeway
    }
}
