/// Calls to other services over HTTP, as the families make them.
public protocol OutboundHTTP: Sendable {
    /// Sends one request and reads the whole answer, whatever its status. A redirect is an answer like
    /// any other: nothing follows it.
    ///
    /// Throws `.unavailable` where no whole answer came in time or it was longer than allowed; the
    /// message names the host and nothing else of the request. Throws `CancellationError` where the task
    /// is cancelled.
    func send(_ request: OutboundRequest) async throws -> OutboundAnswer
}

/// A request to another service.
public struct OutboundRequest: Sendable {
    /// Those that are needed so far; the raw value is what is sent.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public var method: Method
    public var address: WebAddress
    /// Names and values as they are sent, without CR, LF and NUL. `Host` and the length are added.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// From the first step to the last byte of the answer.
    public var timeLimit: Duration
    /// The most bytes that the answer's body may have.
    public var answerLimit: Int

    /// A request that takes ten seconds and answers with 256 KiB at most.
    public init(
        _ method: Method, _ address: WebAddress, headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], timeLimit: Duration = .seconds(10), answerLimit: Int = 1 << 18
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.timeLimit = timeLimit
        self.answerLimit = answerLimit
    }
}

/// What another service answered.
public struct OutboundAnswer: Sendable {
    public var status: Int
    /// In the order in which they came; names in any case.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    /// All as it came.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
