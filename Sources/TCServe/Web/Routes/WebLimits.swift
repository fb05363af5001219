import TCCore

/// How much one client, and all of them, may take of a server. Reaching a limit is answered.
public struct WebLimits: Sendable {
    /// Bytes of a body unless a route says otherwise.
    public static let bodyBytes = 64 << 10

    /// Bytes of a request's path and query: 414 above. Every proxy takes 8,000 (RFC 9110, section
    /// 4.1, asks for as much).
    public var targetBytes = 8 << 10
    /// Bytes of all header fields together: 431 above.
    public var headerBytes = 16 << 10
    /// How many header fields: 431 above.
    public var headerFields = 100
    /// Connections open at once: 503 above.
    public var connections = 10_000
    /// Requests being answered at once: 503 above.
    public var requests = 2000
    /// How long a connection may rest between requests; it is then closed.
    public var idle = Duration.seconds(75)
    /// How long the head of a request may take to arrive, from its first byte, or from the connection,
    /// with the handshake of TLS: 408 above.
    public var headTime = Duration.seconds(10)
    /// How long the body may take to arrive: 408 above.
    public var bodyTime = Duration.seconds(30)

    /// The values above.
    public init() {}
}
