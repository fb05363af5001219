import TCCore
import TCWire

/// What a login, a refresh or an operator's order gives: a session and its tokens.
public struct Grant: JSONRecord, Equatable, Redacted {
    public let userID: String
    public let role: String
    public let sessionID: String
    /// The access token, a secret of the user.
    public let accessToken: String
    public let issuedAt: Instant
    public let expiresAt: Instant
    /// Nil where none was asked for, or where it travels in a cookie.
    public var refreshToken: RefreshToken?
    /// To be given back with the next login from this device; nil where it is known by one already.
    public var deviceToken: String?

    /// Issues the access token.
    init(
        _ userID: String, role: String, sessionID: String, refreshToken: RefreshToken?,
        deviceToken: String? = nil, _ issuer: TokenIssuer
    ) {
        let access = issuer.access(subject: userID, role: role, sessionID: sessionID)
        self.userID = userID
        self.role = role
        self.sessionID = sessionID
        accessToken = access.text
        issuedAt = access.claims.issuedAt
        expiresAt = access.claims.expiresAt
        self.refreshToken = refreshToken
        self.deviceToken = deviceToken
    }

    /// The same without what a response carries in cookies.
    public var withoutCookies: Grant {
        var grant = self
        grant.refreshToken = nil
        grant.deviceToken = nil
        return grant
    }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("user_id", userID)
        writer.member("role", role)
        writer.member("session_id", sessionID)
        writer.member("access_token", accessToken)
        writer.member("token_type", "Bearer")
        writer.member(
            "expires_in",
            seconds: .milliseconds(expiresAt.milliseconds - issuedAt.milliseconds))
        writer.member("expires_at", expiresAt)
        if let refreshToken {
            writer.member("refresh_token", refreshToken.text)
            writer.member("refresh_expires_at", refreshToken.expiresAt)
        }
        writer.member("device_token", ifAny: deviceToken)
    }
}

/// A refresh token as it is handed out; only its SHA-256 is kept.
public struct RefreshToken: Sendable, Equatable, Redacted {
    /// A secret of the user.
    public let text: String
    public let expiresAt: Instant
}
