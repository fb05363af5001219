import TCCore
import TCStore

/// Logging in and linking with what another provider says of a user. `AccountLinking` decides; here it
/// is done, in the transaction that the decision was made in.
extension AuthService {
    /// Logs in whoever an external identity is, and makes or links an account where the rules say so.
    ///
    /// A second factor is asked for as after a password.
    public func signIn(
        _ identity: ExternalIdentity, rules: AccountLinking.Rules, from client: ClientContext
    ) async throws -> LoginOutcome {
        let issuer = try await keys.issuer()
        let signIn: SignIn = try await database.write { connection in
            let decision = try self.decide(identity, currentUser: nil, rules, connection)
            let userID: String
            switch decision {
            case .refuse(let reason): return .refused(reason)
            case .logIn(let known): userID = known
            case .link(let known):
                userID = known
                try self.link(identity, to: known, connection)
            case .create(let email):
                userID = try self.create(identity, email: email, connection)
                try self.link(identity, to: userID, connection)
            }
            guard let user = try UserRows.find(.id(userID), in: connection) else {
                return .begun(.refused)
            }
            if user.disabledAt == nil, user.hasMFA {
                return .mfaRequired(
                    userID: userID,
                    passwordSetAt: try CredentialRows.passwordSetAt(userID, in: connection))
            }
            let order = SessionOrder(
                userID: userID, method: .provider(identity.provider), ground: .nothingElse,
                client: client)
            return .begun(try self.beginIfOpen(order, issuer, connection))
        }
        switch signIn {
        case .refused(let reason): return .refused(reason)
        case .mfaRequired(let userID, let setAt):
            return .mfaRequired(try await challenge(userID, passwordSetAt: setAt))
        case .begun(let begun): return begun.outcome(issuer)
        }
    }

    /// Links an external identity to a user who is logged in and asked for it.
    public func link(
        _ identity: ExternalIdentity, to userID: String
    ) async throws -> LinkOutcome {
        try await database.write { connection in
            guard try UserRows.find(.id(userID), in: connection) != nil else { return .notFound }
            let decision = try self.decide(
                identity, currentUser: userID, AccountLinking.Rules(), connection)
            switch decision {
            case .link:
                try self.link(identity, to: userID, connection)
                return .linked
            case .logIn: return .unchanged
            case .create, .refuse: return .linkedToAnother
            }
        }
    }

    /// The external identities that open a user's account, the oldest link first.
    public func identities(of userID: String) async throws -> [LinkedIdentity] {
        try await database.read { try IdentityRows.all(of: userID, in: $0) }
    }

    /// Removes a link, unless nothing else opens the account.
    public func unlink(
        provider: String, subject: String, from userID: String, by actor: Actor
    ) async throws -> LinkOutcome {
        try await database.write { connection in
            guard let user = try UserRows.find(.id(userID), in: connection) else {
                return .notFound
            }
            let all = try IdentityRows.all(of: userID, in: connection)
            guard all.contains(where: { $0.provider == provider && $0.subject == subject }) else {
                return .notFound
            }
            guard user.hasPassword || all.count > 1 else { return .lastWayIn }
            try IdentityRows.delete(provider, subject, of: userID, in: connection)
            try self.record(
                .identityUnlinked, about: userID,
                EventData(
                    members: [("user_id", userID), ("provider", provider), ("subject", subject)],
                    actor: actor), at: self.seams.now(), in: connection)
            return .unlinked
        }
    }

    private func decide(
        _ identity: ExternalIdentity, currentUser: String?, _ rules: AccountLinking.Rules,
        _ connection: any SQLConnection
    ) throws -> AccountLinking.Decision {
        var account: AccountLinking.Account?
        if let email = UserTexts.email(identity.email),
            let user = try UserRows.find(.email(email), in: connection)
        {
            account = AccountLinking.Account(
                userID: user.id, hasPassword: user.hasPassword,
                isEmailVerified: user.emailVerifiedAt != nil)
        }
        return AccountLinking.decide(
            identity, linkedUser: try IdentityRows.user(of: identity, in: connection),
            account: account, currentUser: currentUser, rules: rules)
    }

    private func create(
        _ identity: ExternalIdentity, email: String?, _ connection: any SQLConnection
    ) throws -> String {
        let now = seams.now()
        let email = UserTexts.email(email)
        let user = User(
            id: Identifier.make("usr", seams), email: email, name: UserTexts.name(identity.name),
            role: settings.defaultRole, createdAt: now, emailVerifiedAt: email == nil ? nil : now,
            disabledAt: nil, hasPassword: false, hasMFA: false)
        guard try UserRows.insert(user, password: nil, in: connection) else {
            throw TCError(.bug, "an account was made for an address that has one")
        }
        try record(
            .registered, about: user.id, EventData(record: user, actor: .service), at: now,
            in: connection)
        return user.id
    }

    private func link(
        _ identity: ExternalIdentity, to userID: String, _ connection: any SQLConnection
    ) throws {
        let link = LinkedIdentity(
            provider: identity.provider, subject: identity.subject, userID: userID,
            email: identity.email, linkedAt: seams.now())
        try IdentityRows.insert(link, in: connection)
        try record(
            .identityLinked, about: userID, EventData(record: link, actor: .user(userID)),
            at: link.linkedAt, in: connection)
    }
}

/// How far a sign-in came in its transaction.
private enum SignIn: Sendable {
    case refused(AccountLinking.Refusal)
    case mfaRequired(userID: String, passwordSetAt: Instant?)
    case begun(Begun)
}
