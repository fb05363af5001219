import TCCore

/// What a read cache has done since it was made, and what it holds now.
public struct ReadCacheStatistics: Sendable, Equatable {
    /// Whom the cache works with.
    public enum Mode: Sendable, Equatable {
        /// This process alone, as it was made.
        case alone
        /// All nodes of one shared cache.
        case shared
        /// Nobody, for this reason: every read goes to its loader.
        case bypassed(TCError)
    }

    public var mode = Mode.alone
    /// Reads that were answered from this process, and from the shared cache.
    public var localHits = 0
    public var sharedHits = 0
    /// Reads for which a loader ran.
    public var misses = 0
    /// Reads that waited for another's loader instead.
    public var shared = 0
    /// Values that were loaded and not kept, because a change was going on or they are too long.
    public var fillsRefused = 0
    /// Entries of this process that went because a limit was reached.
    public var evictions = 0
    /// Entries of this process, those that are invalid and were not met yet included, and their bytes.
    public var localEntries = 0
    public var localBytes = 0
}
