import TCCore

/// How a JSON Web Token is signed (RFC 7518, section 3.1; RFC 8037). The raw value is the name in a
/// token's header.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// ECDSA over P-256 with SHA-256; signatures are r‖s, 64 bytes.
    case es256 = "ES256"
    /// Ed25519; 64 bytes.
    case eddsa = "EdDSA"
    /// RSA with PKCS #1 v1.5 padding and SHA-256; as long as the modulus.
    case rs256 = "RS256"
    /// HMAC with SHA-256: who can verify can sign.
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"

    /// Whether the key that verifies is a secret.
    public var isSymmetric: Bool { hmacDigest != nil }

    /// The longest that a signature may be; only those of RSA differ from key to key.
    public var mostSignatureBytes: Int {
        switch self {
        case .es256, .eddsa: 64
        case .rs256: KeyLimits.rsaBits.upperBound / 8
        case .hs256, .hs384, .hs512: hmacDigest?.byteCount ?? 0
        }
    }

    /// The hash under an HMAC; nil for signatures.
    var hmacDigest: Digest? {
        switch self {
        case .hs256: .sha256
        case .hs384: .sha384
        case .hs512: .sha512
        case .es256, .eddsa, .rs256: nil
        }
    }

    /// The one algorithm that a key of this kind signs with; HS256 where there is a choice.
    public init(for parts: KeyParts) {
        switch parts {
        case .p256: self = .es256
        case .ed25519: self = .eddsa
        case .rsa: self = .rs256
        case .symmetric: self = .hs256
        }
    }

    /// Whether a key of this kind can sign with it.
    public func fits(_ parts: KeyParts) -> Bool {
        switch parts {
        case .symmetric: isSymmetric
        default: self == SignatureAlgorithm(for: parts)
        }
    }
}
