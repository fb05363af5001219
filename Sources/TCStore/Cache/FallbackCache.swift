import Synchronization
import TCCore

/// A shared cache whose counters go on in this node's memory while it cannot be reached: for limits
/// and guards, which may neither stand open nor lock everybody out when a server is down.
///
/// Every call asks the shared cache first, which answers at once that it is down, so that counting
/// together resumes by itself with the first call that is answered. While it is down each node counts
/// alone: of N nodes each lets a whole limit through. What a node counted alone is not carried over
/// when the server is back, and what was counted together before the loss still stands there.
///
/// Messages are not replaced: `publish` and `subscribe` are the shared cache's.
public final class FallbackCache: Cache {
    /// Where calls go from now on.
    public enum Change: Sendable, Equatable {
        /// To this node's memory, for this reason.
        case alone(TCError)
        /// To the shared cache again.
        case together
    }

    private let shared: any Cache
    private let own: MemoryCache
    private let onChange: @Sendable (Change) -> Void
    private let isAlone = Mutex(false)

    /// Closing this closes both caches.
    ///
    /// - Parameter onChange: called when the shared cache begins to fail and when it is back, once
    ///   each: a line for the log.
    public init(
        shared: any Cache, own: MemoryCache, onChange: @escaping @Sendable (Change) -> Void
    ) {
        self.shared = shared
        self.own = own
        self.onChange = onChange
    }

    public func get(_ key: String) async throws -> [UInt8]? {
        try await either { try await $0.get(key) }
    }

    public func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) async throws {
        try await either { try await $0.set(key, value, expiresAfter: expiresAfter) }
    }

    @discardableResult
    public func delete(_ keys: [String]) async throws -> Int {
        try await either { try await $0.delete(keys) }
    }

    public func increment(
        _ key: String, by amount: Int64, expiresAfter: Duration?
    ) async throws -> Int64 {
        try await either { try await $0.increment(key, by: amount, expiresAfter: expiresAfter) }
    }

    public func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) async throws -> CacheReply {
        try await either { try await $0.run(script, keys: keys, arguments: arguments) }
    }

    public func publish(_ channel: String, _ message: [UInt8]) async throws {
        try await shared.publish(channel, message)
    }

    public func subscribe(_ channel: String) async throws -> CacheSubscription {
        try await shared.subscribe(channel)
    }

    /// Throws while the shared cache does not answer, although calls are served.
    public func check() async throws { try await shared.check() }

    public func close() async {
        await shared.close()
        own.close()
    }

    private func either<R: Sendable>(_ body: (any Cache) async throws -> R) async throws -> R {
        do {
            let result = try await body(shared)
            note(.together)
            return result
        } catch let error as TCError where error.kind != .badInput {
            // Whatever the reason, a defect of ours included: no door may stand open for it.
            note(.alone(error))
            return try await body(own)
        }
    }

    private func note(_ change: Change) {
        let isNowAlone = change != .together
        let isNew = isAlone.withLock { isAlone in
            defer { isAlone = isNowAlone }
            return isAlone != isNowAlone
        }
        if isNew { onChange(change) }
    }
}
