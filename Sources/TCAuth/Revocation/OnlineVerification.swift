import TCCore
import TCStore

/// Verification that honours revocation, and what keeps it fast.
extension AuthService {
    /// Whether an access token is to be believed now: its signature and claims, and then what the
    /// database says of its session, its user and itself, which is at most `AuthSettings.believedFor`
    /// old.
    public func introspect(_ token: String) async throws -> Introspection {
        let verifier = try await keys.verifier(of: .access)
        let verified: VerifiedToken
        do {
            verified = try verifier.verify(token, at: seams.now())
        } catch {
            return .inactive(reason: error.check.rawValue, message: error.message)
        }
        return try await introspect(verified)
    }

    /// The same for a token whose signature and claims have been checked.
    public func introspect(_ token: VerifiedToken) async throws -> Introspection {
        guard let sessionID = token.claims.sessionID else {
            return .inactive(
                reason: TokenCheck.claims.rawValue, message: "the claims have no 'sid'")
        }
        let now = seams.now()
        let state = try await states.state(of: sessionID) {
            try await SessionState.find(sessionID, at: now, in: database)
        }
        guard let state else {
            return .inactive(
                reason: "unknown_session", message: "there is no session '\(sessionID)'")
        }
        if let (reason, message) = state.objection(to: token.claims) {
            return .inactive(reason: reason, message: message)
        }
        return .active(token)
    }

    /// Stops believing here what a change has made wrong, and tells the other nodes. Called after the
    /// commit: earlier a node could read again what was true before.
    func forget(_ subject: SessionStates.Subject) async {
        states.forget(subject)
        do {
            try await cache.publish(AuthService.revocationChannel, subject.message)
        } catch {
            // The change stands, and the nodes learn of it by themselves within a second.
            let reason =
                (error as? any TCErrorConvertible)?.tcError ?? TCError(.unavailable, "\(error)")
            tell(.unannounced(reason))
        }
    }

    /// Begins to listen to the revocations of other nodes.
    public func listen() async throws -> RevocationListener {
        RevocationListener(
            subscription: try await cache.subscribe(AuthService.revocationChannel),
            states: states, tell: tell)
    }
}

/// Hears the revocations of other nodes, from when it was made.
public struct RevocationListener: Sendable {
    let subscription: CacheSubscription
    let states: SessionStates
    let tell: @Sendable (AuthNotice) -> Void

    /// Returns when its task is cancelled or the cache is closed.
    public func run() async {
        for await event in subscription {
            switch event {
            case .message(let message): states.forget(SessionStates.Subject(message: message))
            case .lost:
                states.forget(.everyone)
                tell(.deaf)
            case .resumed:
                states.forget(.everyone)
                tell(.hearing)
            }
        }
    }
}
