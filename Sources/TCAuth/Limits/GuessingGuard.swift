import TCCore
import TCStore

/// Slows down whoever guesses passwords, without giving anybody the power to keep a user out.
///
/// An *origin* is where a login comes from: a device that proved by its cookie that it has logged in
/// to this account before, else the address. Each attempt is counted as a failure when it begins and
/// taken back when it succeeds, so that a thousand attempts at once are a thousand failures, and one
/// that never ends is one.
///
/// What it promises, with `GuessingPolicy.standard`:
/// 1. *Guessing is slow.* One origin gets five attempts on an account at once, then one after each
///    wait of 1, 2, 4 … seconds, at most 15 minutes: some 110 on the first day, and 96 on each later.
/// 2. *Many origins do not help much.* When an account has seen 20 failures of origins that it does
///    not know, every such origin waits before its first attempt too, up to a minute; when an address
///    has failed 50 times within an hour, on whichever accounts, up to 15 minutes. Attempts with such
///    a wait get none for free.
/// 3. *Nobody is locked out.* Waits belong to a pair of origin and account. Whoever waits as long as
///    they were told is let through, whatever others do meanwhile, from elsewhere or on other
///    accounts; and no wait is longer than 15 minutes. An attempt that comes too early changes
///    nothing.
/// 4. *An owner does not feel an attack.* An origin that has logged in to the account within 90 days
///    is judged by its own failures alone, and its success forgets them. Who shares an address with
///    an attacker is told apart by the device.
/// 5. *An account that does not exist is treated alike*, since nothing here asks whether it does.
///
/// (2) is bounded by (3): who has a thousand addresses is a thousand strangers, and each is let
/// through after its wait. What is left to a botnet is held by the limit on requests and by refusing
/// common passwords.
///
/// The counters stand in the cache, on its clock, and are gone when they have nothing more to say. A
/// cache that is full may forget them earlier. Over a `FallbackCache` each node guards alone while
/// the server is down.
public struct GuessingGuard: Sendable {
    /// What becomes of a login that wants to try a password.
    public enum Verdict: Sendable, Equatable {
        /// Try it, and say so with `succeeded` if it was right; otherwise nothing more is to be done.
        case proceed(Attempt)
        /// Do not look at the password. The same login is let through when this has passed.
        case wait(Duration)
    }

    /// A login that is under way.
    public struct Attempt: Sendable, Equatable {
        fileprivate let keys: Keys
        /// Whether this origin has logged in to the account before.
        public let isKnown: Bool
        /// What the next attempt of this origin must wait if this one fails.
        public let waitAfterFailure: Duration
    }

    fileprivate struct Keys: Sendable, Equatable {
        let pair: String
        let known: String
        let account: String
        let address: String

        init(account: String, address: String, device: String?) {
            // One hash tag, so that one script may touch all three; never an empty one.
            let tag = "guess:{a:\(account)}"
            let origin = device.map { "device:\($0)" } ?? "address:\(address)"
            pair = "\(tag):pair:\(origin)"
            known = "\(tag):known:\(origin)"
            self.account = "\(tag):all"
            self.address = "guess:{b:\(address)}:all"
        }
    }

    private let cache: any Cache
    private let policy: GuessingPolicy

    public init(on cache: any Cache, policy: GuessingPolicy = .standard) {
        self.cache = cache
        self.policy = policy
    }

    /// Counts an attempt, unless it must wait.
    ///
    /// Two or three round trips to the cache. Attempts at the same moment from one address on several
    /// accounts may each miss that the others count on the address.
    ///
    /// - Parameters:
    ///   - account: what the login names, normalised, or a digest of that.
    ///   - address: whose request it is, as text; for IPv6 the network that one customer has.
    ///   - device: the id in a cookie of this account that the service has verified; nil without.
    ///   - instant: the time to go by instead of the cache's. Nil but in tests.
    /// - Throws: what the cache throws; `bad_input` where a name is too long for a key.
    public func begin(
        account: String, address: String, device: String? = nil, at instant: Instant? = nil
    ) async throws -> Verdict {
        let keys = Keys(account: account, address: address, device: device)
        let addressFailures = try await cache.get(keys.address).flatMap {
            Int64(String(decoding: $0, as: UTF8.self))
        }
        let reply = try await cache.run(
            GuessingScripts.begin, keys: [keys.pair, keys.known, keys.account],
            arguments: GuessingScripts.arguments(
                policy, now: instant, isDevice: device != nil,
                addressFailures: addressFailures ?? 0))
        let numbers = try reply.integers(3)
        let wait = Duration.milliseconds(numbers[1])
        guard numbers[0] == 1 else { return .wait(wait) }
        let isKnown = numbers[2] == 1
        if !isKnown {
            _ = try await cache.increment(
                keys.address, by: 1, expiresAfter: policy.address.memory)
        }
        return .proceed(Attempt(keys: keys, isKnown: isKnown, waitAfterFailure: wait))
    }

    /// Takes an attempt back whose password was right: its origin's failures are forgotten and it is
    /// known from now on.
    ///
    /// What the account and the address have seen of others stays: who owns one account cannot wash
    /// an address clean with it.
    public func succeeded(_ attempt: Attempt) async throws {
        let keys = attempt.keys
        _ = try await cache.run(
            GuessingScripts.succeed, keys: [keys.pair, keys.known, keys.account],
            arguments: [
                .integer(policy.knownFor.milliseconds), .integer(attempt.isKnown ? 1 : 0),
            ])
        if !attempt.isKnown {
            _ = try await cache.run(GuessingScripts.takeBack, keys: [keys.address], arguments: [])
        }
    }
}
