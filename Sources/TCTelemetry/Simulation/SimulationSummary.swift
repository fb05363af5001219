/// What a simulation run wrote.
public struct SimulationSummary: Equatable, Sendable {
    /// Different messages: vehicles × ticks.
    public internal(set) var messages = 0
    /// Messages that were held back without a signal and came late.
    public internal(set) var late = 0
    /// Lines that repeat an earlier one byte for byte.
    public internal(set) var repeated = 0
    /// Valid messages in an unusual spelling, each a repetition of the line before it.
    public internal(set) var odd = 0
    /// Lines that a reader must reject.
    public internal(set) var broken = 0
    public internal(set) var bytes = 0

    /// All lines but the blank ones.
    public var lines: Int { messages + repeated + odd + broken }

    static func += (sum: inout SimulationSummary, part: SimulationSummary) {
        sum.messages += part.messages
        sum.late += part.late
        sum.repeated += part.repeated
        sum.odd += part.odd
        sum.broken += part.broken
        sum.bytes += part.bytes
    }
}
