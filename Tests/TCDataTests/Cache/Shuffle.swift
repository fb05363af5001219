import Synchronization

/// Runs tasks on one thread, one piece at a time, in an order that a seed decides: each piece goes up
/// to where its task waits. What runs the same tasks with the same seed runs them alike.
final class Shuffle: TaskExecutor {
    private struct State {
        var ready: [UnownedJob] = []
        var parked: [UnsafeContinuation<Void, Never>] = []
        var random: SeededRandom
    }

    private enum Next {
        case job(UnownedJob)
        case parked(UnsafeContinuation<Void, Never>)
    }

    private let state: Mutex<State>

    init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// Lets any other task go first.
    func step() async {
        await withUnsafeContinuation { continuation in
            state.withLock { $0.parked.append(continuation) }
        }
    }

    func random(_ range: ClosedRange<Int>) -> Int {
        state.withLock { Int.random(in: range, using: &$0.random) }
    }

    /// True once in `count` times.
    func chance(_ count: Int) -> Bool { random(1...count) == 1 }

    func word() -> UInt64 { state.withLock { $0.random.next() } }

    /// Returns when nothing is left that could go on, after so many pieces at most.
    func run(most: Int) -> Bool {
        for _ in 0..<most {
            let next = state.withLock { state -> Next? in
                let count = state.ready.count + state.parked.count
                guard count > 0 else { return nil }
                let choice = Int.random(in: 0..<count, using: &state.random)
                if choice < state.ready.count {
                    state.ready.swapAt(choice, state.ready.count - 1)
                    return state.ready.popLast().map { .job($0) }
                }
                state.parked.swapAt(choice - state.ready.count, state.parked.count - 1)
                return state.parked.popLast().map { .parked($0) }
            }
            switch next {
            case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .parked(let continuation): continuation.resume()
            case nil: return true
            }
        }
        return false
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
