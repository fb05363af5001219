import COpenSSL

/// A key for HMAC (RFC 2104), set up once; any number of threads may use it at once.
///
/// The contexts that are kept hold the key already hashed in: setting it up for each message would
/// cost four times what the tag of a short one does.
public final class HMACKey: Sendable {
    /// The hash function under it.
    public let digest: Digest
    private let contexts: ContextPool<HMACContext>

    /// - Parameter key: any length, also none (RFC 2104 allows it); 32 random bytes are right for
    ///   SHA-256. It is copied into memory that OpenSSL wipes when it frees it.
    public init(_ key: [UInt8], digest: Digest = .sha256) {
        self.digest = digest
        // What further contexts are copies of; no operation changes it.
        let pattern = HMACContext(key, digest)
        contexts = ContextPool { HMACContext(copying: pattern) }
    }

    /// The tag of `message`, `digest.byteCount` bytes.
    public func authenticate(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: digest.byteCount) { out, count in
            authenticate(message, into: out)
            count = digest.byteCount
        }
    }

    /// The same for an array.
    public func authenticate(_ message: [UInt8]) -> [UInt8] {
        message.withUnsafeBufferPointer { authenticate($0) }
    }

    /// The same without allocation.
    ///
    /// - Parameter out: has room for `digest.byteCount` bytes.
    public func authenticate(
        _ message: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(out.count >= digest.byteCount)
        contexts.with { $0.authenticate(message, into: out) }
    }

    /// Whether `tag` is the whole tag of `message`, in a time that tells nothing of the right one.
    public func isValid(
        _ tag: UnsafeBufferPointer<UInt8>, of message: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digest.byteCount) { expected in
            authenticate(message, into: expected)
            return constantTimeEquals(tag, UnsafeBufferPointer(expected))
        }
    }

    /// The same for arrays.
    public func isValid(_ tag: [UInt8], of message: [UInt8]) -> Bool {
        tag.withUnsafeBufferPointer { tag in
            message.withUnsafeBufferPointer { isValid(tag, of: $0) }
        }
    }
}

/// One keyed context.
///
/// `@unchecked Sendable`: `ContextPool` hands it to one thread at a time, and a pattern is only copied,
/// which reads it. It owns the handle, and no pointer into it escapes.
private final class HMACContext: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ key: [UInt8], _ digest: Digest) {
        // OpenSSL takes no address for "no new key", and an empty array may have none.
        let bytes = key.isEmpty ? [0] : key
        handle = OpenSSL.required(
            tc_hmac_new(OpenSSL.shared.hmac, digest.name, bytes, key.count), "HMAC key")
    }

    init(copying pattern: HMACContext) {
        handle = OpenSSL.required(EVP_MAC_CTX_dup(pattern.handle), "copy of an HMAC key")
    }

    deinit { EVP_MAC_CTX_free(handle) }

    func authenticate(
        _ message: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
    ) {
        var length = 0
        let succeeded =
            EVP_MAC_init(handle, nil, 0, nil) == 1
            && EVP_MAC_update(handle, message.baseAddress, message.count) == 1
            && EVP_MAC_final(handle, out.baseAddress, &length, out.count) == 1
        OpenSSL.require(succeeded, "HMAC")
    }
}
