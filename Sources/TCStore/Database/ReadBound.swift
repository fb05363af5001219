/// How far behind the primary the member may be that answers a read.
public struct ReadBound: Sendable, Equatable {
    /// The age of what may be missing: everything that was committed longer ago is seen. Where it is
    /// less than the time between two looks at a replica, some 200 ms, only the primary answers.
    public var maxLag: Duration
    /// A position that must have been replayed, such as `writePosition` gave after a write: the read
    /// sees that write.
    public var minLSN: LSN?
    /// How long a replica is waited for that has replayed `minLSN`, before the primary is asked.
    public var patience: Duration

    /// - Parameters:
    ///   - maxLag: 0 or more.
    ///   - patience: 0 or more.
    public init(
        maxLag: Duration = .milliseconds(500), minLSN: LSN? = nil,
        patience: Duration = .milliseconds(50)
    ) {
        self.maxLag = maxLag
        self.minLSN = minLSN
        self.patience = patience
    }
}
