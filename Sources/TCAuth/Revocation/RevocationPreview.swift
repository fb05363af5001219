import TCCore

extension AuthService {
    /// What `revoke` would end now, without ending it.
    ///
    /// - Throws: as `revoke`.
    public func previewRevocation(_ target: RevocationTarget) async throws -> RevocationOutcome {
        let now = seams.now()
        switch target {
        case .everyone: return .wouldRevoke(target, sessions: nil)
        case .user(let id):
            guard try await user(.id(id)) != nil else { return .notFound(target) }
            var count = 0
            var page: [Session] = []
            repeat {
                page = try await sessions(
                    of: id, after: page.last?.id, limit: AuthService.longestPage)
                count += page.count
            } while page.count == AuthService.longestPage
            return count > 0 ? .wouldRevoke(target, sessions: count) : .unchanged(target)
        case .session(let id):
            guard let state = try await SessionState.find(id, at: now, in: database) else {
                return .notFound(target)
            }
            return state.isRevoked ? .unchanged(target) : .wouldRevoke(target, sessions: 1)
        case .token(let text):
            if let secret = RefreshSecret(text) {
                let digest = secret.digest
                let session = try await database.read {
                    try RefreshRows.session(of: digest, in: $0)
                }
                guard let session else { return .notFound(target) }
                return try await previewRevocation(.session(session))
            }
            switch try await introspect(text) {
            case .active: return .wouldRevoke(target, sessions: 0)
            case .inactive(let reason, _)
            where reason == TokenCheck.expiry.rawValue
                || reason == "token_revoked":
                return .unchanged(target)
            case .inactive(let reason, _) where reason == "unknown_session":
                return .notFound(target)
            case .inactive(_, let message):
                throw TCError(
                    .badInput,
                    "what is to be revoked is neither a refresh token nor an access token:"
                        + " \(message)")
            }
        }
    }
}
