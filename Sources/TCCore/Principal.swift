/// Who makes a request, once that is proven.
public struct Principal: Equatable, Sendable {
    /// `usr_…`.
    public let userID: String
    /// `driver`, `admin` …; one role a user.
    public let role: String
    /// The session that the credential belongs to; nil where a service speaks for itself.
    public let sessionID: String?

    /// All three as the credential says them.
    public init(userID: String, role: String, sessionID: String?) {
        self.userID = userID
        self.role = role
        self.sessionID = sessionID
    }
}

/// Turns a credential into who it speaks for.
public protocol Authenticator: Sendable {
    /// - Parameter bearerToken: what stood behind `Authorization: Bearer`: one or more characters of
    ///   any kind, not yet looked at.
    /// - Throws: `unavailable` where an engine that must be asked does not answer. A token that is not
    ///   accepted is an answer, not an error.
    func authenticate(bearerToken: String) async throws -> Authentication
}

/// What became of a credential.
public enum Authentication: Equatable, Sendable {
    case accepted(Principal)
    /// Why not, in words that may be shown to whoever sent it: `the token has expired`.
    case refused(String)
}
