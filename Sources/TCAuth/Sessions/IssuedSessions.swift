import TCCore
import TCStore

extension AuthService {
    /// Begins a session at an operator's order, without a password, for a service or a test. Nil where
    /// there is no such user or the account is disabled.
    ///
    /// - Parameters:
    ///   - role: nil for the user's.
    ///   - hasRefreshToken: whether it can be prolonged.
    /// - Throws: `bad_input` for what cannot be a role.
    public func issue(
        for key: UserKey, role: String? = nil, hasRefreshToken: Bool = false, by actor: Actor
    ) async throws -> Grant? {
        if let role { try UserTexts.check(role: role) }
        let issuer = try await keys.issuer()
        let begun: BegunSession? = try await database.write { connection in
            guard let user = try UserRows.find(key, in: connection), user.disabledAt == nil else {
                return nil
            }
            let order = SessionOrder(
                userID: user.id, method: .issued, ground: .nothingElse, role: role,
                hasRefreshToken: hasRefreshToken, client: nil)
            guard let session = try self.begin(order, issuer, connection) else { return nil }
            try self.record(
                .sessionIssued, about: user.id,
                EventData(
                    members: [
                        ("user_id", user.id), ("session_id", session.id), ("role", session.role),
                    ], actor: actor), at: self.seams.now(), in: connection)
            return session
        }
        return begun?.grant(issuer)
    }

    /// A page of a user's sessions, the oldest first; none for a user that there is not.
    ///
    /// - Parameters:
    ///   - includingEnded: those that were revoked or have run out, too, as long as they are kept.
    ///   - id: the last one of the page before; nil for the first.
    ///   - limit: 1 to `longestPage`; what is outside counts as the nearer of them.
    public func sessions(
        of userID: String, includingEnded: Bool = false, after id: String? = nil, limit: Int = 100
    ) async throws -> [Session] {
        try await SessionRows.page(
            of: userID, includingEnded: includingEnded, at: seams.now(), after: id ?? "",
            limit: min(max(limit, 1), AuthService.longestPage), in: database)
    }
}
