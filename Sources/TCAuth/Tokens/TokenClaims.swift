import TCCore
import TCWire

/// What a token says (RFC 7519, section 4.1; RFC 9068, section 2.2). Times are whole seconds.
public struct TokenClaims: Equatable, Sendable {
    /// `iss`
    public var issuer: String
    /// `sub`: the user or service; in an access token `user_id` too.
    public var subject: String
    /// `aud`: whom the token is for.
    public var audience: [String]
    /// `iat`
    public var issuedAt: Instant
    /// `nbf`
    public var notBefore: Instant?
    /// `exp`: from then on the token means nothing.
    public var expiresAt: Instant
    /// `jti`
    public var tokenID: String?
    /// `role`, only in an access token.
    public var role: String?
    /// `sid`, only in an access token.
    public var sessionID: String?

    /// Writes them as a JSON object.
    func write(to writer: inout JSONWriter, as kind: TokenKind) {
        writer.beginObject()
        if kind == .access {
            writer.key("user_id")
            writer.string(subject)
        }
        text("role", role, &writer)
        text("sub", subject, &writer)
        text("sid", sessionID, &writer)
        text("jti", tokenID, &writer)
        text("iss", issuer, &writer)
        writer.key("aud")
        if audience.count == 1 {
            writer.string(audience[0])
        } else {
            writer.beginArray()
            for name in audience { writer.string(name) }
            writer.endArray()
        }
        for case (let name, let time?) in [
            ("iat", issuedAt), ("nbf", notBefore), ("exp", expiresAt),
        ] as [(StaticString, Instant?)] {
            writer.key(name)
            writer.int(time.milliseconds / 1000)
        }
        writer.endObject()
    }

    private func text(_ key: StaticString, _ value: String?, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(key)
        writer.string(value)
    }
}

extension TokenClaims {
    /// Reads the claims of a token of this kind.
    ///
    /// Throws `.badInput` where one is missing or not what it must be.
    init(_ object: JSONObject, _ kind: TokenKind) throws(TCError) {
        func text(_ key: String) throws(TCError) -> String? {
            try JOSEText.string(object, key, "claims")
        }
        func required<Value>(_ value: Value?, _ key: String) throws(TCError) -> Value {
            guard let value else { throw TCError(.badInput, "the claims have no '\(key)'") }
            return value
        }
        issuer = try required(text("iss"), "iss")
        subject = try required(text("sub"), "sub")
        audience = try TokenClaims.audience(object["aud"])
        issuedAt = try required(TokenClaims.time(object, "iat"), "iat")
        notBefore = try TokenClaims.time(object, "nbf")
        expiresAt = try required(TokenClaims.time(object, "exp"), "exp")
        tokenID = try text("jti")
        guard kind != .identity else { return }
        _ = try required(tokenID, "jti")
        guard kind == .access else { return }
        role = try required(text("role"), "role")
        sessionID = try required(text("sid"), "sid")
        // One name for whoever reads either: they must not be two users.
        guard try required(text("user_id"), "user_id") == subject else {
            throw TCError(.badInput, "'user_id' and 'sub' of the claims must be the same")
        }
    }

    private static func audience(_ value: JSONValue?) throws(TCError) -> [String] {
        switch value {
        case .string(let name)?: return [name]
        case .array(let names)? where !names.isEmpty && names.allSatisfy { $0.string != nil }:
            return names.compactMap(\.string)
        default:
            throw TCError(.badInput, "'aud' of the claims must be a string or an array of strings")
        }
    }

    /// A NumericDate: seconds, of which any fraction is dropped, from 1970 to 9999.
    private static func time(_ object: JSONObject, _ key: String) throws(TCError) -> Instant? {
        guard let value = object[key] else { return nil }
        guard let number = value.number?.double, (0..<253_402_300_800).contains(number) else {
            throw TCError(
                .badInput, "'\(key)' of the claims must be seconds since 1970, up to the year 9999")
        }
        return Instant(milliseconds: Int64(number) * 1000)
    }
}
