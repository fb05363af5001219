/// The exit statuses of every command. They stand in each man page and never change meaning.
///
/// The numbers from 64 are those of BSD's sysexits.h.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    /// A negative answer: not found, none matched, invalid, declined.
    case negative = 1
    case usage = 64
    /// Some input was rejected; the rest was processed.
    case inputRejected = 65
    case unavailable = 69
    case bug = 70
    case inputOutput = 74
    case tryAgain = 75
    case notPermitted = 77
    case configuration = 78
    case interrupted = 130

    public init(_ kind: TCError.Kind) {
        switch kind {
        case .usage: self = .usage
        case .badInput: self = .inputRejected
        case .unavailable: self = .unavailable
        case .bug: self = .bug
        case .io: self = .inputOutput
        case .tryAgain: self = .tryAgain
        case .notPermitted: self = .notPermitted
        case .configuration: self = .configuration
        case .interrupted: self = .interrupted
        }
    }

    /// One line for man pages and help.
    public var meaning: String {
        switch self {
        case .done: "done"
        case .negative: "a negative answer: not found, none matched, invalid, declined"
        case .usage: "usage error"
        case .inputRejected: "some input was rejected"
        case .unavailable: "an engine is unavailable"
        case .bug: "a bug in tc"
        case .inputOutput: "input/output error"
        case .tryAgain: "try again later"
        case .notPermitted: "not permitted"
        case .configuration: "configuration error"
        case .interrupted: "interrupted"
        }
    }
}
