/// Decides whether a caller may make one more request now.
public protocol RateLimiter: Sendable {
    /// Counts one request of `caller`.
    ///
    /// - Throws: `unavailable` where the counter cannot be reached and the limiter has no answer of
    ///   its own.
    func admit(_ caller: RateLimitCaller) async throws -> RateLimitVerdict
}

/// Whose requests are counted together.
public enum RateLimitCaller: Hashable, Sendable {
    /// A user that is proven, by id.
    case user(String)
    /// An address, where there is no user.
    case address(String)
}

/// What a limiter says to one request.
public struct RateLimitVerdict: Equatable, Sendable {
    /// The limit's name: a word of letters, digits and `-`.
    public let policy: String
    /// How many requests a window takes.
    public let quota: Int
    /// The length of a window in seconds, 1 or more.
    public let windowSeconds: Int
    /// How many more are admitted before the window ends; 0 or more.
    public let remaining: Int
    /// Seconds until more are admitted; 0 or more.
    public let resetSeconds: Int
    /// Whether this one is admitted.
    public let isAdmitted: Bool

    /// All as counted.
    public init(
        policy: String, quota: Int, windowSeconds: Int, remaining: Int, resetSeconds: Int,
        isAdmitted: Bool
    ) {
        self.policy = policy
        self.quota = quota
        self.windowSeconds = windowSeconds
        self.remaining = remaining
        self.resetSeconds = resetSeconds
        self.isAdmitted = isAdmitted
    }
}
