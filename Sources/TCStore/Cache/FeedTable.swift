import TCCore

/// Which feeds listen on which channel, with a limit on all of them.
package struct FeedTable {
    private var feeds: [String: [Int: CacheFeed]] = [:]
    private var count = 0
    private var lastID = 0
    private let limit: Int

    package init(limit: Int) { self.limit = limit }

    /// The channels that somebody listens on.
    package var channels: [String] { Array(feeds.keys) }

    package var all: [CacheFeed] { feeds.values.flatMap(\.values) }

    /// Those who listen on `channel`.
    package func listeners(on channel: String) -> [CacheFeed] {
        feeds[channel].map { Array($0.values) } ?? []
    }

    /// Adds a listener and says whether it is the channel's first; `unavailable` when the limit is
    /// reached.
    package mutating func add(
        _ feed: CacheFeed, on channel: String
    ) throws -> (id: Int, isFirst: Bool) {
        guard count < limit else {
            throw TCError(.unavailable, "the cache has \(limit) subscriptions and takes no more")
        }
        lastID += 1
        count += 1
        feeds[channel, default: [:]][lastID] = feed
        return (lastID, feeds[channel]?.count == 1)
    }

    /// Removes a listener, if it is still there, and says whether it was the channel's last.
    package mutating func remove(_ id: Int, from channel: String) -> Bool {
        guard feeds[channel]?.removeValue(forKey: id) != nil else { return false }
        count -= 1
        guard feeds[channel]?.isEmpty == true else { return false }
        feeds[channel] = nil
        return true
    }

    /// Removes everyone and says who they were.
    package mutating func removeAll() -> [CacheFeed] {
        defer {
            feeds = [:]
            count = 0
        }
        return all
    }
}
