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
    /// How old what online verification believes of a session may be, at most; at most a second. A
    /// little less, so that the answer is out within the second that is promised.
    public var believedFor = Duration.milliseconds(900)
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

    /// Throws `.configuration` for a value that cannot be meant.
    func check() throws(TCError) {
        func refuse(_ what: String, _ expected: String, _ got: String) throws(TCError) {
            throw TCError(.configuration, "\(what) must be \(expected), got \(got)")
        }
        if !(.seconds(60) ... .seconds(366 * 86_400)).contains(refreshLifetime) {
            try refuse("the life of refresh tokens", "1m to 366d", refreshLifetime.text)
        }
        if !(.zero ... .seconds(3600)).contains(grace) || grace >= refreshLifetime {
            try refuse(
                "the grace of rotation", "0s to 1h and less than a refresh token's life",
                grace.text)
        }
        if !(.zero ... .seconds(1)).contains(believedFor) {
            try refuse("the time that a session is believed for", "0s to 1s", believedFor.text)
        }
        if !(1...10_000_000).contains(rememberedSessions) {
            try refuse(
                "the number of remembered sessions", "1 to 10000000", "\(rememberedSessions)")
        }
        if mfaIssuer.isEmpty || mfaIssuer.utf8.contains(UInt8(ascii: ":")) {
            try refuse("the issuer of one-time codes", "a name without ':'", "'\(mfaIssuer)'")
        }
        do {
            try UserTexts.check(role: defaultRole)
        } catch {
            throw TCError(.configuration, error.message)
        }
    }
}
