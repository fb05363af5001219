import TCCore
import TCStore
import TCWire

/// Showing second factors. A code is a one-time code of the app or a recovery code; either is used up
/// in the transaction that it opens, so that it works once, however many try it at the same moment.
extension AuthService {
    /// Ends a login that answered `mfaRequired`.
    ///
    /// - Parameters:
    ///   - token: of the challenge; it stays good for another try until it expires.
    ///   - code: as the user typed it.
    public func verifyMFA(
        token: String, code: String, from client: ClientContext
    ) async throws -> LoginOutcome {
        let claims: TokenClaims
        do {
            claims = try await keys.verifier(of: .mfa).verify(token, at: seams.now()).claims
        } catch is TokenRejection {
            return .invalidCredentials
        }
        let issuer = try await keys.issuer()
        let order = SessionOrder(
            userID: claims.subject, method: .secondFactor,
            ground: .password(setAt: claims.passwordSetAt), hasMFA: true, client: client)
        let trial = try await useCode(code, of: claims.subject, from: client) { connection in
            try self.beginIfOpen(order, issuer, connection)
        }
        switch trial {
        case .passed(let begun): return begun.outcome(issuer)
        case .wait(let duration): return .wait(duration)
        case .wrong, .unfit: return .invalidCredentials
        }
    }

    /// Checks a code of a user who is logged in already, and uses it up.
    public func checkMFA(
        _ userID: String, code: String, from client: ClientContext
    ) async throws -> MFAOutcome {
        switch try await useCode(code, of: userID, from: client, { _ in }) {
        case .passed: .valid
        case .wait(let duration): .wait(duration)
        case .wrong: .invalidCode
        case .unfit: .notEnrolled
        }
    }

    /// Uses up a code and does what it opens, in one transaction.
    private func useCode<Result: Sendable>(
        _ code: String, of userID: String, from client: ClientContext,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> CodeTrial<Result> {
        try await tryCode(of: userID, isConfirmed: true, from: client) { factor in
            let step = try self.step(of: code, userID, factor)
            let digest = RecoveryCode.digest(ofTyped: code)
            guard step != nil || digest != nil else { return nil }
            return try await self.database.write { connection in
                if let step {
                    guard
                        try MFARows.use(userID, factor.secret, step: step, in: connection)
                    else { return nil }
                } else if let digest {
                    guard try MFARows.use(userID, recoveryCode: digest, in: connection) else {
                        return nil
                    }
                    try self.record(
                        .recoveryCodeUsed, about: userID,
                        EventData(members: [("user_id", userID)], actor: .user(userID)),
                        at: self.seams.now(), in: connection)
                }
                return try body(connection)
            }
        }
    }

    /// Lets a code be tried, unless too many were wrong.
    ///
    /// - Parameters:
    ///   - isConfirmed: whether the second factor must be in force, or must not be yet.
    ///   - body: gives nil where the code is wrong.
    func tryCode<Result: Sendable>(
        of userID: String, isConfirmed: Bool, from client: ClientContext,
        _ body: (CredentialRows.SecondFactor) async throws -> Result?
    ) async throws -> CodeTrial<Result> {
        let factor = try await CredentialRows.secondFactor(
            of: userID, device: DeviceRows.digest(of: client.deviceToken), in: database)
        guard let factor, factor.isConfirmed == isConfirmed else { return .unfit }
        let verdict = try await guessing.begin(
            account: "mfa:\(userID)", address: ClientNetwork.name(of: client.address),
            device: factor.deviceID)
        switch verdict {
        case .wait(let duration): return .wait(duration)
        case .proceed(let attempt):
            guard let result = try await body(factor) else { return .wrong }
            try await guessing.succeeded(attempt)
            return .passed(result)
        }
    }
}

/// What became of trying a code.
enum CodeTrial<Result: Sendable>: Sendable {
    case passed(Result)
    case wrong
    /// There is no second factor in the state that was asked for.
    case unfit
    case wait(Duration)
}
