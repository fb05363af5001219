import Glibc
import TCCore

/// Where the three parts of a signed token stand (RFC 7515, section 7.1): header, payload and
/// signature, each in base64url, with dots between them.
///
/// Nothing here says whether the signature is right.
public struct CompactJWS: Sendable {
    /// The longest token that is looked at. Ours have some 600 bytes; identity providers put whole
    /// profiles into theirs, which yet must fit into an HTTP header.
    public static let mostBytes = 8192

    /// In the token, without the dots.
    public let header: Range<Int>
    public let payload: Range<Int>
    public let signature: Range<Int>

    /// What is signed: header and payload with the dot between them.
    public var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

    /// Splits a token. Whether its parts are base64url, reading them tells.
    ///
    /// Throws `.badInput` where there are not three parts; the message never repeats the token.
    public init(_ token: UnsafeBufferPointer<UInt8>) throws(TCError) {
        func dot(from start: Int) -> Int? {
            guard let base = token.baseAddress, start < token.count,
                let found = memchr(base + start, Int32(UInt8(ascii: ".")), token.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
        guard let first = dot(from: 0), let second = dot(from: first + 1),
            dot(from: second + 1) == nil
        else {
            throw TCError(
                .badInput, "a signed token must have three parts with dots between them")
        }
        header = 0..<first
        payload = first + 1..<second
        signature = second + 1..<token.count
    }
}

/// What the header of a signed token says (RFC 7515, section 4), as far as it can matter.
public struct JOSEHeader: Equatable, Sendable {
    /// `alg`: the algorithm that the token claims. The key decides, not the token.
    public let algorithm: String
    /// `kid`: which key.
    public let keyID: String?
    /// `typ`, as it stands: `at+jwt`.
    public let type: String?
    /// `cty`: what the payload is, where it is no plain claims.
    public let contentType: String?
    /// `crit`: extensions that must be understood; empty where there are none.
    public let critical: [String]

    /// Reads a header.
    ///
    /// - Parameter text: base64url.
    ///
    /// Throws `.badInput` where it is not a JSON object in UTF-8 with distinct members, or a member
    /// known here is of another type than it must be.
    public init(_ text: UnsafeBufferPointer<UInt8>) throws(TCError) {
        let object = try JOSEText.object(text, "header")
        guard let algorithm = try JOSEText.string(object, "alg", "header") else {
            throw TCError(.badInput, "the header has no 'alg'")
        }
        self.algorithm = algorithm
        keyID = try JOSEText.string(object, "kid", "header")
        type = try JOSEText.string(object, "typ", "header")
        contentType = try JOSEText.string(object, "cty", "header")
        switch object["crit"] {
        case nil: critical = []
        case .array(let names)? where !names.isEmpty && names.allSatisfy { $0.string != nil }:
            critical = names.compactMap(\.string)
        default:
            throw TCError(.badInput, "'crit' of the header must be an array of names")
        }
    }
}

/// Reads JSON that came in base64url.
public enum JOSEText {
    /// An object with distinct members; a small depth, since nothing in a token nests.
    ///
    /// - Parameters:
    ///   - text: base64url.
    ///   - name: what messages call it: `header`.
    ///
    /// Throws `.badInput`; the message never repeats what was read.
    public static func object(
        _ text: UnsafeBufferPointer<UInt8>, _ name: String
    ) throws(TCError) -> JSONObject {
        guard let bytes = Base64URL.decode(text) else {
            throw TCError(.badInput, "the \(name) is not base64url without padding")
        }
        return try object(json: bytes, name)
    }

    /// The same for what is decoded already.
    public static func object(json bytes: [UInt8], _ name: String) throws(TCError) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONReader.parse(bytes, nestingDepth: 16, repeatedKeys: .refused)
        } catch {
            throw TCError(.badInput, "the \(name) is not JSON: \(error)")
        }
        guard let object = value.object else {
            throw TCError(.badInput, "the \(name) must be a JSON object, got \(value.kindName)")
        }
        return object
    }

    /// A member that is a string or absent.
    public static func string(
        _ object: JSONObject, _ key: String, _ name: String
    ) throws(TCError) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.string else {
            throw TCError(
                .badInput, "'\(key)' of the \(name) must be a string, got \(value.kindName)")
        }
        return text
    }
}
