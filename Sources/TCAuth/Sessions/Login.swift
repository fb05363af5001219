import TCCore
import TCCrypto
import TCStore
import TCWire

/// Logging in with a password, and the sessions that come of it.
extension AuthService {
    /// A wait from which on a login that fails is told as a lock-out.
    private static let lockedFrom = Duration.seconds(60)
    /// How often that is told of one account.
    private static let lockedAgain = Duration.seconds(900)

    /// Checks an address and a password.
    ///
    /// A wrong password and an unknown address get the same answer after the same work: whatever is
    /// counted, hashed or told of one is of the other too.
    ///
    /// - Throws: `bad_input` for what cannot be an address or a password, `try_again` where too many
    ///   passwords are being hashed.
    public func login(
        email: String, password: String, from client: ClientContext
    ) async throws -> LoginOutcome {
        let email = try EmailAddress.normalized(email)
        switch try await tryPassword(password, of: email, from: client) {
        case .right(let known, let upgraded):
            return try await login(known, upgraded: upgraded, from: client)
        case .wrong: return .invalidCredentials
        case .wait(let duration): return .wait(duration)
        }
    }

    /// Tries a password, unless too many were wrong.
    ///
    /// - Parameter email: normalised.
    /// - Throws: as `login`.
    func tryPassword(
        _ password: String, of email: String, from client: ClientContext
    ) async throws -> PasswordTrial {
        guard password.utf8.count <= PasswordPolicy.length.upperBound else {
            throw TCError(
                .badInput,
                "a password has at most \(PasswordPolicy.length.upperBound) bytes,"
                    + " got \(password.utf8.count)")
        }
        let known = try await CredentialRows.password(
            email, device: DeviceRows.digest(of: client.deviceToken), in: database)
        // A digest, since an address is longer than keys should be, and is no business of the cache.
        let account = Base64URL.encode(Digest.sha256.hash(Array(email.utf8)))
        let verdict = try await guessing.begin(
            account: account, address: ClientNetwork.name(of: client.address),
            device: known?.deviceID)
        switch verdict {
        case .wait(let duration): return .wait(duration)
        case .proceed(let attempt):
            let outcome = try await passwords.check(password, against: known?.hash)
            guard case .right(let upgraded) = outcome, let known else {
                try await tellLocked(account, known?.userID, attempt, client)
                return .wrong
            }
            try await guessing.succeeded(attempt)
            return .right(known, upgraded: upgraded)
        }
    }

    /// - Parameter upgraded: a better hash of the password that was right; nil where the old one stays.
    private func login(
        _ known: CredentialRows.Password, upgraded: String?, from client: ClientContext
    ) async throws -> LoginOutcome {
        if let upgraded, let hash = known.hash {
            try await database.write { connection in
                try UserRows.upgradePassword(
                    known.userID, from: hash, to: upgraded, in: connection)
            }
        }
        if known.isDisabled { return .disabled }
        if known.hasMFA {
            return .mfaRequired(try await challenge(known.userID, passwordSetAt: known.setAt))
        }
        let order = SessionOrder(
            userID: known.userID, method: .password, ground: .password(setAt: known.setAt),
            client: client)
        return try await begin(order)
    }

    /// A token that is good for showing the second factor, and nothing else.
    ///
    /// - Parameter passwordSetAt: when the password that holds was set; nil where there is none. The
    ///   token is good as long as that does not change.
    func challenge(_ userID: String, passwordSetAt: Instant?) async throws -> MFAChallenge {
        let token = try await keys.issuer().mfa(subject: userID, passwordSetAt: passwordSetAt)
        return MFAChallenge(
            token: token.text, issuedAt: token.claims.issuedAt, expiresAt: token.claims.expiresAt)
    }

    /// Tells of guesses that have come so far that their origin must wait. An account that does not
    /// exist is told of, too: it takes the same time, and an attack on many of them is worth knowing.
    private func tellLocked(
        _ account: String, _ userID: String?, _ attempt: GuessingGuard.Attempt,
        _ client: ClientContext
    ) async throws {
        guard attempt.waitAfterFailure >= AuthService.lockedFrom else { return }
        let count = try await cache.increment(
            "auth:locked:\(account)", by: 1, expiresAfter: AuthService.lockedAgain)
        guard count == 1 else { return }
        let subject = userID ?? "account:\(account)"
        let now = seams.now()
        try await database.write { connection in
            try self.record(
                .locked, about: subject,
                EventData(
                    members: [
                        (userID == nil ? "account" : "user_id", subject),
                        ("address", client.address),
                        ("wait", attempt.waitAfterFailure.text),
                    ], actor: .service), at: now, in: connection)
        }
    }
}

/// What became of trying a password.
enum PasswordTrial: Sendable {
    /// - Parameter upgraded: a better hash of it; nil where the old one stays.
    case right(CredentialRows.Password, upgraded: String?)
    case wrong
    case wait(Duration)
}
