import COpenSSL
import TCCore

/// A key for AES-GCM (NIST SP 800-38D), authenticated encryption with associated data; any number of
/// threads may use it at once.
///
/// Sealed bytes are the nonce, the ciphertext and the 16-byte tag, one after another. With random
/// 12-byte nonces one key may seal 2³² messages (SP 800-38D, section 8.3).
public final class AEADKey: Sendable {
    /// The length of a key of AES-256, the one to make.
    public static let byteCount = 32
    /// The length of a nonce.
    public static let nonceByteCount = 12
    /// The length of a tag.
    public static let tagByteCount = 16
    /// The most bytes that one message or its associated data may have: OpenSSL counts in `Int32`.
    public static let mostBytes = 1 << 30

    private let contexts: ContextPool<AEADContext>

    /// - Parameter key: 32 bytes; 16 and 24 make AES-128 and AES-192 for what others have sealed.
    ///
    /// Throws `.badInput` for any other length. The key is copied into memory that OpenSSL wipes when
    /// it frees it.
    public init(_ key: [UInt8]) throws(TCError) {
        let cipher: OpaquePointer
        switch key.count {
        case 16: cipher = OpenSSL.shared.aes128
        case 24: cipher = OpenSSL.shared.aes192
        case 32: cipher = OpenSSL.shared.aes256
        default:
            throw TCError(.badInput, "an AES key must have 16, 24 or 32 bytes, got \(key.count)")
        }
        // What further contexts are copies of; no operation changes it.
        let pattern = AEADContext(key, cipher)
        contexts = ContextPool { AEADContext(copying: pattern) }
    }

    /// Encrypts `plaintext` and binds `associatedData` to it, which `open` must be given again.
    ///
    /// - Parameter nonce: never used before with this key: `seams.bytes(AEADKey.nonceByteCount)`. A
    ///   repeated nonce gives the key away. 1 to 128 bytes.
    public func seal(
        _ plaintext: [UInt8], nonce: [UInt8], associatedData: [UInt8] = []
    ) throws(TCError) -> [UInt8] {
        try checkSizes(plaintext.count, associatedData.count, nonce.count)
        return contexts.with { $0.seal(plaintext, nonce: nonce, associatedData) }
    }

    /// What `seal` was given.
    ///
    /// - Parameters:
    ///   - sealed: nonce, ciphertext and tag.
    ///   - nonceByteCount: the nonce's part of it, 1 to 128 bytes.
    ///
    /// Throws `.badInput` where anything was changed, or sealed with another key or other associated
    /// data; which of them, nobody can tell.
    public func open(
        _ sealed: [UInt8], associatedData: [UInt8] = [],
        nonceByteCount: Int = AEADKey.nonceByteCount
    ) throws(TCError) -> [UInt8] {
        try checkSizes(sealed.count, associatedData.count, nonceByteCount)
        guard sealed.count >= nonceByteCount + AEADKey.tagByteCount else {
            throw TCError(
                .badInput,
                "sealed bytes must be a nonce and a tag at least, got \(sealed.count) bytes")
        }
        let opened = contexts.with { $0.open(sealed, nonceByteCount, associatedData) }
        guard let opened else {
            throw TCError(
                .badInput,
                "the sealed bytes cannot be opened: they were changed, or sealed with another key")
        }
        return opened
    }

    private func checkSizes(_ text: Int, _ associated: Int, _ nonce: Int) throws(TCError) {
        guard text <= AEADKey.mostBytes, associated <= AEADKey.mostBytes else {
            throw TCError(
                .badInput,
                "AES-GCM takes at most \(AEADKey.mostBytes) bytes, got \(text)"
                    + " and \(associated) of associated data")
        }
        guard (1...128).contains(nonce) else {
            throw TCError(.badInput, "a nonce of AES-GCM must have 1 to 128 bytes, got \(nonce)")
        }
    }
}

