import TCCore
import TCStore

/// A session that is to begin: what every way to log in ends with.
struct SessionOrder: Sendable {
    let userID: String
    let method: Session.Method
    let ground: CredentialRows.Ground
    /// Nil for the user's.
    var role: String?
    /// Whether a second factor was shown.
    var hasMFA = false
    var hasRefreshToken = true
    /// Nil where no device logs in.
    let client: ClientContext?
}

/// A session that has begun.
struct BegunSession: Sendable {
    let id: String
    let userID: String
    let role: String
    let refreshToken: RefreshToken?
    let deviceToken: String?

    func grant(_ issuer: TokenIssuer) -> Grant {
        Grant(
            userID, role: role, sessionID: id, refreshToken: refreshToken,
            deviceToken: deviceToken, issuer)
    }
}

/// How far a login came in its transaction.
enum Begun: Sendable {
    case session(BegunSession)
    case disabled
    case refused

    func outcome(_ issuer: TokenIssuer) -> LoginOutcome {
        switch self {
        case .session(let session): .loggedIn(session.grant(issuer))
        case .disabled: .disabled
        case .refused: .invalidCredentials
        }
    }
}

extension AuthService {
    /// Begins a session if what allowed it still holds.
    func begin(_ order: SessionOrder) async throws -> LoginOutcome {
        let issuer = try await keys.issuer()
        let begun = try await database.write { connection in
            try self.beginIfOpen(order, issuer, connection)
        }
        return begun.outcome(issuer)
    }

    /// The same in a transaction.
    func beginIfOpen(
        _ order: SessionOrder, _ issuer: TokenIssuer, _ connection: any SQLConnection
    ) throws -> Begun {
        switch try CredentialRows.standing(of: order.userID, order.ground, in: connection) {
        case .disabled: return .disabled
        case .changed: return .refused
        case .open: return try begin(order, issuer, connection).map(Begun.session) ?? .refused
        }
    }

    /// Begins a session, with its first refresh token, and an event where the device is new; nil where
    /// there is no such user.
    func begin(
        _ order: SessionOrder, _ issuer: TokenIssuer, _ connection: any SQLConnection
    ) throws -> BegunSession? {
        guard let user = try UserRows.find(.id(order.userID), in: connection) else { return nil }
        let now = seams.now()
        let device = try order.client.map { try noteDevice(of: user.id, $0, now, connection) }
        let start = SessionRows.Start(
            id: Identifier.make("ses", seams), userID: user.id, method: order.method,
            role: order.role, createdAt: now, endsAt: now.adding(issuer.accessLifetime),
            mfaAt: order.hasMFA ? now : nil,
            address: String(decoding: (order.client?.address ?? "").utf8.prefix(64), as: UTF8.self),
            userAgent: UserTexts.agent(order.client?.userAgent), deviceID: device?.id)
        try SessionRows.insert(start, in: connection)
        var refreshToken: RefreshToken?
        if order.hasRefreshToken {
            let secret = RefreshSecret.make(seams)
            let end = now.adding(settings.refreshLifetime)
            try RefreshRows.insertFirst(
                secret.digest, of: start.id, issuedAt: now, expiresAt: end, in: connection)
            refreshToken = RefreshToken(text: secret.text, expiresAt: end)
        }
        if device?.token != nil {
            try record(
                .newDevice, about: user.id,
                EventData(record: Session(start, expiresAt: refreshToken?.expiresAt)), at: now,
                in: connection)
        }
        return BegunSession(
            id: start.id, userID: user.id, role: order.role ?? user.role,
            refreshToken: refreshToken, deviceToken: device?.token)
    }

    /// The device's id; with its token where it is new.
    private func noteDevice(
        of userID: String, _ client: ClientContext, _ now: Instant, _ connection: any SQLConnection
    ) throws -> (id: String, token: String?) {
        let known = try DeviceRows.noteLogin(
            client.deviceToken, of: userID, at: now, in: connection)
        if let known { return (known, nil) }
        let (id, token) = (Identifier.make("dev", seams), DeviceRows.newToken(seams))
        try DeviceRows.insert(id, token: token, of: userID, at: now, in: connection)
        return (id, token)
    }
}

extension Session {
    /// A session as it begins.
    fileprivate init(_ start: SessionRows.Start, expiresAt: Instant?) {
        self.init(
            id: start.id, userID: start.userID, method: start.method, createdAt: start.createdAt,
            lastSeenAt: start.createdAt, expiresAt: expiresAt ?? start.endsAt, mfaAt: start.mfaAt,
            address: start.address, userAgent: start.userAgent, deviceID: start.deviceID,
            revokedAt: nil, revokedWhy: nil)
    }
}
