import TCCore
import TCWire

/// Whether an access token is to be believed now, revocations included.
public enum Introspection: RecordOutcome {
    case active(VerifiedToken)
    /// - Parameters:
    ///   - reason: the check that failed, as `TokenCheck` names them, or why it was revoked:
    ///     `token_revoked`, `session_revoked`, `user_disabled`, `role_changed`, `unknown_session`.
    ///   - message: the same as a sentence.
    case inactive(reason: String, message: String)

    public var status: String { isNegative ? "inactive" : "active" }

    public var isNegative: Bool { if case .inactive = self { true } else { false } }

    /// `active` and the claims (RFC 7662, section 2.2), or why not, which a daemon need not tell.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("active", !isNegative)
        switch self {
        case .active(let token):
            token.record.withUnsafeBufferPointer { writer.rawFields(ofObject: $0) }
        case .inactive(let reason, let message):
            writer.member("reason", reason)
            writer.member("message", message)
        }
    }
}
