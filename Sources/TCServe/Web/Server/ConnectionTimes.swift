import NIOCore
import NIOHTTP1

/// The limits in time as the event loop counts it.
struct ConnectionTimes {
    let head: TimeAmount
    let body: TimeAmount
    let idle: TimeAmount
    /// The shortest of them.
    let tick: TimeAmount

    init(_ limits: WebLimits) {
        head = TimeAmount(limits.headTime)
        body = TimeAmount(limits.bodyTime)
        idle = TimeAmount(limits.idle)
        tick = min(head, body, idle)
    }
}

extension Problem {
    static func timeout(_ what: String, _ time: TimeAmount) -> Problem {
        Problem(408, "timeout", "\(what) \(Duration(time).text)")
    }

    /// What a client is told whose bytes are no HTTP; nil for errors of another kind, such as a
    /// connection that broke.
    init?(parserError error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            self.init(
                431, "header_too_large",
                "the head of the request must have fewer and shorter fields")
        case HTTPParserError.invalidVersion:
            self.init(505, "http_version", "the version must be HTTP/1.0 or HTTP/1.1")
        case is HTTPParserError:
            self.init(400, "malformed_request", "the request is no valid HTTP/1.1")
        default: return nil
        }
    }
}
