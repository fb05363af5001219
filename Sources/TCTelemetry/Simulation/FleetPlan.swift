import TCCore

/// How often each vehicle sends: so many messages in so long, `1/s`, `10/s`, `2/m`, `1/30s`.
public struct MessageRate: Hashable, Sendable {
    /// At least 1.
    public let messages: Int64
    /// The time in which they are sent, in milliseconds; at least 1.
    public let perMilliseconds: Int64

    public static let oncePerSecond = MessageRate(messages: 1, perMilliseconds: 1000)

    init(messages: Int64, perMilliseconds: Int64) {
        self.messages = messages
        self.perMilliseconds = perMilliseconds
    }

    /// Reads `COUNT/TIME`, where TIME is a duration whose leading 1 may be left out: `1/s`, `3/m`,
    /// `1/30s`. Nil for anything else, and outside one message an hour to a thousand a second.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let messages = Int64(parts[0]), messages > 0,
            let first = parts[1].first,
            let time = Duration(text: first.isNumber ? String(parts[1]) : "1" + parts[1])
        else { return nil }
        let milliseconds = time.milliseconds
        // The million keeps messages times milliseconds of a hundred years within 64 bits.
        guard milliseconds > 0, messages <= min(milliseconds, 1_000_000),
            milliseconds / messages <= 3_600_000
        else { return nil }
        self.init(messages: messages, perMilliseconds: milliseconds)
    }

    /// The milliseconds from the start to tick `number`, exact, so that three messages a second
    /// do not drift.
    func offset(ofTick number: Int64) -> Int64 { number * perMilliseconds / messages }

    /// The number of ticks that begin within `milliseconds` of the start.
    func ticks(in milliseconds: Int64) -> Int64 {
        (milliseconds * messages + perMilliseconds - 1) / perMilliseconds
    }
}

/// What a simulation run is made of. Two runs of equal plans give the same bytes, on any machine
/// and with any number of threads.
public struct FleetPlan: Hashable, Sendable {
    /// The most vehicles a plan can have: as many serial numbers as the VINs leave room for.
    public static let maximumVehicles = 8_000_000
    /// The start where none is given: fixed, since a run must not depend on when it is made.
    public static let defaultStart = Instant(milliseconds: 1_767_323_045_000)

    public let vehicles: Int
    public let duration: Duration
    public let rate: MessageRate
    public let seed: UInt64
    public let start: Instant
    /// Broken and odd lines for each message, 0 to 1; `LineDirt` lists them.
    public let dirty: Double

    /// Throws a usage error that names the value where `vehicles` is not 1 to 8,000,000, `duration`
    /// is not positive, `dirty` is not 0 to 1, or the run would leave the years 1970 to 2100.
    public init(
        vehicles: Int, duration: Duration, rate: MessageRate = .oncePerSecond, seed: UInt64 = 1,
        start: Instant = FleetPlan.defaultStart, dirty: Double = 0
    ) throws(TCError) {
        guard vehicles >= 1, vehicles <= FleetPlan.maximumVehicles else {
            throw TCError(
                .usage, "a fleet has 1 to \(FleetPlan.maximumVehicles) vehicles, got \(vehicles)")
        }
        guard duration > .zero else {
            throw TCError(.usage, "the duration must be more than 0s")
        }
        guard dirty >= 0, dirty <= 1 else {
            throw TCError(.usage, "the dirty fraction must be 0 to 1, got \(dirty)")
        }
        let end = Day(year: 2101, month: 1, day: 1)!.start.milliseconds
        guard start.milliseconds >= 0,
            start.milliseconds + duration.milliseconds + rate.perMilliseconds <= end
        else {
            throw TCError(
                .usage, "a run must lie within the years 1970 to 2100, got start \(start)")
        }
        guard rate.ticks(in: duration.milliseconds) < Int64(Int32.max) else {
            throw TCError(.usage, "a run has at most 2147483646 messages a vehicle")
        }
        self.vehicles = vehicles
        self.duration = duration
        self.rate = rate
        self.seed = seed
        self.start = start
        self.dirty = dirty
    }

    /// The number of messages that each vehicle makes.
    public var ticks: Int64 { rate.ticks(in: duration.milliseconds) }
}
