import Glibc
import TCCore
import TCCrypto
import TCWire

/// What a verifier expects of tokens besides a good signature.
public struct TokenRules: Sendable {
    public let kind: TokenKind
    /// Nil takes tokens of any issuer that signs with one of the keys.
    public let issuer: String?
    /// Nil takes tokens for anybody.
    public let audience: String?
    /// How far the clocks of issuer and verifier may be apart. Kept as what instants are counted in,
    /// since every verification needs it.
    let leewayMilliseconds: Int64

    /// How far clocks may be apart where nobody says otherwise.
    public static let usualLeeway = Duration.seconds(5)

    /// The rules for one kind of token.
    ///
    /// - Parameter leeway: how far the clocks of issuer and verifier may be apart; 0 or more.
    public init(
        _ kind: TokenKind, issuer: String?, audience: String?, leeway: Duration = usualLeeway
    ) {
        self.kind = kind
        self.issuer = issuer
        self.audience = audience
        leewayMilliseconds = leeway.milliseconds
    }
}

/// A header that passed all checks of the header, with the same keys and rules.
final class ExaminedHeader: Sendable {
    let text: [UInt8]
    let header: JOSEHeader
    let key: VerificationKey

    init(text: [UInt8], header: JOSEHeader, key: VerificationKey) {
        self.text = text
        self.header = header
        self.key = key
    }
}

/// One look at a token: the checks, and what each leaves for those after it.
struct TokenExamination {
    private let token: UnsafeBufferPointer<UInt8>
    private let keys: TokenKeys
    private var parts: CompactJWS?
    private var header: JOSEHeader?
    private(set) var key: VerificationKey?
    private(set) var payload: [UInt8] = []
    private(set) var claims: TokenClaims?
    /// All members of the claims.
    private var object = JSONObject()

    /// - Parameter token: outlives the examination.
    init(_ token: UnsafeBufferPointer<UInt8>, keys: TokenKeys) {
        self.token = token
        self.keys = keys
    }

    /// What the checks of the header have found, once they have passed, for `adopt`.
    var examinedHeader: ExaminedHeader? {
        guard let parts, let header, let key else { return nil }
        return ExaminedHeader(text: Array(slice(parts.header)), header: header, key: key)
    }

    /// Takes over what the checks of an equal header have found, and tells whether it was equal.
    mutating func adopt(_ examined: ExaminedHeader) -> Bool {
        guard let range = parts?.header, range.count == examined.text.count else { return false }
        let isSame = examined.text.withUnsafeBufferPointer { text in
            range.isEmpty
                || memcmp(text.baseAddress!, slice(range).baseAddress!, range.count) == 0
        }
        guard isSame else { return false }
        header = examined.header
        key = examined.key
        return true
    }

    /// Makes a check that needs only the token and the keys, or throws what it found.
    mutating func pass(_ check: TokenCheck) throws(TokenRejection) {
        do {
            try checkSignature(check)
        } catch {
            throw TokenRejection(check: check, message: error.message)
        }
    }

    /// Makes any check, or throws what it found.
    mutating func pass(
        _ check: TokenCheck, _ rules: TokenRules, at now: Instant
    ) throws(TokenRejection) {
        do {
            switch check {
            case .type, .claims, .issuer, .audience, .issuedAt, .notBefore, .expiry:
                try checkClaims(check, rules, at: now)
            default: try checkSignature(check)
            }
        } catch {
            throw TokenRejection(check: check, message: error.message)
        }
    }

    /// Whether what the check looks at is there.
    func canPass(_ check: TokenCheck, _ rules: TokenRules) -> Bool {
        switch check {
        case .size: true
        case .shape: token.count <= CompactJWS.mostBytes
        case .header, .claims: parts != nil
        case .critical, .type, .key: header != nil
        case .algorithm, .signature: header != nil && key != nil
        case .issuer: claims != nil && rules.issuer != nil
        case .audience: claims != nil && rules.audience != nil
        case .issuedAt, .expiry: claims != nil
        case .notBefore: claims?.notBefore != nil
        }
    }

