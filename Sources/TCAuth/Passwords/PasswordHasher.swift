import TCCore
import TCCrypto

/// Hashes passwords and checks them, a few at a time, since each takes a third of a second and 128 MiB.
///
/// Beyond those that run some may wait; beyond these the answer is `.tryAgain`, so that a flood of logins
/// costs its senders and not this machine's memory.
public final class PasswordHasher: Sendable {
    /// What checking a password came to.
    public enum Outcome: Equatable, Sendable {
        case wrong
        /// - Parameter upgraded: a new hash to keep in place of the old one, which was easier to guess
        ///   from than today's; nil where the old one stays.
        case right(upgraded: String?)
    }

    private let seams: Seams
    private let parameters: ScryptParameters
    private let gate: HashingGate

    /// - Parameters:
    ///   - running: how many hashes are computed at once, 1 or more. Each takes 128 MiB, and more of
    ///     them than there are processors gain nothing.
    ///   - waiting: how many may wait for that, 0 or more. With two at a time, 32 are five seconds.
    public init(
        seams: Seams, parameters: ScryptParameters = .recommended,
        running: Int = min(4, Workers.processorCount), waiting: Int = 32
    ) {
        self.seams = seams
        self.parameters = parameters
        gate = HashingGate(running: running, waiting: waiting)
    }

    /// How many hashes wait for their turn now.
    public var waitingCount: Int { gate.waitingCount }

    /// The hash to keep of a new password, in PHC form.
    ///
    /// Throws `.tryAgain` where too many wait or memory is short, `CancellationError` where the task is
    /// cancelled before its turn.
    public func hash(_ password: String) async throws -> String {
        try await gate.run { try self.newHash(password) }
    }

    /// Checks a password against what is kept.
    ///
    /// - Parameter kept: nil where there is no such user or no password: the answer is `.wrong`, after
    ///   the time that a hash with today's parameters takes, so that it does not tell who has an
    ///   account. (Until they log in, users whose hashes came with other parameters can be told.)
    ///
    /// Throws what `hash` throws, and `.io` where what is kept is no hash.
    public func check(_ password: String, against kept: String?) async throws -> Outcome {
        try await gate.run {
            guard let kept else {
                _ = try self.newHash(password)
                return .wrong
            }
            let hash = try PasswordHasher.read(kept)
            guard try hash.matches(Array(password.utf8)) else { return .wrong }
            let isUpgraded = hash.needsUpgrade(to: self.parameters)
            return .right(upgraded: isUpgraded ? try self.newHash(password) : nil)
        }
    }

    private func newHash(_ password: String) throws(TCError) -> String {
        try Scrypt(
            hashing: Array(password.utf8), salt: seams.bytes(Scrypt.saltByteCount),
            parameters: parameters
        ).phc
    }

    private static func read(_ kept: String) throws(TCError) -> Scrypt {
        do {
            return try Scrypt(phc: kept)
        } catch {
            // The fault is the store's, not that of whoever logs in.
            throw TCError(.io, "the password hash that is kept cannot be read: \(error.message)")
        }
    }
}
