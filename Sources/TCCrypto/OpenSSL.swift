import COpenSSL
import TCCore

/// The algorithms of OpenSSL that this target uses, looked up once.
///
/// A look-up by name costs more than a short hash, so it stands outside of every operation. The table
/// is read only and lives as long as the process; OpenSSL's own table of providers does so too.
///
/// `@unchecked Sendable`: the pointers are to reference-counted descriptions that OpenSSL lets any
/// number of threads read at once, and nothing ever frees them.
struct OpenSSL: @unchecked Sendable {
    let sha1: OpaquePointer
    let sha256: OpaquePointer
    let sha384: OpaquePointer
    let sha512: OpaquePointer
    let hmac: OpaquePointer
    let aes128: OpaquePointer
    let aes192: OpaquePointer
    let aes256: OpaquePointer

    static let shared = OpenSSL()

    private init() {
        // A machine's openssl.cnf may load other providers or forbid algorithms: tc would then work
        // on one machine and not on the next. This must come before any other call.
        let noConfiguration = UInt64(OPENSSL_INIT_NO_LOAD_CONFIG)
        OpenSSL.require(OPENSSL_init_crypto(noConfiguration, nil) == 1, "start")
        sha1 = OpenSSL.required(EVP_MD_fetch(nil, "SHA1", nil), "SHA-1")
        sha256 = OpenSSL.required(EVP_MD_fetch(nil, "SHA256", nil), "SHA-256")
        sha384 = OpenSSL.required(EVP_MD_fetch(nil, "SHA384", nil), "SHA-384")
        sha512 = OpenSSL.required(EVP_MD_fetch(nil, "SHA512", nil), "SHA-512")
        hmac = OpenSSL.required(EVP_MAC_fetch(nil, "HMAC", nil), "HMAC")
        aes128 = OpenSSL.required(EVP_CIPHER_fetch(nil, "AES-128-GCM", nil), "AES-128-GCM")
        aes192 = OpenSSL.required(EVP_CIPHER_fetch(nil, "AES-192-GCM", nil), "AES-192-GCM")
        aes256 = OpenSSL.required(EVP_CIPHER_fetch(nil, "AES-256-GCM", nil), "AES-256-GCM")
    }

    /// For calls that fail only when memory is exhausted or when this target misuses OpenSSL.
    @inline(__always)
    static func require(_ succeeded: Bool, _ what: StaticString) {
        if !succeeded { preconditionFailure("OpenSSL: \(what): \(reason())") }
    }

    /// The same for calls that return what they made.
    @inline(__always)
    static func required<Made>(_ made: Made?, _ what: StaticString) -> Made {
        guard let made else { preconditionFailure("OpenSSL: \(what): \(reason())") }
        return made
    }

    /// Why the last call on this thread failed, in OpenSSL's words, which never hold key material;
    /// empties the thread's list of errors, which would otherwise grow and be taken for the reason of
    /// a later failure.
    static func reason() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "no reason given"
    }
}
