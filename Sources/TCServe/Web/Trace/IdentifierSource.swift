import Synchronization
import TCCore

/// Numbers that name requests and spans: never zero, never the same twice in one process, and from a
/// random start, so that two processes hardly ever meet.
///
/// They are not secret and may be foreseen, which is what makes them cheap: an addition that threads
/// need not wait for, and the mixing of SplitMix64, which gives every number once. Asking the system
/// for randomness would cost each request several calls into the kernel.
final class IdentifierSource: Sendable {
    private let state: Atomic<UInt64>

    init(seams: Seams) { state = Atomic(seams.random()) }

    func next() -> UInt64 {
        let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15
        var mixed = state.wrappingAdd(gamma, ordering: .relaxed).newValue
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return mixed == 0 ? next() : mixed
    }
}
