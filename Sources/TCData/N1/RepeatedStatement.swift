/// A statement that was run again and again inside one request.
public struct RepeatedStatement: Sendable {
    public let fingerprint: StatementFingerprint
    /// Where in a program it came from; nil where the log does not say.
    public let caller: String?
    /// How many requests repeated it.
    public internal(set) var requests: Int
    /// How often they ran it, all together.
    public internal(set) var count: Int
    /// How often the request ran it that did so most.
    public internal(set) var most: Int
    /// That request.
    public internal(set) var request: String
    /// How long all of them took, as far as the log says; nil where it never does.
    public internal(set) var milliseconds: Double?
    /// Where the first of them stands in the log.
    public let line: Int
    /// What would replace one request's.
    public let batched: BatchedQuery

    mutating func add(_ other: RepeatedStatement) {
        requests += other.requests
        count += other.count
        if other.most > most { (most, request) = (other.most, other.request) }
        if let more = other.milliseconds { milliseconds = (milliseconds ?? 0) + more }
    }
}
