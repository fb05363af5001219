import TCCore
import TCWire

/// An account at another provider that opens a user's account here.
public struct LinkedIdentity: JSONRecord, Equatable {
    public let provider: String
    /// The user's id there.
    public let subject: String
    public let userID: String
    /// As the provider had it when it was linked.
    public let email: String?
    public let linkedAt: Instant

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("provider", provider)
        writer.member("subject", subject)
        writer.member("user_id", userID)
        writer.member("email", ifAny: email)
        writer.member("linked_at", linkedAt)
    }
}

/// What linking or unlinking came to.
public enum LinkOutcome: String, RecordOutcome {
    case linked
    case unlinked
    /// It is linked to this user already.
    case unchanged
    /// There is no such user, or no such link.
    case notFound = "not_found"
    /// It opens another user's account.
    case linkedToAnother = "linked_to_another"
    /// Nothing else opens the account: set a password first.
    case lastWayIn = "last_way_in"

    public var status: String { rawValue }

    public var isNegative: Bool {
        switch self {
        case .linked, .unlinked, .unchanged: false
        case .notFound, .linkedToAnother, .lastWayIn: true
        }
    }

    public func writeMembers(to writer: inout JSONWriter) { writer.member("status", status) }
}
