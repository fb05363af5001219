import TCCore
import TCStore

/// What `GuessingGuard` does in one step each.
///
/// A pair is kept as two numbers, its failures and the moment before which it must not try; an
/// account's and an address's failures as a counter; a known origin as a key that is there.
enum GuessingScripts {
    /// `ARGV` of `begin`, in its order. The time is -1 where the engine's own counts.
    static func arguments(
        _ policy: GuessingPolicy, now: Instant?, isDevice: Bool, addressFailures: Int64
    ) -> [CacheArgument] {
        [now?.milliseconds ?? -1, isDevice ? 1 : 0, addressFailures].map { .integer($0) }
            + [policy.pair, policy.account, policy.address].flatMap { delays in
                [
                    .integer(delays.free), .integer(delays.first.milliseconds),
                    .integer(delays.longest.milliseconds), .integer(delays.memory.milliseconds),
                ]
            }
    }

    /// Answers whether the attempt may go on, how long it must wait now or after it has failed, and
    /// whether its origin is known.
    static let begin = CacheScript(
        "guessing-begin",
        lua: """
            local now = tonumber(ARGV[1])
            if now < 0 then
                local clock = redis.call('TIME')
                now = clock[1] * 1000 + math.floor(clock[2] / 1000)
            end
            local function delay(kind, failures)
                local free, first = tonumber(ARGV[kind]), tonumber(ARGV[kind + 1])
                if failures < free then return 0 end
                return math.min(first * 2 ^ math.min(failures - free, 40), tonumber(ARGV[kind + 2]))
            end
            local PAIR, ACCOUNT, ADDRESS = 4, 8, 12
            local function keep(failures, notBefore)
                local value = string.format('%.0f %.0f', failures, notBefore)
                redis.call('SET', KEYS[1], value, 'PX', ARGV[PAIR + 3])
            end

            local known = ARGV[2] == '1' or redis.call('EXISTS', KEYS[2]) == 1
            local failures, notBefore = (redis.call('GET', KEYS[1]) or ''):match('^(%d+) (%d+)$')
            local isNew = not failures
            failures, notBefore = tonumber(failures or 0), tonumber(notBefore or 0)
            local function suspicion(more)
                if known then return 0 end
                return math.max(
                    delay(ACCOUNT, tonumber(redis.call('GET', KEYS[3]) or 0) + more),
                    delay(ADDRESS, tonumber(ARGV[3]) + more))
            end

            if isNew and suspicion(0) > 0 then
                notBefore = now + suspicion(0)
                keep(0, notBefore)
            end
            if now < notBefore then
                local longest = math.max(
                    tonumber(ARGV[PAIR + 2]), tonumber(ARGV[ACCOUNT + 2]), tonumber(ARGV[ADDRESS + 2]))
                if notBefore > now + longest then
                    notBefore = now + longest
                    keep(failures, notBefore)
                end
                return {0, notBefore - now, known and 1 or 0}
            end

            failures = failures + 1
            local wait = math.max(delay(PAIR, failures), suspicion(1))
            keep(failures, now + wait)
            if not known then
                local isFirst = redis.call('EXISTS', KEYS[3]) == 0
                redis.call('INCRBY', KEYS[3], 1)
                if isFirst then redis.call('PEXPIRE', KEYS[3], ARGV[ACCOUNT + 3]) end
            end
            return {1, wait, known and 1 or 0}
            """
    ) { store, keys, arguments in
        var numbers = try arguments.map { try $0.integer }
        let now = numbers[0] < 0 ? store.now.milliseconds : numbers[0]
        let (isDevice, addressFailures) = (numbers[1] == 1, numbers[2])
        numbers.removeFirst(3)
        func delays(_ at: Int) -> GuessingPolicy.Delays {
            GuessingPolicy.Delays(
                free: numbers[at], first: .milliseconds(numbers[at + 1]),
                longest: .milliseconds(numbers[at + 2]), memory: .milliseconds(numbers[at + 3]))
        }
        let (pairs, accounts, addresses) = (delays(0), delays(4), delays(8))
        func keep(_ failures: Int64, _ notBefore: Int64) throws {
            try store.set(
                keys[0], Array("\(failures) \(notBefore)".utf8), expiresAfter: pairs.memory)
        }

        let isKnown = isDevice || store.get(keys[1]) != nil
        let pair = (store.get(keys[0]) ?? []).split(separator: UInt8(ascii: " ")).compactMap(number)
        let isNew = pair.count != 2
        var (failures, notBefore) = isNew ? (0, 0) : (pair[0], pair[1])
        func suspicion(_ more: Int64) -> Int64 {
            if isKnown { return 0 }
            let failures = number(store.get(keys[2])?[...]) ?? 0
            return max(
                accounts.delay(after: failures + more),
                addresses.delay(after: addressFailures + more))
        }

        if isNew, suspicion(0) > 0 {
            notBefore = now + suspicion(0)
            try keep(0, notBefore)
        }
        if now < notBefore {
            let longest = max(pairs.longest, accounts.longest, addresses.longest).milliseconds
            if notBefore > now + longest {
                notBefore = now + longest
                try keep(failures, notBefore)
            }
            return .list([.integer(0), .integer(notBefore - now), .integer(isKnown ? 1 : 0)])
        }

        failures += 1
        let wait = max(pairs.delay(after: failures), suspicion(1))
        try keep(failures, now + wait)
        if !isKnown {
            _ = try store.increment(keys[2], by: 1, expiresAfter: accounts.memory)
        }
        return .list([.integer(1), .integer(wait), .integer(isKnown ? 1 : 0)])
    }

    /// Forgets a pair's failures, takes an account's last one back where it was a stranger's, and
    /// keeps the origin as known.
    static let succeed = CacheScript(
        "guessing-succeed",
        lua: """
            redis.call('DEL', KEYS[1])
            redis.call('SET', KEYS[2], '', 'PX', ARGV[1])
            if ARGV[2] == '0' and tonumber(redis.call('GET', KEYS[3]) or 0) > 0 then
                redis.call('INCRBY', KEYS[3], -1)
            end
            return 1
            """
    ) { store, keys, arguments in
        store.delete(keys[0])
        try store.set(keys[1], [], expiresAfter: .milliseconds(arguments[0].integer))
        if try arguments[1].integer == 0, isAboveZero(store, keys[2]) {
            _ = try store.increment(keys[2], by: -1, expiresAfter: nil)
        }
        return .integer(1)
    }

    /// Takes the last failure of a counter back, if it has not been forgotten.
    static let takeBack = CacheScript(
        "guessing-take-back",
        lua: """
            if tonumber(redis.call('GET', KEYS[1]) or 0) > 0 then
                redis.call('INCRBY', KEYS[1], -1)
            end
            return 1
            """
    ) { store, keys, _ in
        if isAboveZero(store, keys[0]) {
            _ = try store.increment(keys[0], by: -1, expiresAfter: nil)
        }
        return .integer(1)
    }

    private static func isAboveZero(_ store: any CacheScriptStore, _ key: String) -> Bool {
        (number(store.get(key)?[...]) ?? 0) > 0
    }

    private static func number(_ digits: ArraySlice<UInt8>?) -> Int64? {
        digits.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    }
}
