import TCCore
import TCCrypto
import TCStore

extension AuthService {
    /// The most users of a page.
    public static let longestPage = 1000

    /// Makes an account.
    ///
    /// It takes as long for an address that has an account as for one that has none.
    ///
    /// - Throws: `bad_input` for an address, a name, a role or a password that is not taken, with the
    ///   reason; `try_again` where too many passwords are being hashed.
    public func register(_ new: NewUser, by actor: Actor) async throws -> UserOutcome {
        let email = try EmailAddress.normalized(new.email)
        try UserTexts.check(name: new.name)
        let role = new.role ?? settings.defaultRole
        try UserTexts.check(role: role)
        if let password = new.password {
            try PasswordPolicy.check(password, personal: [email, new.name].compactMap { $0 })
        }
        var hash: String?
        if let password = new.password { hash = try await passwords.hash(password) }
        let user = User(
            id: Identifier.make("usr", seams), email: email, name: new.name, role: role,
            createdAt: seams.now(), emailVerifiedAt: nil, disabledAt: nil,
            hasPassword: hash != nil, hasMFA: false)
        return try await database.write { [hash] connection in
            guard try UserRows.insert(user, password: hash, in: connection) else {
                return .exists(email: email, id: nil)
            }
            try self.record(
                .registered, about: user.id, EventData(record: user, actor: actor),
                at: user.createdAt, in: connection)
            return .done("registered", user)
        }
    }

    /// The user; nil where there is none.
    public func user(_ key: UserKey) async throws -> User? {
        try await UserRows.find(key, in: database)
    }

    /// A page of users, in the order of their ids, which is that of their making.
    ///
    /// - Parameters:
    ///   - id: the last one of the page before; nil for the first.
    ///   - limit: 1 to `longestPage`; what is outside counts as the nearer of them.
    public func users(
        _ filter: UserFilter = UserFilter(), after id: String? = nil, limit: Int = 100
    ) async throws -> UserPage {
        let limit = min(max(limit, 1), AuthService.longestPage)
        // One more, so that the last page knows that it is.
        var users = try await UserRows.page(filter, after: id, limit: limit + 1, in: database)
        let hasMore = users.count > limit
        if hasMore { users.removeLast() }
        return UserPage(users: users, next: hasMore ? users.last?.id : nil)
    }

    /// Gives a user another role, which online verification and the next refresh go by at once:
    /// access tokens with the old role are inactive from then on. Sessions for which an operator had
    /// chosen a role end.
    public func setRole(
        of key: UserKey, to role: String, by actor: Actor
    ) async throws -> UserOutcome {
        try UserTexts.check(role: role)
        return try await change(key, .roleChanged, "role_changed", by: actor) { user, connection in
            guard user.role != role else { return nil }
            try UserRows.setRole(user.id, role, in: connection)
            try SessionRows.revokeWithOwnRole(of: user.id, at: self.seams.now(), in: connection)
            var changed = user
            changed.role = role
            return changed
        }
    }

    /// Gives a user another password and ends all of their sessions, since who knew the old one may
    /// hold one of them.
    ///
    /// - Throws: as `register`.
    public func setPassword(
        of key: UserKey, to password: String, by actor: Actor
    ) async throws -> UserOutcome {
        guard let known = try await user(key) else { return .notFound(key) }
        try PasswordPolicy.check(password, personal: [known.email, known.name].compactMap { $0 })
        let hash = try await passwords.hash(password)
        return try await change(
            .id(known.id), .passwordChanged, "password_changed", by: actor
        ) { try self.replacePassword(of: $0, by: hash, in: $1) }
    }

    /// Puts a password in the place of the old one and ends all sessions; gives the user as changed.
    func replacePassword(
        of user: User, by hash: String, in connection: any SQLConnection
    ) throws -> User {
        let now = seams.now()
        try UserRows.setPassword(user.id, hash, at: now, in: connection)
        try SessionRows.revokeAll(of: user.id, .passwordChanged, at: now, in: connection)
        var changed = user
        changed.hasPassword = true
        return changed
    }

    /// Closes an account, and ends all of its sessions, or opens it again.
    public func setDisabled(
        _ key: UserKey, _ isDisabled: Bool, by actor: Actor
    ) async throws -> UserOutcome {
        let (event, status) =
            isDisabled ? (AuthEventType.userDisabled, "disabled") : (.userEnabled, "enabled")
        return try await change(key, event, status, by: actor) { user, connection in
            guard (user.disabledAt != nil) != isDisabled else { return nil }
            let now = self.seams.now()
            var changed = user
            changed.disabledAt = isDisabled ? now : nil
            try UserRows.setDisabled(user.id, changed.disabledAt, in: connection)
            if isDisabled {
                try SessionRows.revokeAll(of: user.id, .userDisabled, at: now, in: connection)
            }
            return changed
        }
    }

    /// Removes a user with everything that is theirs. The events about them stay.
    public func delete(_ key: UserKey, by actor: Actor) async throws -> UserOutcome {
        try await change(key, .deleted, "deleted", by: actor) { user, connection in
            try UserRows.delete(user.id, in: connection)
            return user
        }
    }

    /// Changes a user in a transaction, with its event, and tells the nodes afterwards.
    ///
    /// - Parameter body: gives the user as changed; nil where there was nothing to do.
    func change(
        _ key: UserKey, _ event: AuthEventType, _ status: String, by actor: Actor,
        _ body: @escaping @Sendable (User, any SQLConnection) throws -> User?
    ) async throws -> UserOutcome {
        let outcome: UserOutcome = try await database.write { connection in
            guard let user = try UserRows.find(key, in: connection) else { return .notFound(key) }
            guard let changed = try body(user, connection) else { return .done("unchanged", user) }
            try self.record(
                event, about: user.id, EventData(record: changed, actor: actor),
                at: self.seams.now(), in: connection)
            return .done(status, changed)
        }
        if case .done(let done, let user) = outcome, done != "unchanged" {
            await forget(.user(user.id))
        }
        return outcome
    }
}
