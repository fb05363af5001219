import COpenSSL
import TCCore

/// An asymmetric key of OpenSSL's.
///
/// `@unchecked Sendable`: it owns the handle, and nothing changes what that points at after it was made;
/// OpenSSL lets any number of contexts on any threads read it.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes the handle over.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// Makes a new key from OpenSSL's own random generator, so no seed can repeat it.
    ///
    /// - Parameter algorithm: not a symmetric one.
    init(generating algorithm: SignatureAlgorithm, rsaBits: Int) {
        _ = OpenSSL.shared
        let context = OpenSSL.required(
            EVP_PKEY_CTX_new_from_name(nil, KeyHandle.type(algorithm), nil), "key generation")
        defer { EVP_PKEY_CTX_free(context) }
        OpenSSL.require(EVP_PKEY_keygen_init(context) == 1, "key generation")
        switch algorithm {
        case .es256:
            OpenSSL.require(EVP_PKEY_CTX_set_group_name(context, KeyHandle.curve) == 1, "P-256")
        case .rs256:
            OpenSSL.require(
                EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(rsaBits)) == 1, "RSA bits")
        default: break
        }
        var made: OpaquePointer?
        OpenSSL.require(EVP_PKEY_generate(context, &made) == 1, "key generation")
        pointer = OpenSSL.required(made, "key generation")
    }

    /// Makes the key that `parts` describe. Whether a private half belongs to the public one, is not
    /// checked here.
    ///
    /// Throws `.badInput` where there is no such key: a point that is not on the curve.
    init(_ parts: KeyParts) throws(TCError) {
        _ = OpenSSL.shared
        let made: OpaquePointer?
        switch parts {
        case .p256(let x, let y, let d):
            let list = KeyParameters()
            list.add(OSSL_PKEY_PARAM_GROUP_NAME, text: KeyHandle.curve)
            list.add(OSSL_PKEY_PARAM_PUB_KEY, bytes: [4] + x + y)
            if let d { list.add(OSSL_PKEY_PARAM_PRIV_KEY, number: d) }
            made = list.makeKey("EC", isPrivate: d != nil)
        case .ed25519(_, let d?):
            made = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, d, d.count)
        case .ed25519(let x, nil):
            made = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, x, x.count)
        case .rsa(let n, let e, let secret):
            let list = KeyParameters()
            list.add(OSSL_PKEY_PARAM_RSA_N, number: n)
            list.add(OSSL_PKEY_PARAM_RSA_E, number: e)
            if let secret {
                // OpenSSL's macros for five of the names are no constants to Swift.
                list.add(OSSL_PKEY_PARAM_RSA_D, number: secret.d)
                list.add("rsa-factor1", number: secret.p)
                list.add("rsa-factor2", number: secret.q)
                list.add("rsa-exponent1", number: secret.dp)
                list.add("rsa-exponent2", number: secret.dq)
                list.add("rsa-coefficient1", number: secret.qi)
            }
            made = list.makeKey("RSA", isPrivate: secret != nil)
        case .symmetric: preconditionFailure("a symmetric key has no handle")
        }
        guard let made else {
            throw TCError(.badInput, "the numbers make no \(parts): \(OpenSSL.reason())")
        }
        pointer = made
    }

    /// Reads a private key in PKCS #8 (RFC 5958), DER, unencrypted.
    ///
    /// Throws `.badInput` for anything else, bytes behind the key included.
    init(pkcs8 der: [UInt8]) throws(TCError) {
        _ = OpenSSL.shared
        let made = der.withUnsafeBufferPointer { der -> OpaquePointer? in
            var next = der.baseAddress
            guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &next, der.count) else { return nil }
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            guard next == der.baseAddress.map({ $0 + der.count }) else { return nil }
            return EVP_PKCS82PKEY_ex(info, nil, nil)
        }
        guard let made else {
            throw TCError(.badInput, "this is no private key in PKCS #8: \(OpenSSL.reason())")
        }
        pointer = made
    }

    /// The private key in PKCS #8, DER, unencrypted.
    func pkcs8() -> [UInt8] {
        let info = OpenSSL.required(EVP_PKEY2PKCS8(pointer), "PKCS #8")
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var der: UnsafeMutablePointer<UInt8>?
        let length = Int(i2d_PKCS8_PRIV_KEY_INFO(info, &der))
        OpenSSL.require(length > 0, "PKCS #8")
        defer { CRYPTO_clear_free(der, length, "", 0) }
        return Array(UnsafeBufferPointer(start: der, count: length))
    }

    /// The numbers of the key, the private ones included where it has them.
    ///
    /// Throws `.badInput` for a key of another kind than those of `SignatureAlgorithm`.
    func parts() throws(TCError) -> KeyParts {
        if EVP_PKEY_is_a(pointer, "EC") == 1, groupName == KeyHandle.curve,
            let x = number(OSSL_PKEY_PARAM_EC_PUB_X, byteCount: 32),
            let y = number(OSSL_PKEY_PARAM_EC_PUB_Y, byteCount: 32)
        {
            return .p256(x: x, y: y, d: number(OSSL_PKEY_PARAM_PRIV_KEY, byteCount: 32))
        }
        if EVP_PKEY_is_a(pointer, "ED25519") == 1, let x = raw(EVP_PKEY_get_raw_public_key) {
            return .ed25519(x: x, d: raw(EVP_PKEY_get_raw_private_key))
        }
        if EVP_PKEY_is_a(pointer, "RSA") == 1, let n = number(OSSL_PKEY_PARAM_RSA_N),
            let e = number(OSSL_PKEY_PARAM_RSA_E)
        {
            return .rsa(n: n, e: e, secret: rsaSecret())
        }
        throw TCError(.badInput, "a key must be one of P-256, Ed25519 or RSA with two primes")
    }

    private func rsaSecret() -> KeyParts.RSASecret? {
        guard let d = number(OSSL_PKEY_PARAM_RSA_D), let p = number("rsa-factor1"),
            let q = number("rsa-factor2"),
            let dp = number("rsa-exponent1"),
            let dq = number("rsa-exponent2"),
            let qi = number("rsa-coefficient1")
        else { return nil }
        return KeyParts.RSASecret(d: d, p: p, q: q, dp: dp, dq: dq, qi: qi)
    }

    /// - Parameter byteCount: zeros go before the number up to this length; none where it is nil.
    private func number(_ name: String, byteCount: Int? = nil) -> [UInt8]? {
        // Asking a public key for its private half is no failure to report later.
        defer { ERR_clear_error() }
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1 else { return nil }
        defer { BN_clear_free(number) }
        let length = byteCount ?? Int(BN_num_bits(number) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: length)
        return BN_bn2binpad(number, &bytes, Int32(length)) == length ? bytes : nil
    }

    private func raw(
        _ get: (OpaquePointer, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<Int>) -> Int32
    ) -> [UInt8]? {
        defer { ERR_clear_error() }
        var bytes = [UInt8](repeating: 0, count: 32)
        var length = 32
        return get(pointer, &bytes, &length) == 1 && length == 32 ? bytes : nil
    }

    private var groupName: String {
        var name = [CChar](repeating: 0, count: 32)
        var length = 0
        guard EVP_PKEY_get_group_name(pointer, &name, name.count, &length) == 1 else { return "" }
        return String(decoding: name[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// What OpenSSL calls P-256.
    private static let curve = "prime256v1"

    private static func type(_ algorithm: SignatureAlgorithm) -> String {
        switch algorithm {
        case .es256: "EC"
        case .eddsa: "ED25519"
        case .rs256: "RSA"
        case .hs256, .hs384, .hs512: preconditionFailure("a symmetric key has no handle")
        }
    }
}
