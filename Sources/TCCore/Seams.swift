/// Time and randomness as values, handed in by the composition root, so that every expiry, window
/// and retry is tested by moving a clock and every random choice by a seed.
public struct Seams: Sendable {
    /// The wall clock, UTC.
    public var now: @Sendable () -> Instant
    /// Seconds on a clock that never steps back; only differences mean anything.
    public var uptime: @Sendable () -> Double
    /// 64 random bits, unpredictable outside tests.
    public var random: @Sendable () -> UInt64

    public init(
        now: @escaping @Sendable () -> Instant, uptime: @escaping @Sendable () -> Double,
        random: @escaping @Sendable () -> UInt64
    ) {
        self.now = now
        self.uptime = uptime
        self.random = random
    }
}
