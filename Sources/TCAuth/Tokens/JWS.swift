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
        return Array((Base64URL.encode(writer.bytes) + ".").utf8)
    }

    /// The token that carries `payload`.
    ///
    /// - Parameter header: of the key's algorithm, as `header` makes it.
    public static func sign(
        _ payload: UnsafeBufferPointer<UInt8>, header: [UInt8], with key: SigningKey
    ) -> String {
        let most =
            header.count + Base64URL.encodedCount(payload.count) + 1
            + Base64URL.encodedCount(key.algorithm.mostSignatureBytes)
        return String(unsafeUninitializedCapacity: most) { out in
            var end = out.update(fromContentsOf: header)
            end += Base64URL.encode(
                payload, into: UnsafeMutableBufferPointer(rebasing: out[end...]))
            let signature = key.sign(UnsafeBufferPointer(rebasing: out[..<end]))
            out[end] = UInt8(ascii: ".")
            end += 1
            return signature.withUnsafeBufferPointer {
                end + Base64URL.encode($0, into: UnsafeMutableBufferPointer(rebasing: out[end...]))
            }
        }
    }
}