    private mutating func checkSignature(_ check: TokenCheck) throws(TCError) {
        switch check {
        case .size:
            guard token.count <= CompactJWS.mostBytes else {
                throw TCError(
                    .badInput,
                    "the token has \(token.count) bytes; at most \(CompactJWS.mostBytes) are allowed"
                )
            }
        case .shape: parts = try CompactJWS(token)
        case .header:
            guard let parts else { return }
            header = try JOSEHeader(slice(parts.header))
        case .critical:
            guard let header, header.critical.isEmpty else {
                throw TCError(.badInput, "the header has critical extensions; none is understood")
            }
        case .key: key = try keys.key(for: header?.keyID)
        case .algorithm:
            // The key's algorithm counts. What the token says must be the same, lest somebody else
            // read it another way.
            guard let key, let header, header.algorithm == key.algorithm.rawValue else {
                throw TCError(
                    .badInput,
                    "'alg' of the header is not that of the key,"
                        + " \(key?.algorithm.rawValue ?? "none")")
            }
        case .signature: try checkBytes()
        default: preconditionFailure("\(check) is about claims")
        }
    }

    private mutating func checkBytes() throws(TCError) {
        guard let parts, let key else { return }
        guard let signature = Base64URL.decode(slice(parts.signature)) else {
            throw TCError(.badInput, "the signature is not base64url without padding")
        }
        let isValid = signature.withUnsafeBufferPointer {
            key.isValid($0, of: slice(parts.signingInput))
        }
        guard isValid else { throw TCError(.badInput, "the signature is not one of this key") }
        guard let payload = Base64URL.decode(slice(parts.payload)) else {
            throw TCError(.badInput, "the payload is not base64url without padding")
        }
        self.payload = payload
    }

    private mutating func checkClaims(
        _ check: TokenCheck, _ rules: TokenRules, at now: Instant
    ) throws(TCError) {
        let leeway = rules.leewayMilliseconds
        switch check {
        case .type:
            guard let header, rules.kind.admits(header.type) else {
                throw TCError(
                    .badInput,
                    "'typ' of the header must be '\(rules.kind.type)', got"
                        + " \(header?.type.map { "'\($0)'" } ?? "none")")
            }
        case .claims:
            guard let parts else { return }
            object =
                payload.isEmpty
                ? try JOSEText.object(slice(parts.payload), "claims")
                : try JOSEText.object(json: payload, "claims")
            claims = try TokenClaims(object, rules.kind)
        case .issuer:
            guard let claims, rules.issuer == nil || claims.issuer == rules.issuer else {
                throw TCError(
                    .badInput,
                    "the token was issued by '\(claims?.issuer ?? "")', not by"
                        + " '\(rules.issuer ?? "")'")
            }
        case .audience:
            guard let claims, rules.audience.map(claims.audience.contains) ?? true else {
                throw TCError(.badInput, "the token is not for '\(rules.audience ?? "")'")
            }
        case .issuedAt:
            guard let claims, claims.issuedAt.milliseconds - leeway <= now.milliseconds else {
                throw TCError(
                    .badInput, "the token says that it will be issued at \(time(claims?.issuedAt))")
            }
        case .notBefore:
            let start = claims?.notBefore?.milliseconds ?? 0
            guard start - leeway <= now.milliseconds else {
                throw TCError(
                    .badInput, "the token is not valid before \(time(claims?.notBefore))")
            }
        default:
            guard let claims, now.milliseconds < claims.expiresAt.milliseconds + leeway else {
                throw TCError(.badInput, "the token expired at \(time(claims?.expiresAt))")
            }
        }
    }

    /// The claims as one JSON object on one line; the payload itself where it is that already.
    var record: [UInt8] {
        let isOneLine =
            payload.first == UInt8(ascii: "{") && payload.last == UInt8(ascii: "}")
            && payload.allSatisfy { $0 >= 0x20 }
        if isOneLine { return payload }
        var writer = JSONWriter()
        writer.object(object)
        return writer.bytes
    }

    /// What a check that passed has seen.
    func detail(_ check: TokenCheck) -> String {
        switch check {
        case .size: "\(token.count) bytes of at most \(CompactJWS.mostBytes)"
        case .shape: "header, payload and signature"
        case .header: "a JSON object with distinct members"
        case .critical: "no critical extensions"
        case .type: header?.type.map { "'\($0)'" } ?? "none, as is allowed"
        case .key: header?.keyID.map { "'\($0)' is known" } ?? "the only one there is"
        case .algorithm: "\(key?.algorithm.rawValue ?? ""), as the key has it"
        case .signature: "is one of this key"
        case .claims: "all that there must be, for '\(claims?.subject ?? "")'"
        case .issuer: "'\(claims?.issuer ?? "")'"
        case .audience: claims?.audience.map { "'\($0)'" }.joined(separator: ", ") ?? ""
        case .issuedAt: time(claims?.issuedAt)
        case .notBefore: time(claims?.notBefore)
        case .expiry: time(claims?.expiresAt)
        }
    }

    private func time(_ instant: Instant?) -> String { instant?.description ?? "no time" }

    private func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: token[range])
    }
}
