import COpenSSL
import TCCore

/// A key that signs; any number of threads may use it at once.
public final class SigningKey: Sendable {
    /// The one algorithm that this key signs with.
    public let algorithm: SignatureAlgorithm
    /// What others verify with; for HMAC the same secret.
    public let verificationKey: VerificationKey
    /// The numbers of the key, the secret ones included.
    public let parts: KeyParts

    private let method: Method

    private enum Method {
        case signature(KeyHandle, ContextPool<SigningContext>)
        case mac(HMACKey)
    }

    /// Makes a new key, from OpenSSL's own random generator: a key that a seed could repeat is none.
    ///
    /// An RSA key has 3072 bits, which NIST SP 800-57 finds good beyond 2030, and takes a second.
    public static func generate(_ algorithm: SignatureAlgorithm) throws(TCError) -> SigningKey {
        if let digest = algorithm.hmacDigest {
            _ = OpenSSL.shared
            let k = [UInt8](unsafeUninitializedCapacity: digest.byteCount) { out, count in
                OpenSSL.require(
                    RAND_priv_bytes(out.baseAddress, Int32(digest.byteCount)) == 1, "random bytes")
                count = digest.byteCount
            }
            return try SigningKey(.symmetric(k: k), algorithm: algorithm)
        }
        return try SigningKey(KeyHandle(generating: algorithm, rsaBits: 3072))
    }

    /// - Parameters:
    ///   - parts: with the private half.
    ///   - algorithm: one that fits; where it is nil the only one that does, and HS256 for a secret.
    ///
    /// Throws `.badInput` where the numbers make no key, the halves do not fit each other, or the key
    /// is too weak or too large to use.
    public convenience init(
        _ parts: KeyParts, algorithm: SignatureAlgorithm? = nil
    ) throws(TCError) {
        let algorithm = try VerificationKey.choose(algorithm, for: parts)
        guard parts.isPrivate else {
            throw TCError(.badInput, "\(parts) cannot sign: the private half is missing")
        }
        if case .symmetric(let k) = parts {
            self.init(secret: k, algorithm, try VerificationKey(parts, algorithm: algorithm))
        } else {
            let handle = try KeyHandle(parts)
            self.init(handle, parts, try VerificationKey(parts))
            try checkHalves()
        }
    }

    /// Reads what `encoded` gave. It may have come from outside, as in an import.
    ///
    /// - Parameter algorithm: decides how the bytes are read.
    ///
    /// Throws `.badInput` as the other initialiser does.
    public convenience init(
        encoded bytes: [UInt8], algorithm: SignatureAlgorithm
    ) throws(TCError) {
        if algorithm.isSymmetric {
            try self.init(.symmetric(k: bytes), algorithm: algorithm)
        } else {
            // By its numbers, so that every way in passes the same checks.
            try self.init(KeyHandle(pkcs8: bytes).parts(), algorithm: algorithm)
        }
    }

    /// The whole key, to be kept where nobody else can read it: PKCS #8 in DER, or the secret itself.
    public var encoded: [UInt8] {
        switch (method, parts) {
        case (.signature(let handle, _), _): handle.pkcs8()
        case (.mac, .symmetric(let k)): k
        case (.mac, _): preconditionFailure("a symmetric key is a secret")
        }
    }

    /// The signature of `message`, in the form that tokens have.
    public func sign(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        switch method {
        case .signature(_, let contexts):
            OpenSSL.required(contexts.with { $0.sign(message) }, "signature")
        case .mac(let key): key.authenticate(message)
        }
    }

    /// The same for an array.
    public func sign(_ message: [UInt8]) -> [UInt8] { message.withUnsafeBufferPointer { sign($0) } }

    private convenience init(_ handle: KeyHandle) throws(TCError) {
        let parts = try handle.parts()
        self.init(handle, parts, try VerificationKey(parts))
    }

    private init(_ handle: KeyHandle, _ parts: KeyParts, _ verificationKey: VerificationKey) {
        self.parts = parts
        self.verificationKey = verificationKey
        let algorithm = verificationKey.algorithm
        self.algorithm = algorithm
        method = .signature(handle, ContextPool { SigningContext(handle, algorithm) })
    }

    private init(
        secret: [UInt8], _ algorithm: SignatureAlgorithm, _ verificationKey: VerificationKey
    ) {
        parts = .symmetric(k: secret)
        self.algorithm = algorithm
        self.verificationKey = verificationKey
        method = .mac(HMACKey(secret, digest: algorithm.hmacDigest ?? .sha256))
    }

    /// Signs something and verifies it. An RSA key whose private numbers are wrong would give its primes
    /// away with the first signature, any other would sign what nobody can verify.
    private func checkHalves() throws(TCError) {
        guard case .signature(_, let contexts) = method else { return }
        let message = Array("tc".utf8)
        let signature = message.withUnsafeBufferPointer { message in
            contexts.with { $0.sign(message) }
        }
        guard let signature, verificationKey.isValid(signature, of: message) else {
            throw TCError(
                .badInput, "the private half of a \(algorithm.rawValue) key does not fit the public"
            )
        }
    }
}

/// What one thread needs to sign: a context for the message and one for the key, both set up.
///
/// `@unchecked Sendable`: `ContextPool` hands it to one thread at a time. It owns the handles, and no
/// pointer into them escapes.
private final class SigningContext: @unchecked Sendable {
    private let message = OpenSSL.required(EVP_MD_CTX_new(), "digest context")
    /// Nil for Ed25519, whose key is part of `message`.
    private var key: OpaquePointer?
    private let algorithm: SignatureAlgorithm
    /// Of what OpenSSL writes, which for ECDSA is not what tokens have.
    private let mostBytes: Int

    init(_ handle: KeyHandle, _ algorithm: SignatureAlgorithm) {
        self.algorithm = algorithm
        mostBytes = Int(EVP_PKEY_get_size(handle.pointer))
        if algorithm == .eddsa {
            OpenSSL.require(
                EVP_DigestSignInit(message, nil, nil, nil, handle.pointer) == 1, "signing")
        } else {
            key = prehashedContext(handle, algorithm, EVP_PKEY_sign_init)
        }
    }

    deinit {
        EVP_MD_CTX_free(message)
        EVP_PKEY_CTX_free(key)
    }

    /// Nil where the key's numbers do not fit each other.
    func sign(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isSigned = false
        let signature = [UInt8](unsafeUninitializedCapacity: mostBytes) { out, count in
            count = mostBytes
            if let key {
                isSigned = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { hash in
                    sha256(bytes, with: message, into: hash)
                    return EVP_PKEY_sign(key, out.baseAddress, &count, hash.baseAddress, 32) == 1
                }
            } else {
                isSigned =
                    EVP_DigestSign(message, out.baseAddress, &count, bytes.baseAddress, bytes.count)
                    == 1
            }
            if !isSigned { count = 0 }
        }
        if !isSigned {
            ERR_clear_error()
            return nil
        }
        guard algorithm == .es256 else { return signature }
        return [UInt8](unsafeUninitializedCapacity: 2 * ECDSASignature.numberBytes) { raw, count in
            count = 2 * ECDSASignature.numberBytes
            let isRead = signature.withUnsafeBufferPointer { ECDSASignature.decode($0, into: raw) }
            OpenSSL.require(isRead, "form of an ECDSA signature")
        }
    }
}
