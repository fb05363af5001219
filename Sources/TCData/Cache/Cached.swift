import TCCore

/// What a loader must see at least, so that nothing older than a change that is known goes into the
/// cache.
public struct Fence: Sendable, Equatable {
    /// The least position in the primary's log that the place read from must have reached; nil where no
    /// change is known.
    public let leastLSN: UInt64?
    /// Whether only the primary will do: there may have been a change of which no position is known.
    public let needsPrimary: Bool
    /// Whether only this node's own changes are known, since the shared cache is out of use: then how
    /// far a place lags behind is for the loader to bound. The value is not kept.
    public let isPartial: Bool

    /// Whether a value that was read there satisfies it. The primary always does.
    func admits(_ loaded: Loaded) -> Bool {
        if loaded.origin == .primary { return true }
        guard !needsPrimary else { return false }
        guard let leastLSN else { return true }
        return loaded.lsn.map { $0 >= leastLSN } == true
    }
}

/// Where a value was read that did not come from the cache.
public enum ReadOrigin: Sendable, Equatable {
    case primary
    /// By the replica's name.
    case replica(String)
}

/// What a loader has read.
public struct Loaded: Sendable, Equatable {
    public var value: [UInt8]
    public var origin: ReadOrigin
    /// A position in the primary's log that was surely visible to the read: asked for before it, on the
    /// same connection. Nil on an engine that has none.
    public var lsn: UInt64?

    public init(_ value: [UInt8], from origin: ReadOrigin, lsn: UInt64? = nil) {
        self.value = value
        self.origin = origin
        self.lsn = lsn
    }
}

/// An answer, and how it came about.
public struct Cached: Sendable, Equatable {
    /// Who gave the answer.
    public enum Source: Sendable, Equatable {
        /// This process's cache, and the one that all nodes share.
        case l1, l2
        case loader(ReadOrigin)
    }

    public let value: [UInt8]
    public let source: Source
    /// How long ago the value began to be read; over nodes only as exact as their clocks agree, and
    /// never negative.
    public let age: Duration
    /// As the loader told it.
    public let lsn: UInt64?
}

/// What a change has brought about.
public struct Written<Value: Sendable>: Sendable {
    public var value: Value
    /// A position in the primary's log that is not before the commit; nil on an engine that has none.
    public var lsn: UInt64?

    public init(_ value: Value, lsn: UInt64? = nil) {
        self.value = value
        self.lsn = lsn
    }
}
