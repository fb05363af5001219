import TCCore

/// A statement that a query log tells of.
public struct LoggedStatement: Sendable {
    /// Where it begins in the log, counted from 1.
    public let line: Int
    /// When it was logged, by the log's own clock; nil where the log does not say.
    public let time: Instant?
    /// What it was run for: `trace 4bf9…`, or `session 4711, transaction 3` where nothing else is
    /// known.
    public let request: String
    /// Where in a program it came from; nil where the log does not say.
    public let caller: String?
    /// The statement, cut into tokens.
    public let statement: ScannedSQL
    /// The values of `$1`, `$2` … as text, nil for null; empty where the log does not tell them.
    public let parameters: [String?]
    /// How long it took; nil where the log does not say.
    public let milliseconds: Double?

    /// Any statement of any request.
    public init(
        line: Int, time: Instant?, request: String, caller: String?, statement: ScannedSQL,
        parameters: [String?], milliseconds: Double?
    ) {
        self.line = line
        self.time = time
        self.request = request
        self.caller = caller
        self.statement = statement
        self.parameters = parameters
        self.milliseconds = milliseconds
    }
}

/// What a reader finds in a query log, in order.
public enum QueryLogEvent: Sendable {
    case statement(LoggedStatement)
    /// No further statement belongs to this request.
    case requestEnded(String)
    /// Something that is not what it must be; reading goes on behind it.
    case fault(QueryLogFault)
}

/// Why lines of a query log tell of no statement.
public struct QueryLogFault: Error, Equatable, Sendable {
    /// The first of the lines, counted from 1.
    public let line: Int
    /// Starts in lower case; it holds no value of a statement.
    public let message: String
}

extension QueryLogFault: TCErrorConvertible {
    public var tcError: TCError { TCError(.badInput, "line \(line): \(message)") }
}
