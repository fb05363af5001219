import TCCore
import TCWire

/// What is to be believed no longer.
public enum RevocationTarget: Sendable, Equatable, Redacted {
    /// One token by its text: an access token alone, or the session of a refresh token
    /// (RFC 7009, section 2.1).
    case token(String)
    case session(String)
    /// All sessions of a user.
    case user(String)
    /// All sessions there are.
    case everyone
}

/// What a revocation came to.
public enum RevocationOutcome: RecordOutcome, Equatable {
    /// - Parameter sessions: how many ended; nil for everyone, where nobody counts.
    case revoked(RevocationTarget, sessions: Int?)
    /// What a preview says: nothing has ended.
    case wouldRevoke(RevocationTarget, sessions: Int?)
    /// It had ended already.
    case unchanged(RevocationTarget)
    /// There is no such session or user, or the token is none of ours.
    case notFound(RevocationTarget)

    public var status: String {
        switch self {
        case .revoked: "revoked"
        case .wouldRevoke: "would_revoke"
        case .unchanged: "unchanged"
        case .notFound: "not_found"
        }
    }

    public var isNegative: Bool { if case .notFound = self { true } else { false } }

    /// A token itself is not repeated.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch self {
        case .revoked(let target, let sessions), .wouldRevoke(let target, let sessions):
            target.writeMember(to: &writer)
            if let sessions {
                writer.key("sessions")
                writer.int(sessions)
            }
        case .unchanged(let target), .notFound(let target): target.writeMember(to: &writer)
        }
    }
}

extension RevocationTarget {
    fileprivate func writeMember(to writer: inout JSONWriter) {
        switch self {
        case .token: writer.member("revoked", "token")
        case .session(let id): writer.member("session_id", id)
        case .user(let id): writer.member("user_id", id)
        case .everyone: writer.member("revoked", "everyone")
        }
    }
}