/// One keyed context.
///
/// `@unchecked Sendable`: `ContextPool` hands it to one thread at a time, and a pattern is only copied,
/// which reads it. It owns the handle, and no pointer into it escapes.
private final class AEADContext: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ key: [UInt8], _ cipher: OpaquePointer) {
        handle = OpenSSL.required(EVP_CIPHER_CTX_new(), "AES-GCM context")
        OpenSSL.require(EVP_EncryptInit_ex2(handle, cipher, key, nil, nil) == 1, "AES-GCM key")
    }

    init(copying pattern: AEADContext) {
        handle = OpenSSL.required(EVP_CIPHER_CTX_new(), "AES-GCM context")
        OpenSSL.require(
            EVP_CIPHER_CTX_copy(handle, pattern.handle) == 1, "copy of an AES-GCM key")
    }

    deinit { EVP_CIPHER_CTX_free(handle) }

    func seal(_ plaintext: [UInt8], nonce: [UInt8], _ associatedData: [UInt8]) -> [UInt8] {
        let size = nonce.count + plaintext.count + AEADKey.tagByteCount
        return [UInt8](unsafeUninitializedCapacity: size) { out, count in
            _ = out.update(fromContentsOf: nonce)
            begin(nonce, associatedData, encrypting: true)
            let text = out.baseAddress! + nonce.count
            update(text, plaintext, plaintext.count)
            var rest: Int32 = 0
            OpenSSL.require(EVP_EncryptFinal_ex(handle, text, &rest) == 1, "AES-GCM end")
            OpenSSL.require(
                EVP_CIPHER_CTX_ctrl(
                    handle, EVP_CTRL_AEAD_GET_TAG, Int32(AEADKey.tagByteCount),
                    text + plaintext.count) == 1, "AES-GCM tag")
            count = size
        }
    }

    /// Nil where the tag does not fit; what was decrypted by then is wiped.
    func open(_ sealed: [UInt8], _ nonceCount: Int, _ associatedData: [UInt8]) -> [UInt8]? {
        let textCount = sealed.count - nonceCount - AEADKey.tagByteCount
        var isGenuine = false
        let opened = sealed.withUnsafeBufferPointer { sealed in
            [UInt8](unsafeUninitializedCapacity: textCount) { out, count in
                begin(Array(sealed[..<nonceCount]), associatedData, encrypting: false)
                let text = sealed.baseAddress! + nonceCount
                if let target = out.baseAddress { update(target, text, textCount) }
                let tag = UnsafeMutablePointer(mutating: text + textCount)
                OpenSSL.require(
                    EVP_CIPHER_CTX_ctrl(
                        handle, EVP_CTRL_AEAD_SET_TAG, Int32(AEADKey.tagByteCount), tag) == 1,
                    "AES-GCM tag")
                var (none, rest): (UInt8, Int32) = (0, 0)
                isGenuine = EVP_DecryptFinal_ex(handle, &none, &rest) == 1
                if !isGenuine {
                    OPENSSL_cleanse(out.baseAddress, textCount)
                    ERR_clear_error()
                }
                count = textCount
            }
        }
        return isGenuine ? opened : nil
    }

    private func begin(_ nonce: [UInt8], _ associatedData: [UInt8], encrypting: Bool) {
        let direction: Int32 = encrypting ? 1 : 0
        var count: Int32 = 0
        let succeeded =
            EVP_CIPHER_CTX_ctrl(handle, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonce.count), nil) == 1
            && EVP_CipherInit_ex2(handle, nil, nil, nonce, direction, nil) == 1
            && EVP_CipherUpdate(handle, nil, &count, associatedData, Int32(associatedData.count))
                == 1
        OpenSSL.require(succeeded, "AES-GCM start")
    }

    private func update(
        _ out: UnsafeMutablePointer<UInt8>, _ bytes: UnsafePointer<UInt8>, _ size: Int
    ) {
        var count: Int32 = 0
        OpenSSL.require(
            EVP_CipherUpdate(handle, out, &count, bytes, Int32(size)) == 1 && count == size,
            "AES-GCM text")
    }
}
