import TCCore
import TCWire

/// A login that lasts: the family of one refresh token and its successors, and the access tokens that
/// were issued with them.
public struct Session: JSONRecord, Equatable {
    /// How a session began.
    public enum Method: Sendable, Equatable {
        case password
        /// With a second factor, after a first one of whichever kind.
        case secondFactor
        /// An operator's order.
        case issued
        /// With an external identity of this provider.
        case provider(String)

        /// `password`, `second_factor`, `issued` or `provider:github`.
        public var text: String {
            switch self {
            case .password: "password"
            case .secondFactor: "second_factor"
            case .issued: "issued"
            case .provider(let name): "provider:\(name)"
            }
        }

        init(text: String) {
            let provider = "provider:"
            switch text {
            case "password": self = .password
            case "second_factor": self = .secondFactor
            case _ where text.hasPrefix(provider):
                self = .provider(String(text.dropFirst(provider.count)))
            default: self = .issued
            }
        }
    }

    /// `ses_…`
    public let id: String
    public let userID: String
    public let method: Method
    public let createdAt: Instant
    /// When a refresh token was last given out.
    public let lastSeenAt: Instant
    /// When its last refresh token ends, or its access token where it has none.
    public let expiresAt: Instant
    /// When the second factor was shown; nil without.
    public let mfaAt: Instant?
    /// Where it began; empty where an operator ordered it.
    public let address: String
    public let userAgent: String?
    /// `dev_…`, equal for sessions of one device.
    public let deviceID: String?
    public let revokedAt: Instant?
    public let revokedWhy: RevocationReason?

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("session_id", id)
        writer.member("user_id", userID)
        writer.member("method", method.text)
        writer.member("created_at", createdAt)
        writer.member("last_seen_at", lastSeenAt)
        writer.member("expires_at", expiresAt)
        writer.member("mfa_at", ifAny: mfaAt)
        if !address.isEmpty { writer.member("address", address) }
        writer.member("user_agent", ifAny: userAgent)
        writer.member("device_id", ifAny: deviceID)
        writer.member("revoked_at", ifAny: revokedAt)
        writer.member("revoked_why", ifAny: revokedWhy?.rawValue)
    }
}

/// Why a session ended before its time.
public enum RevocationReason: String, Sendable, CaseIterable {
    case loggedOut = "logged_out"
    /// By the user or an operator.
    case revoked
    /// A refresh token was used again after the grace.
    case replayed
    case passwordChanged = "password_changed"
    case roleChanged = "role_changed"
    case userDisabled = "user_disabled"
    /// With all sessions of everybody.
    case everyone
}
