import TCCore
import TCWire

/// Who wants an account.
public struct NewUser: Sendable, Redacted {
    /// Any spelling; kept in small letters.
    public var email: String
    /// Nil for an account that opens by other ways only.
    public var password: String?
    public var name: String?
    /// Nil for the default; only operators choose another.
    public var role: String?

    public init(email: String, password: String?, name: String? = nil, role: String? = nil) {
        self.email = email
        self.password = password
        self.name = name
        self.role = role
    }
}

/// A user with what is needed to let them in elsewhere: what `users export` prints and `users import`
/// takes. It carries secrets.
public struct UserTransfer: JSONRecord, Equatable, Redacted {
    /// Nil gives a new id.
    public var id: String?
    public var email: String?
    public var name: String?
    public var role: String?
    public var createdAt: Instant?
    public var emailVerifiedAt: Instant?
    public var disabledAt: Instant?
    /// In PHC form, scrypt.
    public var passwordHash: String?
    /// The secret of a second factor that is in use. Recovery codes stay behind: the user makes new
    /// ones.
    public var totpSecret: [UInt8]?

    public init() {}

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("user_id", ifAny: id)
        writer.member("email", ifAny: email)
        writer.member("name", ifAny: name)
        writer.member("role", ifAny: role)
        writer.member("created_at", ifAny: createdAt)
        writer.member("email_verified_at", ifAny: emailVerifiedAt)
        writer.member("disabled_at", ifAny: disabledAt)
        writer.member("password_hash", ifAny: passwordHash)
        writer.member("totp_secret", ifAny: totpSecret.map(Base32.encode))
    }
}
