import TCCore

/// A set of JSON Web Keys (RFC 7517, section 5), as `/.well-known/jwks.json` has it.
public struct JWKSet: Sendable {
    /// The most keys that are read; providers publish some ten.
    public static let mostKeys = 256

    /// A key of the set that cannot be used here, such as one on another curve. It is no fault of the
    /// set, which may serve others too.
    public struct Unusable: Equatable, Sendable {
        public let keyID: String?
        /// As the message of an error.
        public let reason: String
    }

    public let keys: [JWK]
    public let unusable: [Unusable]

    /// A set of these keys.
    public init(_ keys: [JWK]) {
        self.keys = keys
        unusable = []
    }

    /// Reads a set.
    ///
    /// Throws `.badInput` where it is not a JSON object with distinct members and an array `keys` of
    /// objects, at most `mostKeys`.
    public init(parsing bytes: [UInt8]) throws(TCError) {
        let object = try JOSEText.object(json: bytes, "key set")
        guard let elements = object["keys"]?.array else {
            throw TCError(.badInput, "a key set must have an array 'keys'")
        }
        guard elements.count <= JWKSet.mostKeys else {
            throw TCError(
                .badInput,
                "a key set may have at most \(JWKSet.mostKeys) keys, got \(elements.count)")
        }
        var keys: [JWK] = []
        var unusable: [Unusable] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let key) = element else {
                throw TCError(
                    .badInput, "key \(index + 1) must be a JSON object, got \(element.kindName)")
            }
            do {
                keys.append(try JWK(key))
            } catch {
                unusable.append(Unusable(keyID: key["kid"]?.string, reason: error.message))
            }
        }
        self.keys = keys
        self.unusable = unusable
    }

    /// Writes the public halves of the keys; a key that has none is left out.
    public func writePublic(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("keys")
        writer.beginArray()
        for key in keys where key.parts.publicParts != nil {
            key.write(to: &writer, withSecrets: false)
        }
        writer.endArray()
        writer.endObject()
    }
}
