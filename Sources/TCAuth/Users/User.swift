import TCCore
import TCWire

/// A user as others may see one: nothing in it is secret.
public struct User: JSONRecord, Equatable {
    /// `usr_…`
    public let id: String
    /// In small letters; nil for who came from a provider that vouches for none.
    public let email: String?
    public let name: String?
    public internal(set) var role: String
    public let createdAt: Instant
    /// When the user has shown to read the address.
    public let emailVerifiedAt: Instant?
    /// Since when nothing opens the account; nil where it is open.
    public internal(set) var disabledAt: Instant?
    public internal(set) var hasPassword: Bool
    public let hasMFA: Bool

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("user_id", id)
        writer.member("email", ifAny: email)
        writer.member("name", ifAny: name)
        writer.member("role", role)
        writer.member("created_at", createdAt)
        writer.member("email_verified_at", ifAny: emailVerifiedAt)
        writer.member("disabled_at", ifAny: disabledAt)
        writer.member("has_password", hasPassword)
        writer.member("has_mfa", hasMFA)
    }
}

/// How a command or a route names a user.
public enum UserKey: Sendable, Equatable {
    case id(String)
    case email(String)

    /// `usr_…`, or an e-mail address.
    ///
    /// Throws `.badInput` for anything else.
    public init(_ text: String) throws(TCError) {
        if Identifier.isValid(text, prefix: "usr") {
            self = .id(text)
        } else if text.utf8.contains(UInt8(ascii: "@")) {
            self = .email(try EmailAddress.normalized(text))
        } else {
            throw TCError(
                .badInput, "a user must be an id (usr_…) or an e-mail address, got '\(text)'")
        }
    }
}

/// What an act on a user came to.
public enum UserOutcome: RecordOutcome, Equatable {
    /// - Parameter done: `registered`, `role_changed`, `password_changed`, `disabled`, `enabled`,
    ///   `deleted`, `imported`, or `unchanged` where there was nothing to do.
    case done(String, User)
    /// There is a user with this e-mail address, or with this id, already.
    case exists(email: String?, id: String?)
    case notFound(UserKey)

    public var status: String {
        switch self {
        case .done(let what, _): what
        case .exists: "exists"
        case .notFound: "not_found"
        }
    }

    public var isNegative: Bool { if case .done = self { false } else { true } }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch self {
        case .done(_, let user): user.writeMembers(to: &writer)
        case .exists(let email, let id):
            writer.member("email", ifAny: email)
            writer.member("user_id", ifAny: id)
        case .notFound(.id(let id)): writer.member("user_id", id)
        case .notFound(.email(let email)): writer.member("email", email)
        }
    }
}

/// Some users in the order of their ids, which is that of their making.
public struct UserPage: Sendable {
    public let users: [User]
    /// What to pass as `after` for the next page; nil at the end.
    public let next: String?
}

/// Which users a listing holds.
public struct UserFilter: Sendable, Equatable {
    public var role: String?
    /// Nil for both.
    public var isDisabled: Bool?

    public init(role: String? = nil, isDisabled: Bool? = nil) {
        self.role = role
        self.isDisabled = isDisabled
    }
}
