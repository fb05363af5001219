import TCCore

/// What is looked at before a token is believed, in this order. The raw value is the name of the check
/// in records, and the reason where a token fails it.
public enum TokenCheck: String, Sendable, CaseIterable {
    /// No longer than tokens are.
    case size
    /// Three parts with dots between them.
    case shape
    /// A JSON object with distinct members.
    case header
    /// No extension that must be understood, since none is.
    case critical
    /// The type of the kind of token that is expected.
    case type
    /// A key that is known and that may sign tokens.
    case key
    /// The algorithm of the key.
    case algorithm
    case signature
    /// A JSON object with distinct members, and all that this kind of token must say.
    case claims
    case issuer
    case audience
    case issuedAt = "issued_at"
    case notBefore = "not_before"
    case expiry

    /// Those that need nothing but the token and the keys.
    static let ofSignature: [TokenCheck] = [
        .size, .shape, .header, .critical, .key, .algorithm, .signature,
    ]
    /// All of them fall into three groups: what comes before the header can be looked at,
    static let ofText: [TokenCheck] = [.size, .shape]
    /// what depends on the header alone, so that it holds for all tokens with the same one,
    static let ofHeader: [TokenCheck] = [.header, .critical, .type, .key, .algorithm]
    /// and the rest.
    static let ofContent: [TokenCheck] = [
        .signature, .claims, .issuer, .audience, .issuedAt, .notBefore, .expiry,
    ]
}

/// Why a token is not believed.
public struct TokenRejection: Error, Equatable, Sendable {
    /// The first check that it failed.
    public let check: TokenCheck
    /// Starts in lower case, without a full stop, and without the token.
    public let message: String
}

/// What one check found.
public struct TokenFinding: Equatable, Sendable {
    /// How a check ended.
    public enum Outcome: String, Sendable {
        case passed
        case failed
        /// There was nothing to look at, because of another check's failure, or nothing was expected.
        case skipped
    }

    public let check: TokenCheck
    public let outcome: Outcome
    /// What was seen: the algorithm, the time; or the message of the failure.
    public let detail: String
}
