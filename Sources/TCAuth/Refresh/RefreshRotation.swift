import TCCore
import TCStore
import TCWire

/// Refresh token rotation (RFC 9700, section 4.14.2) that does not log out who loses a race.
///
/// Each use of a refresh token replaces it. Two tabs that use it at once, or a client that lost the
/// answer and asks again, are no thieves: within the grace (`AuthSettings.grace`) every use of the same
/// token gets the *same* successor. A use after that is a replay, by a thief or of what a thief has
/// used: nobody can tell, so the session ends, for both.
///
/// The grace has a price: who steals a token and uses it within the grace after its owner did gets what
/// the owner got, and is found out when either uses it a second time.
extension AuthService {
    /// Replaces a refresh token and issues an access token with it.
    public func refresh(_ token: String) async throws -> RefreshOutcome {
        guard let presented = RefreshSecret(token) else { return .refused(.unknown) }
        let issuer = try await keys.issuer()
        let successor = presented.successor(keys.rotation)
        let digests = (presented: presented.digest, successor: successor.digest)
        let now = seams.now()
        let expiresAt = now.adding(settings.refreshLifetime)

        let rotation: Rotation = try await database.write { connection in
            let rotated = try RefreshRows.rotate(
                digests.presented, to: digests.successor, at: now, expiresAt: expiresAt,
                in: connection)
            if let rotated { return .rotated(rotated) }
            let known = try RefreshRows.find(digests.presented, in: connection)
            let rotation = Rotation(
                known, expected: digests.successor, grace: self.settings.grace, at: now)
            if case .replayed(let sessionID, _) = rotation {
                try self.revoke(session: sessionID, .replayed, by: .service, at: now, connection)
            }
            return rotation
        }

        switch rotation {
        case .rotated(let rotated):
            let next = RefreshToken(text: successor.text, expiresAt: rotated.expiresAt)
            return .refreshed(
                Grant(
                    rotated.userID, role: rotated.role, sessionID: rotated.sessionID,
                    refreshToken: next, issuer))
        case .replayed(let sessionID, let userID):
            tell(.replayed(sessionID: sessionID, userID: userID))
            await forget(.session(sessionID))
            return .refused(.replayed)
        case .conflict(let sessionID):
            tell(.foreignRotation(sessionID: sessionID))
            return .refused(.conflict)
        case .refused(let reason): return .refused(reason)
        }
    }
}

/// What a use of a refresh token comes to.
enum Rotation: Sendable, Equatable {
    case rotated(RefreshRows.Rotated)
    case replayed(sessionID: String, userID: String)
    /// It was rotated a moment ago, to something that this node would not have made of it.
    case conflict(sessionID: String)
    case refused(RefreshRefusal)

    /// Judges a token that could not be rotated.
    ///
    /// - Parameter expected: the digest of the successor as this node derives it.
    init(
        _ known: RefreshRows.Known?, expected: [UInt8], grace: Duration, at now: Instant
    ) {
        guard let known else {
            self = .refused(.unknown)
            return
        }
        guard !known.isRevoked else {
            self = .refused(.revoked)
            return
        }
        guard let successor = known.successor else {
            self = .refused(.expired)
            return
        }
        // Where the other node's clock is ahead, it was rotated just now.
        if now > successor.issuedAt.adding(grace) {
            // An expired token is of no use to a thief, so it need not end the session.
            self =
                known.expiresAt > now
                ? .replayed(sessionID: known.sessionID, userID: known.userID) : .refused(.expired)
        } else if successor.digest == expected {
            self = .rotated(
                RefreshRows.Rotated(
                    sessionID: known.sessionID, userID: known.userID, role: known.role,
                    expiresAt: successor.expiresAt))
        } else {
            self = .conflict(sessionID: known.sessionID)
        }
    }
}
