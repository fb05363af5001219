import Synchronization
import TCCore
import TCStore

/// The connection that hears messages, for all subscriptions of a cache.
///
/// After a loss it subscribes anew to every channel that somebody listens on, and tells each listener
/// `lost` and, when the server has confirmed its channel, `resumed`. A connection can die without a
/// word, so it asks for a sign of life every half `CacheOptions.timeout`, and takes silence of twice
/// the time-out for a loss.
final class RedisSubscriber: RedisLinkUser {
    private struct Channel {
        /// Subscriptions that were sent and not yet confirmed; messages count once all are.
        var unconfirmed = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private struct State {
        var feeds: FeedTable
        var channels: [String: Channel] = [:]
        var isDown = false
        var isClosed = false
        var heardAt = 0.0
        var askedAt = 0.0
    }

    private let link: RedisLink
    private let options: CacheOptions
    private let uptime: @Sendable () -> Double
    private let state: Mutex<State>

    /// - Parameter addresses: asked before each attempt where to connect to; any server will do that
    ///   hears what is published.
    init(
        _ addresses: @escaping @Sendable () -> RedisAddress, options: CacheOptions, seams: Seams
    ) throws {
        link = try RedisLink(addresses, options: options, seams: seams)
        self.options = options
        uptime = seams.uptime
        state = Mutex(State(feeds: FeedTable(limit: options.subscriptions)))
    }

    /// Returns when the server has confirmed, or has failed to in time; then the subscription begins
    /// with `lost`.
    func subscribe(_ channel: String) async throws -> CacheSubscription {
        try link.start(self)
        let feed = CacheFeed(limit: options.waitingMessages)
        let id = try state.withLock { state in
            if state.isClosed { throw TCError.cacheIsClosed }
            let (id, isFirst) = try state.feeds.add(feed, on: channel)
            if state.isDown {
                feed.lose()
            } else if isFirst {
                request("SUBSCRIBE", channel, &state)
            }
            return id
        }
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                guard state.channels[channel].map({ $0.unconfirmed > 0 }) == true else {
                    return false
                }
                state.channels[channel]?.waiting.append(continuation)
                return true
            }
            if !mustWait { continuation.resume() }
        }
        return CacheSubscription(feed) { [weak self] in self?.remove(id, from: channel) }
    }

    /// Ends all subscriptions and tells the thread to end.
    func stop() {
        let feeds = state.withLock { state in
            state.isClosed = true
            return state.feeds.removeAll()
        }
        for feed in feeds { feed.end() }
        link.stop()
    }

    func close() async {
        stop()
        await link.close()
    }

    private func remove(_ id: Int, from channel: String) {
        state.withLock { state in
            guard state.feeds.remove(id, from: channel), !state.isDown else { return }
            request("UNSUBSCRIBE", channel, &state)
        }
    }

    /// Asks for a channel to be heard, or not any more. A full buffer is a server that does not
    /// read; silence will end the connection, and what was asked for is asked again on the next.
    private func request(_ verb: String, _ channel: String, _ state: inout State) {
        if verb == "SUBSCRIBE" { state.channels[channel, default: Channel()].unconfirmed += 1 }
        _ = link.write { request in
            request.begin(2)
            request.word(verb)
            request.word(channel)
        }
    }

    // MARK: RedisLinkUser

    func linkIsUp() {
        state.withLock { state in
            (state.heardAt, state.askedAt) = (uptime(), uptime())
            guard state.isDown else { return }
            state.isDown = false
            for channel in state.feeds.channels { request("SUBSCRIBE", channel, &state) }
        }
    }

    func linkIsLost(_ error: TCError) {
        let waiting = state.withLock { state in
            state.isDown = true
            for feed in state.feeds.all { feed.lose() }
            defer { state.channels = [:] }
            return state.channels.values.flatMap(\.waiting)
        }
        for one in waiting { one.resume() }
    }

    func receive(_ replies: [RedisReply]) throws {
        state.withLock { $0.heardAt = uptime() }
        for reply in replies {
            // A sign of life is a status, or a list of two.
            guard case .list(let words) = try reply.mapError(\.error).get(), words.count == 3,
                case .bytes(let kind) = words[0], case .bytes(let name) = words[1]
            else { continue }
            let channel = String(decoding: name, as: UTF8.self)
            switch (String(decoding: kind, as: UTF8.self), words[2]) {
            case ("message", .bytes(let message)):
                for feed in state.withLock({ $0.feeds.listeners(on: channel) }) {
                    feed.deliver(message)
                }
            case ("subscribe", _): confirm(channel)
            default: continue
            }
        }
    }

    private func confirm(_ channel: String) {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard var entry = state.channels[channel] else { return [] }
            entry.unconfirmed -= 1
            guard entry.unconfirmed <= 0 else {
                state.channels[channel] = entry
                return []
            }
            state.channels[channel] = nil
            for feed in state.feeds.listeners(on: channel) { feed.resume() }
            return entry.waiting
        }
        for one in waiting { one.resume() }
    }

    func nextDeadline(now: Double) throws -> Double? {
        let interval = options.timeout.inSeconds
        return try state.withLock { state in
            guard now < state.heardAt + 2 * interval else {
                throw TCError(.unavailable, "has been silent")
            }
            if now >= state.askedAt + interval / 2 {
                state.askedAt = now
                _ = link.write { request in
                    request.begin(1)
                    request.word("PING")
                }
            }
            return min(state.askedAt + interval / 2, state.heardAt + 2 * interval)
        }
    }
}
