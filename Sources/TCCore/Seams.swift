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

    /// As many random bytes, unpredictable outside tests: for nonces, salts and opaque tokens.
    ///
    /// - Parameter count: 0 or more.
    public func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { out, written in
            var word: UInt64 = 0
            for index in 0..<count {
                if index % 8 == 0 { word = random() }
                out.initializeElement(at: index, to: UInt8(truncatingIfNeeded: word))
                word >>= 8
            }
            written = count
        }
    }
}
