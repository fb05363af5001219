import TCCrypto
import TCWire

/// Signs anything in the compact form (RFC 7515, section 7.1).
public enum JWS {
    /// A header in base64url with the dot behind it.
    ///
    /// - Parameters:
    ///   - keyID: none where nobody has to choose between keys.
    ///   - type: `at+jwt`; none where the payload is no token.
    public static func header(
        _ algorithm: SignatureAlgorithm, keyID: String?, type: String?
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("alg")
        writer.string(algorithm.rawValue)
        for case (let name, let value?) in [("kid", keyID), ("typ", type)]
            as [(StaticString, String?)]
        {
            writer.key(name)
            writer.string(value)
        }
        writer.endObject()
        var header: [UInt8] = []
        writer.withBytes { Base64URL.append($0, to: &header) }
        return header + [UInt8(ascii: ".")]
    }

    /// The token that carries `payload`.
    ///
    /// - Parameter header: of the key's algorithm, as `header` makes it.
    public static func sign(
        _ payload: UnsafeBufferPointer<UInt8>, header: [UInt8], with key: SigningKey
    ) -> [UInt8] {
        var token: [UInt8] = []
        // Room for an RSA signature of 4096 bits too.
        token.reserveCapacity(header.count + Base64URL.encodedCount(payload.count) + 700)
        token += header
        Base64URL.append(payload, to: &token)
        let signature = token.withUnsafeBufferPointer { key.sign($0) }
        token.append(UInt8(ascii: "."))
        signature.withUnsafeBufferPointer { Base64URL.append($0, to: &token) }
        return token
    }
}
