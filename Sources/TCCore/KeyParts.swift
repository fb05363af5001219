/// The numbers that make a cryptographic key, under the names that RFC 7518 and RFC 8037 give them in
/// JSON Web Keys; big-endian bytes.
///
/// What reads keys and what uses them share this type. That the numbers fit each other, only making a
/// key of them tells.
public enum KeyParts: Equatable, Sendable {
    /// A point of the curve P-256, 32 bytes a coordinate; `d`, 32 bytes, only in a private key.
    case p256(x: [UInt8], y: [UInt8], d: [UInt8]?)
    /// A point of Ed25519, 32 bytes; `d`, the 32 bytes that the private key is made from.
    case ed25519(x: [UInt8], d: [UInt8]?)
    /// Modulus and public exponent, without leading zeros.
    case rsa(n: [UInt8], e: [UInt8], secret: RSASecret?)
    /// A secret that both sides hold.
    case symmetric(k: [UInt8])

    /// What the private half of an RSA key has besides: the exponent, two primes, and what speeds up
    /// reckoning with them; without leading zeros.
    public struct RSASecret: Equatable, Sendable {
        public let d: [UInt8]
        public let p: [UInt8]
        public let q: [UInt8]
        public let dp: [UInt8]
        public let dq: [UInt8]
        public let qi: [UInt8]

        public init(
            d: [UInt8], p: [UInt8], q: [UInt8], dp: [UInt8], dq: [UInt8], qi: [UInt8]
        ) {
            self.d = d
            self.p = p
            self.q = q
            self.dp = dp
            self.dq = dq
            self.qi = qi
        }
    }

    /// Whether somebody who holds this can sign.
    public var isPrivate: Bool {
        switch self {
        case .p256(_, _, let d): d != nil
        case .ed25519(_, let d): d != nil
        case .rsa(_, _, let secret): secret != nil
        case .symmetric: true
        }
    }

    /// The same without what must stay secret; nil where nothing else is left.
    public var publicParts: KeyParts? {
        switch self {
        case .p256(let x, let y, _): .p256(x: x, y: y, d: nil)
        case .ed25519(let x, _): .ed25519(x: x, d: nil)
        case .rsa(let n, let e, _): .rsa(n: n, e: e, secret: nil)
        case .symmetric: nil
        }
    }
}

// No interpolation, however careless, may print a key.
extension KeyParts: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        let kind =
            switch self {
            case .p256: "P-256"
            case .ed25519: "Ed25519"
            case .rsa(let n, _, _): "RSA \(n.count * 8)"
            case .symmetric: "symmetric"
            }
        return "\(kind) \(isPrivate ? "secret" : "public") key"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: []) }
}
