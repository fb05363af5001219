import Glibc
import TCAuth
import TCCore
import TCStore

/// What seals keys, and the keys themselves: who may read it, and that each opens and one signs.
enum KeysCheck {
    private static let name = "auth.keys"

    /// What the database says of the keys.
    private enum State {
        /// It has none yet.
        case undecided
        /// It could not be asked, for this reason.
        case unknown(String)
        case examined(KeyExamination)
        case refused(any Error)
    }

    static func find(_ checkup: Checkup) async throws -> [DoctorFinding] {
        let state = try await state(checkup)
        return try [secret(checkup.settings, state)] + keys(state, checkup)
    }

    private static func state(_ checkup: Checkup) async throws -> State {
        let database: any Database
        switch checkup.database {
        case .absent: return .undecided
        case .unusable: return .unknown("the database cannot be used")
        case .open(let open): database = open
        }
        do {
            let missing = try await Migrations.missing(AuthSchema.migrations, in: database)
            if missing.count == AuthSchema.migrations.count { return .undecided }
            guard missing.isEmpty else { return .unknown("the schema of the database is older") }
        } catch {
            return .unknown("the database cannot be used")
        }
        do {
            let examination = try await KeyExamination.examine(
                database: database, root: try AuthEngines.rootSecret(checkup.settings),
                settings: try AuthEngines.keySettings(checkup.settings), seams: checkup.seams)
            return examination.map { .examined($0) } ?? .undecided
        } catch {
            return .refused(error)
        }
    }

    // MARK: What seals them

    private static func secret(_ settings: Settings, _ state: State) throws -> DoctorFinding {
        let passphrase = try settings.value(.authPassphraseFile)
        if !passphrase.isEmpty {
            let name = "auth.passphrase_file"
            guard let file = FileState(passphrase) else {
                return DoctorFinding(.failed, name, passphrase, "there is no such file")
            }
            return .secrecy(name, file)
        }
        let name = "auth.key_file"
        let path = try settings.value(.authKeyFile)
        if let file = FileState(path) { return .secrecy(name, file) }
        switch state {
        case .undecided, .unknown: return .notYet(name, path, in: FileState.folder(of: path))
        case .examined, .refused:
            return DoctorFinding(
                .failed, name, path, "there is no such file, and the database has keys",
                hint: "copy it from where the keys were made")
        }
    }

    // MARK: Keys

    private static func keys(_ state: State, _ checkup: Checkup) throws -> [DoctorFinding] {
        let subject = SafeURL.text(try checkup.settings.value(.database))
        switch state {
        case .undecided:
            return [DoctorFinding(.skipped, name, subject, "the first is made at first use")]
        case .unknown(let reason): return [DoctorFinding(.skipped, name, subject, reason)]
        case .refused(let error): return [DoctorFinding(.failed, name, subject, error)]
        case .examined(let examination):
            let now = checkup.seams.now()
            return examination.faults.map { DoctorFinding(.failed, name, subject, $0) }
                + signing(examination, subject)
                + examination.keys.compactMap { other($0, at: now) }
        }
    }

    private static func signing(
        _ examination: KeyExamination, _ subject: String
    ) -> [DoctorFinding] {
        if let key = examination.signing {
            return [
                DoctorFinding(
                    .passed, name, key.kid,
                    "it signs with \(key.algorithm.rawValue), and what it signs is verified")
            ]
        }
        // Then a fault tells why.
        guard examination.faults.isEmpty else { return [] }
        return [
            DoctorFinding(
                .failed, name, subject, "no key may sign",
                hint: "make one: tc auth keys rotate --now")
        ]
    }

    /// What there is to say of a key that does not sign now.
    private static func other(_ key: KeyRecord, at now: Instant) -> DoctorFinding? {
        switch key.state {
        case .signing, .retired: return nil
        case .next:
            return DoctorFinding(.passed, name, key.kid, "it signs from \(key.signsFrom)")
        case .verifying:
            guard let moment = key.retirableAt, moment <= now else {
                let until = key.retirableAt.map { " until \($0)" } ?? ""
                return DoctorFinding(.passed, name, key.kid, "it verifies\(until)")
            }
            return DoctorFinding(
                .warning, name, key.kid, "nothing valid is left of what it signed since \(moment)",
                hint: "tc auth keys retire \(key.kid)")
        }
    }
}
