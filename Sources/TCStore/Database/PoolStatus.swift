/// The connections of this process to one database, and who waits for them.
public struct PoolStatus: Sendable, Equatable {
    /// How many there may be.
    public var size: Int
    /// How many are lent now.
    public var inUse: Int
    /// How many calls wait for one now.
    public var waiting: Int
    /// How long the call waited that has waited the longest so far, those that gave up among them.
    public var longestWait: Duration

    public init(size: Int, inUse: Int, waiting: Int, longestWait: Duration) {
        self.size = size
        self.inUse = inUse
        self.waiting = waiting
        self.longestWait = longestWait
    }
}
