import HTTPTypes

/// The names of header fields that HTTPTypes does not know, parsed once.
extension HTTPField.Name {
    static let host = known("host")
    static let requestID = known("x-request-id")
    static let traceparent = known("traceparent")
    static let tracestate = known("tracestate")
    static let forwardedFor = known("x-forwarded-for")
    static let forwardedProto = known("x-forwarded-proto")
    static let rateLimit = known("ratelimit")
    static let rateLimitPolicy = known("ratelimit-policy")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no name") }
        return name
    }
}
