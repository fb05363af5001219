import TCCore
import TCCrypto
import TCStore
import TCWire

/// Setting up second factors.
extension AuthService {
    /// Makes a secret for a user's authenticator app. It takes effect with `confirmMFA`; until then the
    /// user logs in as before, and enrolling again makes another secret.
    public func enrollMFA(_ userID: String) async throws -> MFAOutcome {
        guard let user = try await user(.id(userID)) else { return .userNotFound }
        let secret = seams.bytes(TOTP.secretByteCount)
        let sealed = try SealedSecret.seal(secret, of: userID, with: keys.sealing, seams)
        let uri = try TOTP(secret: secret).uri(
            issuer: settings.mfaIssuer, account: user.email ?? user.id)
        let now = seams.now()
        let isBegun = try await database.write { connection in
            try MFARows.enroll(userID, sealed, at: now, in: connection)
        }
        guard isBegun else { return .alreadyEnrolled }
        return .enrolled(MFAEnrolment(userID: userID, secret: Base32.encode(secret), uri: uri))
    }

    /// Puts an enrolment in force if the app shows the right code, and gives ten recovery codes. The
    /// code is used up by this.
    public func confirmMFA(
        _ userID: String, code: String, from client: ClientContext
    ) async throws -> MFAOutcome {
        let codes = RecoveryCode.make(seams)
        let digests = codes.map(\.digest)
        let trial = try await tryCode(of: userID, isConfirmed: false, from: client) { factor in
            guard let step = try self.step(of: code, userID, factor) else { return nil as Bool? }
            let now = self.seams.now()
            return try await self.database.write { connection in
                // Another enrolment may have taken its place since it was read.
                guard
                    try MFARows.confirm(
                        userID, factor.secret, step: step, at: now, in: connection)
                else { return nil }
                try MFARows.replaceRecoveryCodes(userID, digests, in: connection)
                try self.record(
                    .mfaEnabled, about: userID,
                    EventData(members: [("user_id", userID)], actor: .user(userID)), at: now,
                    in: connection)
                return true
            }
        }
        switch trial {
        case .passed: return .confirmed(recoveryCodes: codes.map(\.text))
        case .wrong: return .invalidCode
        case .wait(let duration): return .wait(duration)
        case .unfit:
            let user = try await user(.id(userID))
            return user?.hasMFA == true ? .alreadyEnrolled : .notEnrolled
        }
    }

    /// Gives ten new recovery codes in place of the old ones.
    public func newRecoveryCodes(_ userID: String, by actor: Actor) async throws -> MFAOutcome {
        let codes = RecoveryCode.make(seams)
        let digests = codes.map(\.digest)
        let isMade = try await database.write { connection in
            guard try MFARows.isConfirmed(userID, in: connection) else { return false }
            try MFARows.replaceRecoveryCodes(userID, digests, in: connection)
            try self.record(
                .recoveryCodesMade, about: userID,
                EventData(members: [("user_id", userID)], actor: actor), at: self.seams.now(),
                in: connection)
            return true
        }
        return isMade ? .recoveryCodes(codes.map(\.text)) : .notEnrolled
    }

    /// Removes a second factor and its recovery codes. Whoever lets users do so themselves asks for a
    /// code first (`checkMFA`).
    public func disableMFA(_ userID: String, by actor: Actor) async throws -> MFAOutcome {
        let isRemoved = try await database.write { connection in
            guard try MFARows.delete(userID, in: connection) else { return false }
            try self.record(
                .mfaDisabled, about: userID,
                EventData(members: [("user_id", userID)], actor: actor), at: self.seams.now(),
                in: connection)
            return true
        }
        return isRemoved ? .disabled : .notEnrolled
    }

    /// The step of the app's code; nil where it is none, or one that was used.
    func step(
        of code: String, _ userID: String, _ factor: CredentialRows.SecondFactor
    ) throws -> Int64? {
        let secret = try SealedSecret.open(factor.secret, of: userID, with: keys.sealing)
        return try TOTP(secret: secret).matchingStep(
            code, at: seams.now(), after: factor.lastStep)
    }
}
