import TCCore

/// Lets requests through until a subject has used up its limit, counted for all nodes that share the
/// cache.
///
/// It keeps the time of each request that was let through within the window, oldest first, eight
/// bytes each: a sliding window without approximation. So in *any* stretch of a minute no more than
/// 100 pass, and 100 do whenever they come; the moment of the next is known to the millisecond. What
/// was rejected: a fixed window lets 200 pass around its edge; a leaky bucket (GCRA) with a burst of
/// 100 lets 199 pass in its first minute; two counters weighed against each other only estimate. The
/// price is 800 bytes for a subject at its limit, gone a window after its last request.
///
/// The clock is the engine's, one for all nodes, whatever theirs say. Where it was set back, what was
/// let through "in the future" counts as let through now, so that nobody waits longer than a window.
///
/// One call is one step on the cache and one round trip.
public struct RateLimiter: Sendable {
    public let rule: RateLimit
    private let cache: any Cache

    public init(_ rule: RateLimit, on cache: any Cache) {
        self.rule = rule
        self.cache = cache
    }

    /// Counts a request of `subject`, if there is room for it.
    ///
    /// - Parameters:
    ///   - subject: who asks: a user's id or an address; any text that is short enough for a key.
    ///   - instant: the time to go by instead of the engine's. Nil but in tests and replays.
    /// - Throws: what the cache throws; on a `FallbackCache` only for a subject that is no key.
    public func admit(_ subject: String, at instant: Instant? = nil) async throws -> RateLimitAnswer
    {
        let reply = try await cache.run(
            RateLimiter.script, keys: ["limit:\(rule.name):\(subject)"],
            arguments: [
                .integer(Int64(rule.limit)), .integer(rule.window.milliseconds),
                .integer(instant?.milliseconds ?? -1),
            ])
        let numbers = try reply.integers(3)
        return RateLimitAnswer(
            rule: rule, isAllowed: numbers[0] == 1, remaining: Int(numbers[1]),
            untilNext: .milliseconds(numbers[2]))
    }

    /// Answers whether it was let through, how many more would be, and the milliseconds until there
    /// is room for one more. The log is a string and not a list, so that both twins read alike and
    /// its expiry is set with it in one step. Times stand in order, so only what has left the window
    /// is looked at, once; all of them only where the clock was set back.
    static let script = CacheScript(
        "rate-limit",
        lua: """
            local limit, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            if now < 0 then
                local clock = redis.call('TIME')
                now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            end
            local log = redis.call('GET', KEYS[1]) or ''
            log = log:sub(1, #log - #log % 8)
            local function time(at) return (struct.unpack('>I8', log, at)) end

            local changed = #log > 0 and time(#log - 7) > now
            if changed then
                local times = {}
                for at = 1, #log, 8 do
                    times[#times + 1] = struct.pack('>I8', math.min(time(at), now))
                end
                log = table.concat(times)
            end
            local first = 1
            while first < #log and time(first) <= now - window do first = first + 8 end
            log = log:sub(first)

            local allowed = #log / 8 < limit
            if allowed then log = log .. struct.pack('>I8', now) end
            if allowed or changed then redis.call('SET', KEYS[1], log, 'PX', window) end
            return {allowed and 1 or 0, limit - #log / 8, time(1) + window - now}
            """
    ) { store, keys, arguments in
        let (limit, window) = (try arguments[0].integer, try arguments[1].integer)
        let given = try arguments[2].integer
        let now = given < 0 ? store.now.milliseconds : given
        var log = (store.get(keys[0]) ?? [])[...]
        log.removeLast(log.count % 8)

        let isChanged = !log.isEmpty && time(log, log.endIndex - 8) > now
        if isChanged {
            log =
                stride(from: 0, to: log.count, by: 8).flatMap { bytes(min(time(log, $0), now)) }[
                    ...]
        }
        while !log.isEmpty, time(log, log.startIndex) <= now - window { log.removeFirst(8) }

        let isAllowed = log.count / 8 < limit
        if isAllowed { log += bytes(now) }
        if isAllowed || isChanged {
            try store.set(keys[0], Array(log), expiresAfter: .milliseconds(window))
        }
        return .list([
            .integer(isAllowed ? 1 : 0), .integer(limit - Int64(log.count / 8)),
            .integer(time(log, log.startIndex) + window - now),
        ])
    }

    private static func time(_ log: ArraySlice<UInt8>, _ at: Int) -> Int64 {
        log[at..<at + 8].reduce(0) { $0 << 8 | Int64($1) }
    }

    private static func bytes(_ time: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
    }
}
