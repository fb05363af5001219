import TCCore
import TCCrypto
import TCWire

/// A signing key as others may see it.
public struct KeyRecord: JSONRecord, Equatable {
    /// What a key is good for now.
    public enum State: String, Sendable, CaseIterable {
        /// It is published and will sign.
        case next
        /// It signs, and verifies.
        case signing
        /// It has signed, and verifies.
        case verifying
        /// Nothing that it signed is believed any more; the key itself is gone.
        case retired
    }

    /// The thumbprint (RFC 7638) of the public key; of a secret, which has none, a random id.
    public let kid: String
    public let algorithm: SignatureAlgorithm
    public let state: State
    public let createdAt: Instant
    /// From when on it signs.
    public let signsFrom: Instant
    /// When the last token that it can have signed has expired; nil while no other key is to follow it,
    /// and once it is retired.
    public let retirableAt: Instant?
    public let retiredAt: Instant?

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("kid", kid)
        writer.member("algorithm", algorithm.rawValue)
        writer.member("state", state.rawValue)
        writer.member("created_at", createdAt)
        writer.member("signs_from", signsFrom)
        writer.member("retirable_at", ifAny: retirableAt)
        writer.member("retired_at", ifAny: retiredAt)
    }
}

/// A key that was made, or in a dry run would be.
public struct KeyRotation: JSONRecord, Equatable {
    /// Nil in a dry run, which makes no key.
    public let kid: String?
    public let algorithm: SignatureAlgorithm
    /// `next`, or `signing` where it signs at once.
    public let state: KeyRecord.State
    public let createdAt: Instant
    /// From when on it signs.
    public let signsFrom: Instant
    /// The key that signs until then; nil for the first.
    public let replaces: String?

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("kid", ifAny: kid)
        writer.member("algorithm", algorithm.rawValue)
        writer.member("state", state.rawValue)
        writer.member("created_at", createdAt)
        writer.member("signs_from", signsFrom)
        writer.member("replaces", ifAny: replaces)
    }
}

/// What a change of keys came to.
public enum KeyOutcome: RecordOutcome, Equatable {
    case rotated(KeyRotation)
    case retired(KeyRecord)
    /// It was retired already.
    case unchanged(KeyRecord)
    case notFound(kid: String)
    /// Tokens that it signed are valid, or may be: until `retirableAt`, where that is known.
    case inUse(KeyRecord)

    public var status: String {
        switch self {
        case .rotated: "rotated"
        case .retired: "retired"
        case .unchanged: "unchanged"
        case .notFound: "not_found"
        case .inUse: "in_use"
        }
    }

    public var isNegative: Bool {
        switch self {
        case .rotated, .retired, .unchanged: false
        case .notFound, .inUse: true
        }
    }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch self {
        case .rotated(let rotation): rotation.writeMembers(to: &writer)
        case .retired(let key), .unchanged(let key), .inUse(let key):
            key.writeMembers(to: &writer)
        case .notFound(let kid): writer.member("kid", kid)
        }
    }
}
