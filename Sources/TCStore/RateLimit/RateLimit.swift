import TCCore

/// How many requests one subject may make: `limit` in any stretch of `window`.
public struct RateLimit: Sendable, Equatable {
    /// What the response fields call it; letters, digits, `-` and `_`.
    public let name: String
    /// 1 to 1,000.
    public let limit: Int
    /// 1 second to 1 day.
    public let window: Duration

    /// 100 requests a minute.
    public static let standard = RateLimit(validName: "default", limit: 100, window: .seconds(60))

    /// - Throws: `configuration` for what is outside the ranges of the properties.
    public init(name: String, limit: Int, window: Duration) throws {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName, (1...64).contains(name.utf8.count) else {
            throw TCError(
                .configuration, "a rate limit is named by 1 to 64 letters, digits, '-' and '_'")
        }
        guard (1...1000).contains(limit) else {
            throw TCError(
                .configuration, "rate limit '\(name)': \(limit) requests is not 1 to 1000")
        }
        guard window >= .seconds(1), window <= .seconds(86_400) else {
            throw TCError(
                .configuration, "rate limit '\(name)': \(window.text) is not 1s to 24h")
        }
        self.init(validName: name, limit: limit, window: window)
    }

    private init(validName: String, limit: Int, window: Duration) {
        name = validName
        self.limit = limit
        self.window = window
    }
}

/// Whether a request may go on, and what to tell who made it.
public struct RateLimitAnswer: Sendable, Equatable {
    public let rule: RateLimit
    public let isAllowed: Bool
    /// How many more requests would be let through at once.
    public let remaining: Int
    /// When one more than `remaining` will be let through, from now: exactly, if nobody else uses it
    /// up. For a refused request that is when to try again. Zero to `window`.
    public let untilNext: Duration

    public init(rule: RateLimit, isAllowed: Bool, remaining: Int, untilNext: Duration) {
        self.rule = rule
        self.isAllowed = isAllowed
        self.remaining = remaining
        self.untilNext = untilNext
    }

    /// The fields of the response: `RateLimit-Policy` and `RateLimit`
    /// (draft-ietf-httpapi-ratelimit-headers-09), and `Retry-After` (RFC 9110, section 10.2.3) where
    /// the request is refused. Whole seconds, rounded up: who waits that long is not early.
    public var fields: [(name: String, value: String)] {
        let seconds = (untilNext.milliseconds + 999) / 1000
        var fields = [
            (
                name: "RateLimit-Policy",
                value:
                    "\"\(rule.name)\";q=\(rule.limit);w=\((rule.window.milliseconds + 999) / 1000)"
            ),
            (name: "RateLimit", value: "\"\(rule.name)\";r=\(remaining);t=\(seconds)"),
        ]
        if !isAllowed { fields.append((name: "Retry-After", value: String(seconds))) }
        return fields
    }
}
