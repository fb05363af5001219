import COpenSSL

/// A cryptographic hash function.
public enum Digest: Sendable, CaseIterable {
    /// Broken for signatures; here for the HMAC that one-time codes ask for (RFC 6238).
    case sha1
    case sha256
    case sha384
    case sha512

    /// The length of a hash.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The hash of `bytes`, which may be empty.
    public func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { out, count in
            let status = EVP_Digest(
                bytes.baseAddress, bytes.count, out.baseAddress, nil, handle, nil)
            OpenSSL.require(status == 1, "hash")
            count = byteCount
        }
    }

    /// The same for an array.
    public func hash(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBufferPointer(hash) }

    /// What OpenSSL calls the function.
    var name: String {
        switch self {
        case .sha1: "SHA1"
        case .sha256: "SHA256"
        case .sha384: "SHA384"
        case .sha512: "SHA512"
        }
    }

    var handle: OpaquePointer {
        switch self {
        case .sha1: OpenSSL.shared.sha1
        case .sha256: OpenSSL.shared.sha256
        case .sha384: OpenSSL.shared.sha384
        case .sha512: OpenSSL.shared.sha512
        }
    }
}

/// Whether two byte strings are equal, in a time that tells nothing of where they differ.
///
/// Their lengths are no secret: strings of different lengths are unequal at once.
public func constantTimeEquals(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
) -> Bool {
    guard a.count == b.count else { return false }
    guard let first = a.baseAddress, let second = b.baseAddress else { return true }
    return CRYPTO_memcmp(first, second, a.count) == 0
}

/// The same for arrays.
public func constantTimeEquals(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { constantTimeEquals(a, $0) } }
}
