import Synchronization

/// What a subscriber hears.
public enum CacheEvent: Sendable, Equatable {
    /// A message, in the order of its publisher.
    case message([UInt8])
    /// From here on messages may be missing: the connection was lost, or this subscriber was too
    /// slow. Whoever keeps something current by these messages stops trusting it.
    case lost
    /// Messages arrive again; what was published since `lost` is gone. Always after a `lost`.
    case resumed
}

/// The messages of one channel, from `Cache.subscribe` on, for one consumer.
///
/// Ends when the cache is closed, when the consumer's task is cancelled or after `cancel`; letting go
/// of the last reference cancels too.
public final class CacheSubscription: AsyncSequence, AsyncIteratorProtocol, Sendable {
    private let feed: CacheFeed
    private let onCancel: @Sendable () -> Void

    package init(_ feed: CacheFeed, onCancel: @escaping @Sendable () -> Void) {
        self.feed = feed
        self.onCancel = onCancel
    }

    deinit { cancel() }

    public func makeAsyncIterator() -> CacheSubscription { self }

    /// The next event, waiting for it; nil at the end. One task may wait at a time.
    public func next() async -> CacheEvent? {
        await withTaskCancellationHandler {
            await feed.next()
        } onCancel: {
            cancel()
        }
    }

    /// Ends the subscription; once more does nothing.
    public func cancel() {
        feed.end()
        onCancel()
    }
}

/// The engine's end of a subscription: a queue with a limit.
///
/// A subscriber that is slower than its messages does not make anybody wait: when the queue is full,
/// all of it is dropped and `lost`, `resumed` stand in its place. Dropping everything is right, since
/// who hears `lost` must forget what it learned from the messages before it anyway.
package final class CacheFeed: Sendable {
    private struct State {
        var queue = Queue<CacheEvent>()
        /// Whether the newest event leaves it lost, and whether the newest that was taken did.
        var isLost = false
        var takerIsLost = false
        var isEnded = false
        var waiter: CheckedContinuation<CacheEvent?, Never>?

        mutating func append(_ event: CacheEvent, limit: Int) {
            if queue.count >= limit {
                queue = Queue()
                if !takerIsLost { queue.append(.lost) }
                switch event {
                case .message: queue.append(.resumed)
                case .lost: return
                case .resumed: break
                }
            }
            queue.append(event)
        }

        mutating func take() -> CacheEvent? {
            guard let event = queue.popFirst() else { return nil }
            noteTaken(event)
            return event
        }

        mutating func noteTaken(_ event: CacheEvent) {
            switch event {
            case .message: break
            case .lost: takerIsLost = true
            case .resumed: takerIsLost = false
            }
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: how many messages may wait, at least 1.
    package init(limit: Int) {
        precondition(limit >= 1)
        self.limit = limit
    }

    package func deliver(_ message: [UInt8]) {
        give(.message(message))
    }

    /// Tells `lost`, unless that was the last to be told.
    package func lose() { give(.lost) }

    /// Tells `resumed`, if `lost` was told.
    package func resume() { give(.resumed) }

    /// Ends the sequence; what waits to be heard is dropped.
    package func end() {
        let waiter = state.withLock { state in
            state.isEnded = true
            state.queue = Queue()
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    fileprivate func next() async -> CacheEvent? {
        await withCheckedContinuation { continuation in
            let (isReady, event) = state.withLock { state -> (Bool, CacheEvent?) in
                if state.isEnded { return (true, nil) }
                if let event = state.take() { return (true, event) }
                precondition(state.waiter == nil, "one task may wait on a subscription")
                state.waiter = continuation
                return (false, nil)
            }
            if isReady { continuation.resume(returning: event) }
        }
    }

    private func give(_ event: CacheEvent) {
        let waiter = state.withLock { state -> CheckedContinuation<CacheEvent?, Never>? in
            if state.isEnded { return nil }
            switch event {
            case .lost where state.isLost, .message where state.isLost: return nil
            case .resumed where !state.isLost: return nil
            case .lost: state.isLost = true
            case .resumed: state.isLost = false
            case .message: break
            }
            guard let waiter = state.waiter else {
                state.append(event, limit: limit)
                return nil
            }
            state.waiter = nil
            state.noteTaken(event)
            return waiter
        }
        waiter?.resume(returning: event)
    }
}
