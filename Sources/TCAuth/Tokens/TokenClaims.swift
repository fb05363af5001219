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
    /// `pwd_ms`, only in an MFA token: when the user's password of then was set, in milliseconds since
    /// 1970; nil where there was none. It tells whether the first factor still holds; `iat` could not,
    /// since it tells whole seconds of one node's clock.
    public var passwordSetAt: Instant?

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
        time("iat", issuedAt, &writer)
        time("nbf", notBefore, &writer)
        time("exp", expiresAt, &writer)
        if kind == .mfa, let passwordSetAt {
            writer.key("pwd_ms")
            writer.int(passwordSetAt.milliseconds)
        }
        writer.endObject()
    }

    private func time(_ key: StaticString, _ value: Instant?, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(key)
        writer.int(value.milliseconds / 1000)
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
        var members = Members()
        // One walk over the members, rather than one for each claim.
        for member in object.members { try members.read(member) }
        issuer = try required(members.issuer, "iss")
        subject = try required(members.subject, "sub")
        audience = try required(members.audience, "aud")
        issuedAt = try required(members.issuedAt, "iat")
        notBefore = members.notBefore
        expiresAt = try required(members.expiresAt, "exp")
        tokenID = members.tokenID
        guard kind != .identity else { return }
        _ = try required(tokenID, "jti")
        if kind == .mfa { passwordSetAt = members.passwordSetAt }
        guard kind == .access else { return }
        role = try required(members.role, "role")
        sessionID = try required(members.sessionID, "sid")
        // One name for whoever reads either: they must not be two users.
        guard try required(members.userID, "user_id") == subject else {
            throw TCError(.badInput, "'user_id' and 'sub' of the claims must be the same")
        }
    }
}

private func required<Value>(_ value: Value?, _ key: String) throws(TCError) -> Value {
    guard let value else { throw TCError(.badInput, "the claims have no '\(key)'") }
    return value
}

/// What was found of the claims that are known.
private struct Members {
    var issuer: String?
    var subject: String?
    var audience: [String]?
    var issuedAt: Instant?
    var notBefore: Instant?
    var expiresAt: Instant?
    var tokenID: String?
    var userID: String?
    var role: String?
    var sessionID: String?
    var passwordSetAt: Instant?

    mutating func read(_ member: JSONObject.Member) throws(TCError) {
        switch member.key {
        case "iss": issuer = try text(member)
        case "sub": subject = try text(member)
        case "aud": audience = try names(member)
        case "iat": issuedAt = try time(member)
        case "nbf": notBefore = try time(member)
        case "exp": expiresAt = try time(member)
        case "jti": tokenID = try text(member)
        case "user_id": userID = try text(member)
        case "role": role = try text(member)
        case "sid": sessionID = try text(member)
        case "pwd_ms":
            passwordSetAt = member.value.number?.int64.map { Instant(milliseconds: $0) }
        default: break
        }
    }

    private func text(_ member: JSONObject.Member) throws(TCError) -> String {
        guard let text = member.value.string else { throw wrong(member, "a string") }
        return text
    }

    private func names(_ member: JSONObject.Member) throws(TCError) -> [String] {
        switch member.value {
        case .string(let name): return [name]
        case .array(let names) where !names.isEmpty && names.allSatisfy { $0.string != nil }:
            return names.compactMap(\.string)
        default: throw wrong(member, "a string or an array of strings")
        }
    }

    /// A NumericDate: seconds, of which any fraction is dropped, from 1970 to 9999.
    private func time(_ member: JSONObject.Member) throws(TCError) -> Instant {
        let number = member.value.number
        // Nearly all are whole, which is quicker to read.
        let seconds = number?.int64 ?? number?.double.flatMap { Int64(exactly: $0.rounded(.down)) }
        guard let seconds, (0..<253_402_300_800).contains(seconds) else {
            throw wrong(member, "seconds since 1970, up to the year 9999")
        }
        return Instant(milliseconds: seconds * 1000)
    }

    private func wrong(_ member: JSONObject.Member, _ expected: String) -> TCError {
        TCError(.badInput, "'\(member.key)' of the claims must be \(expected)")
    }
}
