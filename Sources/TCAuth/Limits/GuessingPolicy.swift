import TCCore

/// How fast passwords may be tried.
public struct GuessingPolicy: Sendable, Equatable {
    /// Delays of one kind: nothing for fewer than `free` failures; with that many `first`, doubled by
    /// each further one, at most `longest`.
    public struct Delays: Sendable, Equatable {
        /// At least 1.
        public var free: Int64
        /// Whole milliseconds, at least 1, and `longest` at least as much.
        public var first: Duration
        public var longest: Duration
        /// Failures are forgotten after so long, which is longer than `longest`.
        public var memory: Duration

        public init(free: Int64, first: Duration, longest: Duration, memory: Duration) {
            precondition(free >= 1 && first >= .milliseconds(1))
            precondition(longest >= first && memory > longest)
            self.free = free
            self.first = first
            self.longest = longest
            self.memory = memory
        }

        /// The wait after so many failures.
        func delay(after failures: Int64) -> Int64 {
            guard failures >= free else { return 0 }
            // Past 2^40 ms, some 35 years, doubling on would only overflow.
            let doublings = min(failures - free, 40)
            let (delay, isOver) = first.milliseconds.multipliedReportingOverflow(by: 1 << doublings)
            return isOver ? longest.milliseconds : min(delay, longest.milliseconds)
        }
    }

    /// Failures of one origin on one account since its last success; forgotten after a quiet
    /// `memory`.
    public var pair: Delays
    /// Failures on one account from all origins that it does not know, counted from the first.
    public var account: Delays
    /// Failures of one address on all accounts that do not know it, counted from the first.
    public var address: Delays
    /// How long an origin is known after it has logged in.
    public var knownFor: Duration

    public init(pair: Delays, account: Delays, address: Delays, knownFor: Duration) {
        self.pair = pair
        self.account = account
        self.address = address
        self.knownFor = knownFor
    }

    /// An origin may fail five times on an account before it waits, 1 s and up to 15 min. An account
    /// makes strangers wait after 20 failures, up to a minute; an address after 50 in an hour, up to
    /// 15 min, since many people may share it.
    public static let standard = GuessingPolicy(
        pair: Delays(free: 5, first: .seconds(1), longest: .seconds(900), memory: .seconds(86_400)),
        account: Delays(
            free: 20, first: .seconds(1), longest: .seconds(60), memory: .seconds(86_400)),
        address: Delays(
            free: 50, first: .seconds(1), longest: .seconds(900), memory: .seconds(3600)),
        knownFor: .seconds(90 * 86_400))
}
