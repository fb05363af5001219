import TCCore
import TCWire

/// What a login came to.
public enum LoginOutcome: RecordOutcome, Equatable {
    case loggedIn(Grant)
    /// The first factor was right; `verifyMFA` wants the second.
    case mfaRequired(MFAChallenge)
    /// Wrong password, unknown user, or a code that is wrong or used up: which, nobody is told.
    case invalidCredentials
    /// Too many have failed; the credentials were not looked at.
    case wait(Duration)
    /// The credentials were right, and the account is disabled.
    case disabled
    /// No account opens for this external identity.
    case refused(AccountLinking.Refusal)

    public var status: String {
        switch self {
        case .loggedIn: "ok"
        case .mfaRequired: "mfa_required"
        case .invalidCredentials: "invalid_credentials"
        case .wait: "wait"
        case .disabled: "disabled"
        case .refused(let reason): reason.rawValue
        }
    }

    public var isNegative: Bool {
        switch self {
        case .loggedIn, .mfaRequired: false
        default: true
        }
    }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch self {
        case .loggedIn(let grant): grant.writeMembers(to: &writer)
        case .mfaRequired(let challenge): challenge.writeMembers(to: &writer)
        case .wait(let duration): writer.member("retry_after", seconds: duration)
        case .invalidCredentials, .disabled, .refused: break
        }
    }
}

/// What a login with the right password answers where there is a second factor, and nothing else.
public struct MFAChallenge: JSONRecord, Equatable, Redacted {
    /// Good for `verifyMFA` alone.
    public let token: String
    public let issuedAt: Instant
    public let expiresAt: Instant

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("mfa_token", token)
        writer.member(
            "expires_in", seconds: .milliseconds(expiresAt.milliseconds - issuedAt.milliseconds))
        writer.member("expires_at", expiresAt)
    }
}

/// What a refresh came to.
public enum RefreshOutcome: RecordOutcome, Equatable {
    case refreshed(Grant)
    case refused(RefreshRefusal)

    public var status: String {
        switch self {
        case .refreshed: "ok"
        case .refused(let reason): reason.rawValue
        }
    }

    public var isNegative: Bool { if case .refused = self { true } else { false } }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        if case .refreshed(let grant) = self { grant.writeMembers(to: &writer) }
    }
}

/// Why a refresh token gives nothing.
public enum RefreshRefusal: String, Sendable, Equatable {
    /// It is none of ours, or one that ended so long ago that it is forgotten.
    case unknown = "unknown_token"
    case expired
    /// Its session was revoked, or its user is disabled.
    case revoked
    /// It was used up longer ago than the grace; its session is revoked by this.
    case replayed
    /// It was rotated under another rotation key a moment ago.
    case conflict
}
