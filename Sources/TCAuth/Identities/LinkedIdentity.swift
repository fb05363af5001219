import TCCore
import TCWire

/// An account at another provider that opens a user's account here.
public struct LinkedIdentity: AuthRecord, Equatable {
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

/// What unlinking came to.
public enum UnlinkOutcome: String, AuthOutcome {
    case unlinked
    case notFound = "not_found"
    /// Nothing else opens the account: set a password first.
    case lastWayIn = "last_way_in"

    public var status: String { rawValue }
    public var isNegative: Bool { self != .unlinked }
    public func writeMembers(to writer: inout JSONWriter) { writer.member("status", status) }
}
