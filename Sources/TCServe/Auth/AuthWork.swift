import TCAuth
import TCCore

/// Proves callers by their access token, revocations included.
struct AccessTokens: Authenticator {
    let auth: AuthService

    func authenticate(bearerToken: String) async throws -> Authentication {
        switch try await auth.introspect(bearerToken) {
        case .active(let token):
            let claims = token.claims
            guard let role = claims.role else {
                throw TCError(.bug, "an access token was verified without 'role'")
            }
            return .accepted(
                Principal(userID: claims.subject, role: role, sessionID: claims.sessionID))
        case .inactive(_, let message): return .refused(message)
        }
    }
}

/// What the auth service does besides answering.
enum AuthWork {
    /// The most rows of each kind that one transaction removes.
    private static let mostPruned = 1000

    /// Hears the revocations of other nodes.
    static func listening(_ auth: AuthService) -> BackgroundWork {
        BackgroundWork("auth-revocations") { try await auth.listen().run() }
    }

    /// Removes what means nothing any more, again and again. Where it cannot, the next time will do.
    static func pruning(
        _ auth: AuthService, every interval: Duration, _ log: ServerLog
    ) -> BackgroundWork {
        BackgroundWork("auth-pruning") {
            while true {
                try await Task.sleep(for: interval)
                do {
                    while try await auth.prune(atMost: mostPruned) >= mostPruned {}
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    log.write(.warning, "pruning failed") { json in
                        json.key("cause")
                        json.string("\(error)")
                    }
                }
            }
        }
    }

    /// Without the cache each node counts alone and logins go on, so that is shown and logged and
    /// takes no node out of service; without the database or the keys nobody is let in.
    static func checks(_ auth: AuthService) -> [HealthCheck] {
        [
            HealthCheck("database") { try await auth.checkDatabase() },
            HealthCheck("cache", isVital: false) { try await auth.checkCache() },
            HealthCheck("keys") { try await auth.checkKeys() },
        ]
    }
}

/// What the auth service tells of, as lines of a daemon's log.
public enum AuthLog {
    /// For `AuthService.init`: writes each notice as one line, none of which holds a secret.
    public static func telling(_ log: ServerLog) -> @Sendable (AuthNotice) -> Void {
        { notice in log.write(notice == .hearing ? .info : .warning, notice.text) }
    }
}
