import TCCore

/// A JSON Web Key (RFC 7517; RFC 7518, section 6; RFC 8037) of a kind that tc uses: P-256, Ed25519, RSA
/// or a secret. What is said of certificates is left aside.
public struct JWK: Equatable, Sendable {
    public let parts: KeyParts
    /// `kid`: by which tokens name the key.
    public let keyID: String?
    /// `alg`: the one algorithm that the key is for.
    public let algorithm: String?
    /// `use`: `sig` or `enc`.
    public let use: String?
    /// `key_ops`: what the key may be used for; nil where it does not say.
    public let operations: [String]?

    /// A key for signatures.
    public init(_ parts: KeyParts, keyID: String?, algorithm: String?) {
        self.parts = parts
        self.keyID = keyID
        self.algorithm = algorithm
        use = "sig"
        operations = nil
    }

    /// Reads one key.
    ///
    /// Throws `.badInput` where it is of a kind not known here, or a member of it is missing or not what
    /// it must be. The message never repeats a member that may be secret.
    public init(_ object: JSONObject) throws(TCError) {
        keyID = try JOSEText.string(object, "kid", "key")
        algorithm = try JOSEText.string(object, "alg", "key")
        use = try JOSEText.string(object, "use", "key")
        switch object["key_ops"] {
        case nil: operations = nil
        case .array(let names)? where names.allSatisfy { $0.string != nil }:
            operations = names.compactMap(\.string)
        default: throw TCError(.badInput, "'key_ops' of the key must be an array of names")
        }
        parts = try JWK.parts(object)
    }

    private static func parts(_ object: JSONObject) throws(TCError) -> KeyParts {
        let kind = try JOSEText.string(object, "kty", "key")
        let curve = try JOSEText.string(object, "crv", "key")
        let members = Members(object: object)
        switch (kind, curve) {
        case ("EC", "P-256"):
            return .p256(
                x: try members.bytes("x"), y: try members.bytes("y"),
                d: object["d"] == nil ? nil : try members.bytes("d"))
        case ("OKP", "Ed25519"):
            return .ed25519(
                x: try members.bytes("x"), d: object["d"] == nil ? nil : try members.bytes("d"))
        case ("RSA", _):
            guard object["oth"] == nil else {
                throw TCError(.badInput, "an RSA key with more than two primes is not supported")
            }
            var secret: KeyParts.RSASecret?
            if object["d"] != nil {
                secret = try KeyParts.RSASecret(
                    d: members.number("d"), p: members.number("p"), q: members.number("q"),
                    dp: members.number("dp"), dq: members.number("dq"), qi: members.number("qi"))
            }
            return .rsa(n: try members.number("n"), e: try members.number("e"), secret: secret)
        case ("oct", _): return .symmetric(k: try members.bytes("k"))
        case ("EC", _), ("OKP", _):
            throw TCError(
                .badInput,
                "the curve of a key must be P-256 or Ed25519,"
                    + " got \(curve.map { "'\($0)'" } ?? "none")")
        default:
            throw TCError(
                .badInput,
                "'kty' of the key must be EC, OKP, RSA or oct,"
                    + " got \(kind.map { "'\($0)'" } ?? "none")")
        }
    }

    private struct Members {
        let object: JSONObject

        func bytes(_ name: String) throws(TCError) -> [UInt8] {
            guard let text = try JOSEText.string(object, name, "key") else {
                throw TCError(.badInput, "the key has no '\(name)'")
            }
            guard let bytes = Base64URL.decode(text) else {
                throw TCError(.badInput, "'\(name)' of the key is not base64url without padding")
            }
            return bytes
        }

        /// Without leading zeros, which must not be there (RFC 7518, section 2), and yet some
        /// libraries write one before a modulus (section 6.3.1.1).
        func number(_ name: String) throws(TCError) -> [UInt8] {
            Array(try bytes(name).drop { $0 == 0 })
        }
    }
}

extension JWK {
    /// Writes the key as a JSON object.
    ///
    /// - Parameter withSecrets: whether the private half is written too. Only a file that nobody else
    ///   can read should hold that. Without it a symmetric key has no numbers at all.
    public func write(to writer: inout JSONWriter, withSecrets: Bool) {
        writer.beginObject()
        let members = JWK.members(withSecrets ? parts : parts.publicParts)
        writer.key("kty")
        writer.string(kind)
        for (name, value) in members {
            writer.key(name)
            writer.string(value)
        }
        let texts: [(StaticString, String?)] = [("kid", keyID), ("alg", algorithm), ("use", use)]
        for case (let name, let value?) in texts {
            writer.key(name)
            writer.string(value)
        }
        if let operations {
            writer.key("key_ops")
            writer.beginArray()
            for operation in operations { writer.string(operation) }
            writer.endArray()
        }
        writer.endObject()
    }

    /// What a thumbprint is the hash of (RFC 7638, section 3): the members that make the key, in the
    /// order of their names, without whitespace. Of a symmetric key it holds the secret.
    public var thumbprintInput: [UInt8] {
        let members = JWK.members(parts.publicParts ?? parts) + [("kty", kind)]
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in members.sorted(by: { $0.0 < $1.0 }) {
            writer.key(name)
            writer.string(value)
        }
        writer.endObject()
        return writer.bytes
    }

    private var kind: String {
        switch parts {
        case .p256: "EC"
        case .ed25519: "OKP"
        case .rsa: "RSA"
        case .symmetric: "oct"
        }
    }

    private static func members(_ parts: KeyParts?) -> [(String, String)] {
        let numbers: [(String, [UInt8]?)]
        var curve: [(String, String)] = []
        switch parts {
        case .p256(let x, let y, let d)?:
            curve = [("crv", "P-256")]
            numbers = [("x", x), ("y", y), ("d", d)]
        case .ed25519(let x, let d)?:
            curve = [("crv", "Ed25519")]
            numbers = [("x", x), ("d", d)]
        case .rsa(let n, let e, let secret)?:
            numbers = [
                ("n", n), ("e", e), ("d", secret?.d), ("p", secret?.p), ("q", secret?.q),
                ("dp", secret?.dp), ("dq", secret?.dq), ("qi", secret?.qi),
            ]
        case .symmetric(let k)?: numbers = [("k", k)]
        case nil: numbers = []
        }
        return curve
            + numbers.compactMap { name, bytes in bytes.map { (name, Base64URL.encode($0)) } }
    }
}
