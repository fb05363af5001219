import COpenSSL
import TCCore

/// A key that tells whether a signature was made by the holder of its other half; any number of threads
/// may use it at once.
///
/// What can be done ahead of the first signature is: `TCBench crypto` measures ES256 and EdDSA beside
/// `openssl speed`.
public final class VerificationKey: Sendable {
    /// The algorithm that this key verifies, whatever a token says.
    public let algorithm: SignatureAlgorithm
    /// The numbers of the key; the secret itself where it is symmetric.
    public let parts: KeyParts

    private let method: Method

    private enum Method {
        case signature(ContextPool<VerificationContext>)
        case mac(HMACKey)
    }

    /// - Parameters:
    ///   - parts: a private half is left aside.
    ///   - algorithm: one that fits; where it is nil the only one that does, and HS256 for a secret.
    ///
    /// Throws `.badInput` where the numbers make no key, or one too weak or too large to use.
    public convenience init(
        _ parts: KeyParts, algorithm: SignatureAlgorithm? = nil
    ) throws(TCError) {
        let parts = parts.publicParts ?? parts
        let algorithm = try VerificationKey.choose(algorithm, for: parts)
        if case .symmetric = parts {
            self.init(symmetric: parts, algorithm)
        } else {
            self.init(try KeyHandle(parts), parts, algorithm)
        }
    }

    /// - Parameter parts: public ones, checked, of `handle`.
    init(_ handle: KeyHandle, _ parts: KeyParts, _ algorithm: SignatureAlgorithm) {
        self.parts = parts
        self.algorithm = algorithm
        method = .signature(ContextPool { VerificationContext(handle, algorithm) })
    }

    private init(symmetric parts: KeyParts, _ algorithm: SignatureAlgorithm) {
        guard case .symmetric(let k) = parts, let digest = algorithm.hmacDigest else {
            preconditionFailure("a symmetric key is a secret")
        }
        self.parts = parts
        self.algorithm = algorithm
        method = .mac(HMACKey(k, digest: digest))
    }

    /// Whether `signature` is one of `message` by this key. Anything may be given for either.
    public func isValid(
        _ signature: UnsafeBufferPointer<UInt8>, of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        switch method {
        case .signature(let contexts): contexts.with { $0.isValid(signature, of: message) }
        case .mac(let key): key.isValid(signature, of: message)
        }
    }

    /// The same for arrays.
    public func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        signature.withUnsafeBufferPointer { signature in
            message.withUnsafeBufferPointer { isValid(signature, of: $0) }
        }
    }

    /// The algorithm for a key, after a look at both.
    static func choose(
        _ algorithm: SignatureAlgorithm?, for parts: KeyParts
    ) throws(TCError) -> SignatureAlgorithm {
        let algorithm = algorithm ?? SignatureAlgorithm(for: parts)
        guard algorithm.fits(parts) else {
            throw TCError(.badInput, "\(parts) cannot be used with \(algorithm.rawValue)")
        }
        try KeyLimits.check(parts, for: algorithm)
        return algorithm
    }
}

/// What one thread needs to verify: a context for the message and one for the key, both set up.
///
/// `@unchecked Sendable`: `ContextPool` hands it to one thread at a time. It owns the handles, and no
/// pointer into them escapes.
private final class VerificationContext: @unchecked Sendable {
    private let message = OpenSSL.required(EVP_MD_CTX_new(), "digest context")
    /// Nil for Ed25519, whose key is part of `message`.
    private var key: OpaquePointer?
    private let isECDSA: Bool

    init(_ handle: KeyHandle, _ algorithm: SignatureAlgorithm) {
        isECDSA = algorithm == .es256
        if algorithm == .eddsa {
            OpenSSL.require(
                EVP_DigestVerifyInit(message, nil, nil, nil, handle.pointer) == 1, "verification")
        } else {
            key = prehashedContext(handle, algorithm, EVP_PKEY_verify_init)
        }
    }

    deinit {
        EVP_MD_CTX_free(message)
        EVP_PKEY_CTX_free(key)
    }

    func isValid(
        _ signature: UnsafeBufferPointer<UInt8>, of bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let status: Int32
        if let key {
            status = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { hash in
                sha256(bytes, with: message, into: hash)
                guard isECDSA else {
                    return EVP_PKEY_verify(
                        key, signature.baseAddress, signature.count, hash.baseAddress, 32)
                }
                guard signature.count == 2 * ECDSASignature.numberBytes else { return 0 }
                let room = ECDSASignature.mostBytes
                return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { der in
                    let count = ECDSASignature.encode(signature, into: der)
                    return EVP_PKEY_verify(key, der.baseAddress, count, hash.baseAddress, 32)
                }
            }
        } else {
            status = EVP_DigestVerify(
                message, signature.baseAddress, signature.count, bytes.baseAddress, bytes.count)
        }
        if status != 1 { ERR_clear_error() }
        return status == 1
    }
}

/// A context that takes SHA-256 hashes rather than messages.
///
/// - Parameter start: for verifying or for signing.
func prehashedContext(
    _ handle: KeyHandle, _ algorithm: SignatureAlgorithm, _ start: (OpaquePointer) -> Int32
) -> OpaquePointer {
    let context = OpenSSL.required(
        EVP_PKEY_CTX_new_from_pkey(nil, handle.pointer, nil), "key context")
    OpenSSL.require(start(context) == 1, "key context")
    if algorithm == .rs256 {
        OpenSSL.require(
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1, "RSA padding")
    }
    OpenSSL.require(
        EVP_PKEY_CTX_set_signature_md(context, OpenSSL.shared.sha256) == 1, "signature digest")
    return context
}

/// Hashes in a context that is kept, which `Digest.hash` would make anew.
func sha256(
    _ bytes: UnsafeBufferPointer<UInt8>, with context: OpaquePointer,
    into out: UnsafeMutableBufferPointer<UInt8>
) {
    let succeeded =
        EVP_DigestInit_ex2(context, OpenSSL.shared.sha256, nil) == 1
        && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
        && EVP_DigestFinal_ex(context, out.baseAddress, nil) == 1
    OpenSSL.require(succeeded, "SHA-256")
}
