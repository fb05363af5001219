import TCCore

/// What an operator should read in the log; nothing in it is secret.
public enum AuthNotice: Sendable, Equatable {
    /// A refresh token was used again after the grace: it was copied, or a client lost its successor.
    case replayed(sessionID: String, userID: String)
    /// A refresh token was rotated elsewhere under another rotation key: nodes disagree about it.
    case foreignRotation(sessionID: String)
    /// What was revoked could not be told to the other nodes, which learn it within a second by
    /// themselves.
    case unannounced(TCError)
    /// Revocations of other nodes do not arrive for now; they are learned within a second.
    case deaf
    /// They arrive again.
    case hearing
    /// The signing keys cannot be read again; tokens are verified with those that are known.
    case keysUnread(TCError)
    /// They are read again.
    case keysRead

    /// One line, without a full stop.
    public var text: String {
        switch self {
        case .replayed(let sessionID, let userID):
            "a refresh token of session '\(sessionID)' of user '\(userID)' was used again;"
                + " the session is revoked"
        case .foreignRotation(let sessionID):
            "a refresh token of session '\(sessionID)' was rotated with another rotation key;"
                + " all nodes must use the same key file"
        case .unannounced(let error):
            "a revocation could not be told to the other nodes: \(error.message)"
        case .deaf: "revocations of other nodes do not arrive"
        case .hearing: "revocations of other nodes arrive again"
        case .keysUnread(let error):
            "the signing keys cannot be read again, those that are known go on: \(error.message)"
        case .keysRead: "the signing keys are read again"
        }
    }
}
