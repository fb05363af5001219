import TCCore
import TCStore
import TCWire

/// What the change of one's own password came to.
public enum PasswordChange: RecordOutcome, Equatable {
    /// All sessions of the user have ended, that in which it was asked for included.
    case changed(User)
    /// The old password is wrong, or was changed meanwhile.
    case invalidCredentials
    /// Too many were wrong; this one was not looked at.
    case wait(Duration)
    /// No password opens the account, so none can be shown: an operator gives it its first.
    case noPassword
    case userNotFound

    public var status: String {
        switch self {
        case .changed: "password_changed"
        case .invalidCredentials: "invalid_credentials"
        case .wait: "wait"
        case .noPassword: "no_password"
        case .userNotFound: "not_found"
        }
    }

    public var isNegative: Bool { if case .changed = self { false } else { true } }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch self {
        case .changed(let user): user.writeMembers(to: &writer)
        case .wait(let duration): writer.member("retry_after", seconds: duration)
        default: break
        }
    }
}

extension AuthService {
    /// Changes a user's password at their own wish.
    ///
    /// An access token alone does not do it, since whoever finds one would own the account from then
    /// on: the old password is asked for. Wrong ones count as failed logins do.
    ///
    /// - Throws: `bad_input` for a new password that is not taken, `try_again` where too many
    ///   passwords are being hashed.
    public func changePassword(
        of userID: String, from old: String, to new: String, client: ClientContext
    ) async throws -> PasswordChange {
        guard let user = try await user(.id(userID)) else { return .userNotFound }
        guard user.hasPassword, let email = user.email else { return .noPassword }
        try PasswordPolicy.check(new, personal: [email, user.name].compactMap { $0 })
        let known: CredentialRows.Password
        switch try await tryPassword(old, of: email, from: client) {
        case .right(let right, _): known = right
        case .wrong: return .invalidCredentials
        case .wait(let duration): return .wait(duration)
        }
        let hash = try await passwords.hash(new)
        let outcome = try await change(
            .id(userID), .passwordChanged, "password_changed", by: .user(userID)
        ) { user, connection in
            // Hashing takes a while, in which an operator may have set another one: the old one that
            // was right then opens nothing any more.
            let standing = try CredentialRows.standing(
                of: user.id, .password(setAt: known.setAt), in: connection)
            guard case .open = standing, known.userID == user.id else { return nil }
            return try self.replacePassword(of: user, by: hash, in: connection)
        }
        switch outcome {
        case .done("password_changed", let user): return .changed(user)
        case .done, .exists: return .invalidCredentials
        case .notFound: return .userNotFound
        }
    }
}
