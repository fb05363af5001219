import TCCore
import TCCrypto
import TCWire

/// The keys that tokens are verified with, each by its `kid`.
public struct TokenKeys: Sendable {
    private let keys: [String: VerificationKey]
    /// Of keys that are known and must not be used, why.
    private let unusable: [String: String]
    /// For tokens that name no key: the only one there is.
    private let only: VerificationKey?

    /// Takes the keys of a set that may verify signatures.
    ///
    /// What RFC 7517 leaves open is decided for the side of caution: a set in which two keys have one
    /// `kid`, or secrets stand beside public keys, is refused, because something went wrong where it was
    /// made. A single key that cannot be used fails only the tokens that name it.
    ///
    /// Throws `.badInput` for such a set.
    public init(_ set: JWKSet) throws(TCError) {
        let symmetric = set.keys.count { $0.parts.publicParts == nil }
        guard symmetric == 0 || symmetric == set.keys.count else {
            throw TCError(.badInput, "a key set must not hold secrets beside public keys")
        }
        var names: Set<String> = []
        for keyID in set.keys.map(\.keyID) + set.unusable.map(\.keyID) {
            if let keyID, !names.insert(keyID).inserted {
                throw TCError(.badInput, "two keys of the set have the 'kid' '\(keyID)'")
            }
        }
        var keys: [String: VerificationKey] = [:]
        var unusable: [String: String] = [:]
        var only: VerificationKey?
        for key in set.unusable {
            if let keyID = key.keyID { unusable[keyID] = key.reason }
        }
        for key in set.keys {
            do {
                let made = try VerificationKey(signing: key)
                if let keyID = key.keyID { keys[keyID] = made }
                if set.keys.count + set.unusable.count == 1 { only = made }
            } catch {
                if let keyID = key.keyID { unusable[keyID] = error.message }
            }
        }
        self.keys = keys
        self.unusable = unusable
        self.only = only
    }

    /// Keys of our own, which may be secrets and public keys beside each other. Tokens must name theirs.
    ///
    /// - Parameters:
    ///   - keys: each by its `kid`.
    ///   - unusable: of keys that are known and must not be used, why.
    init(_ keys: [String: VerificationKey], unusable: [String: String]) {
        self.keys = keys
        self.unusable = unusable
        only = nil
    }

    /// The key that a header names.
    ///
    /// Throws `.badInput` where there is none that may be used.
    func key(for keyID: String?) throws(TCError) -> VerificationKey {
        guard let keyID else {
            guard let only else {
                throw TCError(.badInput, "the header has no 'kid', and there is not one key only")
            }
            return only
        }
        if let key = keys[keyID] { return key }
        if let reason = unusable[keyID] {
            throw TCError(.badInput, "the key '\(keyID)' cannot be used: \(reason)")
        }
        throw TCError(.badInput, "no key is called '\(keyID)'")
    }

    /// What a signed token carries, whatever that is, after all checks that need only the keys.
    public func payload(
        of token: UnsafeBufferPointer<UInt8>
    ) throws(TokenRejection) -> [UInt8] {
        var examination = TokenExamination(token, keys: self)
        for check in TokenCheck.ofSignature { try examination.pass(check) }
        return examination.payload
    }
}

extension VerificationKey {
    /// Makes the key that a JWK describes, where it is one for signatures.
    convenience init(signing key: JWK) throws(TCError) {
        if let use = key.use, use != "sig" {
            throw TCError(.badInput, "it is for '\(use)', not for signatures")
        }
        if let operations = key.operations, !operations.contains("verify") {
            throw TCError(.badInput, "verifying is not among its operations")
        }
        var algorithm: SignatureAlgorithm?
        if let name = key.algorithm {
            algorithm = SignatureAlgorithm(rawValue: name)
            if algorithm == nil {
                throw TCError(.badInput, "its algorithm '\(name)' is not supported")
            }
        }
        try self.init(key.parts, algorithm: algorithm)
    }
}

extension JWK {
    /// The key for publication, named by its thumbprint (RFC 7638): a name that says which key it is,
    /// on whichever machine.
    ///
    /// - Parameter key: not a symmetric one, whose thumbprint would let guesses at it be checked.
    public init(publishing key: SigningKey) throws(TCError) {
        guard let parts = key.parts.publicParts else {
            throw TCError(.badInput, "\(key.parts) cannot be published")
        }
        let unnamed = JWK(parts, keyID: nil, algorithm: key.algorithm.rawValue)
        self.init(parts, keyID: unnamed.thumbprint, algorithm: key.algorithm.rawValue)
    }

    /// The SHA-256 thumbprint (RFC 7638) in base64url.
    public var thumbprint: String { Base64URL.encode(Digest.sha256.hash(thumbprintInput)) }
}
