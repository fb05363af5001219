/// Sebastiano Vigna's SplitMix64: eight bytes of state, a few cycles a number, and the same numbers
/// on every machine. Not for secrets.
struct SplitMix {
    private var state: UInt64

    /// Equal arguments give equal sequences; different streams of one seed are unrelated.
    init(seed: UInt64, stream: UInt64) {
        state = SplitMix.mixed(SplitMix.mixed(seed) ^ (stream &* 0xD134_2543_DE82_EF95))
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SplitMix.mixed(state)
    }

    /// A number from 0 to `bound - 1`; `bound` is 1 to 2³².
    ///
    /// The bias of a multiplication instead of a rejection is below 2⁻³² · bound: no test sees it.
    @inline(__always)
    mutating func below(_ bound: Int64) -> Int64 {
        Int64(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// The smaller of two numbers below `bound`: short stays are commoner than long ones.
    mutating func skewed(_ bound: Int64) -> Int64 { min(below(bound), below(bound)) }

    /// True with the chance that something which happens every `seconds` on average happens within
    /// `milliseconds`.
    @inline(__always)
    mutating func happens(every seconds: UInt64, in milliseconds: Int64) -> Bool {
        (next() >> 32) &* (seconds &* 1000) < UInt64(truncatingIfNeeded: milliseconds) << 32
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
