import COpenSSL

/// A list of named values from which OpenSSL makes a key.
///
/// OpenSSL keeps the addresses of names and values until the key is made, so this owns copies of them
/// all, and wipes them, since some are secret.
final class KeyParameters {
    private let builder = OpenSSL.required(OSSL_PARAM_BLD_new(), "key parameters")
    private var numbers: [OpaquePointer] = []
    private var copies: [(bytes: UnsafeMutablePointer<UInt8>, count: Int)] = []

    deinit {
        for number in numbers { BN_clear_free(number) }
        for copy in copies { CRYPTO_clear_free(copy.bytes, copy.count, "", 0) }
        OSSL_PARAM_BLD_free(builder)
    }

    func add(_ name: String, text: String) {
        OpenSSL.require(
            OSSL_PARAM_BLD_push_utf8_string(builder, keep(name), keep(text), 0) == 1,
            "key parameter")
    }

    func add(_ name: String, bytes: [UInt8]) {
        let status = OSSL_PARAM_BLD_push_octet_string(
            builder, keep(name), keep(bytes), bytes.count)
        OpenSSL.require(status == 1, "key parameter")
    }

    /// - Parameter number: big-endian, at most some kilobytes.
    func add(_ name: String, number: [UInt8]) {
        let made = OpenSSL.required(BN_bin2bn(number, Int32(number.count), nil), "number")
        numbers.append(made)
        OpenSSL.require(OSSL_PARAM_BLD_push_BN(builder, keep(name), made) == 1, "key parameter")
    }

    /// The key; nil where the values make none.
    func makeKey(_ type: String, isPrivate: Bool) -> OpaquePointer? {
        let list = OpenSSL.required(OSSL_PARAM_BLD_to_param(builder), "key parameters")
        defer { OSSL_PARAM_free(list) }
        let context = OpenSSL.required(EVP_PKEY_CTX_new_from_name(nil, type, nil), "key import")
        defer { EVP_PKEY_CTX_free(context) }
        OpenSSL.require(EVP_PKEY_fromdata_init(context) == 1, "key import")
        var key: OpaquePointer?
        let selection = isPrivate ? TC_KEY_PAIR : TC_PUBLIC_KEY
        // The list holds addresses of what `self` owns.
        let status = withExtendedLifetime(self) {
            EVP_PKEY_fromdata(context, &key, Int32(selection), list)
        }
        return status == 1 ? key : nil
    }

    private func keep(_ text: String) -> UnsafePointer<CChar> {
        let bytes = Array(text.utf8CString)
        return UnsafeRawPointer(keep(bytes.map { UInt8(bitPattern: $0) }))
            .bindMemory(to: CChar.self, capacity: bytes.count)
    }

    private func keep(_ bytes: [UInt8]) -> UnsafeMutablePointer<UInt8> {
        let copy = OpenSSL.required(CRYPTO_malloc(bytes.count, "", 0), "memory")
            .bindMemory(to: UInt8.self, capacity: bytes.count)
        copy.update(from: bytes, count: bytes.count)
        copies.append((copy, bytes.count))
        return copy
    }
}
