import Synchronization
import TCCore

extension Seams {
    /// A clock that stands at 2026-01-01 and randomness from a seed (SplitMix64).
    static func seeded(
        _ seed: UInt64, now: @escaping @Sendable () -> Instant = { .newYear }
    ) -> Seams {
        let state = Mutex(seed)
        return Seams(now: now, uptime: { 0 }) {
            state.withLock { state in
                state &+= 0x9E37_79B9_7F4A_7C15
                var z = state
                z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
                z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
                return z ^ z >> 31
            }
        }
    }
}

extension Instant {
    /// 2026-01-01T00:00:00Z.
    static let newYear = Instant(milliseconds: 1_767_225_600_000)

    static func + (moment: Instant, rest: Duration) -> Instant {
        Instant(milliseconds: moment.milliseconds + rest.milliseconds)
    }
}
