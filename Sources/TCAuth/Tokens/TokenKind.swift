/// What a token is for. Each kind has a type of its own in the header, which its verifier insists on, so
/// that a token of one kind is never taken for one of another (RFC 8725, section 3.11).
public enum TokenKind: Sendable, CaseIterable {
    /// Lets its bearer act as a user: `at+jwt` (RFC 9068).
    case access
    /// Lets its bearer give the second factor, and nothing else: `mfa+jwt`.
    case mfa
    /// What another identity provider says of a user: `JWT` or no type (OpenID Connect Core 1.0).
    case identity

    /// `typ` of the header.
    public var type: String {
        switch self {
        case .access: "at+jwt"
        case .mfa: "mfa+jwt"
        case .identity: "JWT"
        }
    }

    /// Whether a header with this `typ` is of this kind. A media type may be given whole or without
    /// `application/`, in letters of either case (RFC 7515, section 4.1.9).
    func admits(_ type: String?) -> Bool {
        guard let type else { return self == .identity }
        let name = type.lowercased()
        return name == self.type.lowercased() || name == "application/" + self.type.lowercased()
    }
}
