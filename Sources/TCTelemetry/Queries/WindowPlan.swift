import TCCore

/// What `window` computes: how long a window is and what is asked of each.
public struct WindowPlan: Sendable {
    /// What is computed from the values of one signal in one window; absent values are passed over.
    public enum Function: String, CaseIterable, Sendable {
        case count, avg, sum, min, max, first, last, p50, p95, p99

        var percent: Int? {
            switch self {
            case .p50: 50
            case .p95: 95
            case .p99: 99
            default: nil
            }
        }
    }

    /// One function of one signal.
    public struct Aggregate: Sendable {
        public let function: Function
        public let signal: Signal
        /// The field of the result: `avg_speed_kph`.
        public var name: String { "\(function.rawValue)_\(signal.name)" }
        /// Where in `WindowPlan.signals` the signal stands.
        let slot: Int
    }

    /// Milliseconds, at least 1.
    public let every: Int64
    public let aggregates: [Aggregate]
    /// The signals that the aggregates need, each once.
    public let signals: [Signal]
    /// Which of `signals` need their values counted one by one.
    let needsCounts: [Bool]

    public var columns: ColumnSet { signals.reduce(into: []) { $0.insert(ColumnSet($1)) } }

    /// - Parameters:
    ///   - every: the length of a window; windows begin at its multiples since 1970-01-01T00:00Z.
    ///   - aggregates: `FUNCTION:SIGNAL`, or `count` alone (the rows, which every record carries
    ///     anyway), separated by commas.
    public init(every: Duration, aggregates text: String) throws(TCError) {
        guard every.milliseconds >= 1 else {
            throw TCError(.usage, "--every must be at least 1ms, got \(every.text)")
        }
        var aggregates: [Aggregate] = []
        var signals: [Signal] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let (function, signal) = try WindowPlan.aggregate(String(part)) else { continue }
            let slot = signals.firstIndex(of: signal) ?? signals.count
            if slot == signals.count { signals.append(signal) }
            let aggregate = Aggregate(function: function, signal: signal, slot: slot)
            guard !aggregates.contains(where: { $0.name == aggregate.name }) else {
                throw TCError(.usage, "--agg names '\(part)' twice")
            }
            aggregates.append(aggregate)
        }
        self.every = every.milliseconds
        self.aggregates = aggregates
        self.signals = signals
        needsCounts = signals.indices.map { slot in
            aggregates.contains { $0.slot == slot && $0.function.percent != nil }
        }
    }

    /// Nil for `count` alone.
    private static func aggregate(_ text: String) throws(TCError) -> (Function, Signal)? {
        let parts = text.split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        let names = Function.allCases.map(\.rawValue)
        guard let function = Function(rawValue: parts[0]) else {
            throw TCError(
                .usage, "--agg '\(text)': '\(parts[0])' is not a function",
                hint: nearest(to: parts[0], in: names).map { "did you mean '\($0)'?" }
                    ?? "the functions are \(names.joined(separator: ", "))")
        }
        guard parts.count == 2 else {
            if function == .count { return nil }
            throw TCError(
                .usage, "--agg '\(text)' names no signal", hint: "write \(text):speed_kph")
        }
        guard let signal = Signal(name: parts[1]) else {
            if EnumSignal(name: parts[1]) != nil {
                throw TCError(
                    .usage,
                    "--agg '\(text)': \(parts[1]) holds words; a signal with numbers is needed"
                )
            }
            throw .unknownSignal(parts[1], among: Signal.names)
        }
        return (function, signal)
    }

    /// The window that `time` lies in, by its start.
    @inline(__always)
    func start(of time: Int64) -> Int64 {
        let rest = time % every
        return time - (rest < 0 ? rest + every : rest)
    }
}
