import TCCore

/// Makes keys from a secret (RFC 5869), with SHA-256.
public enum HKDF {
    /// The longest key that one secret gives.
    public static let mostBytes = 255 * 32

    /// - Parameters:
    ///   - secret: what only the holders know; random, not a password.
    ///   - salt: random and public, or nothing.
    ///   - info: what the key is for; other words give another key.
    ///   - byteCount: the length of the key, 0 to `mostBytes`.
    ///
    /// Throws `.badInput` for another length.
    public static func derive(
        from secret: [UInt8], salt: [UInt8] = [], info: [UInt8], byteCount: Int
    ) throws(TCError) -> [UInt8] {
        guard (0...mostBytes).contains(byteCount) else {
            throw TCError(
                .badInput, "HKDF gives keys of 0 to \(mostBytes) bytes, not \(byteCount)")
        }
        // HMAC fills a short key up with zeros, so that no salt is the salt of 32 zeros which the
        // standard asks for.
        let expand = HMACKey(HMACKey(salt).authenticate(secret))
        var key: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 1
        while key.count < byteCount {
            block = expand.authenticate(block + info + [number])
            key += block
            number &+= 1
        }
        return Array(key.prefix(byteCount))
    }
}
