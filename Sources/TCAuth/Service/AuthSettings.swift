import TCCore
import TCCrypto
import TCStore

/// What an operator may choose; each has a default that suits a daemon.
public struct AuthSettings: Sendable {
    /// How long a refresh token is good for, counted anew from each rotation: a session that is used
    /// every week lasts until somebody ends it.
    public var refreshLifetime = Duration.seconds(7 * 86_400)
    /// How long after a rotation its losers still get the same successor; a use after that revokes
    /// the session.
    public var grace = Duration.seconds(30)
    /// How old what online verification believes of a session may be, at most; at most a second.
    public var believedFor = Duration.seconds(1)
    /// Of how many sessions that much is kept in memory, some 200 bytes each.
    public var rememberedSessions = 100_000
    /// The role of who registers.
    public var defaultRole = "user"
    /// What authenticator apps show above the code: a name without ':'.
    public var mfaIssuer = "tc"
    public var requestLimit = RateLimit.standard
    public var guessing = GuessingPolicy.standard
    /// How dear a guess at a password is.
    public var scrypt = ScryptParameters.recommended

    public init() {}
}
