import TCCore

/// What an operator chooses for a server.
public struct WebServerSettings: Sendable {
    /// Where it listens, besides the sockets that systemd hands over; none only with those.
    public var listen: [ListenAddress]
    /// Nil to speak without TLS: on loopback, behind a mesh.
    public var tls: TLSFiles?
    /// How long requests in flight may take to end once the server is told to stop.
    public var drain = Duration.seconds(10)
    public var limits = WebLimits()
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: [AddressRange] = []
    /// Shown in `/openapi.json`.
    public var version: String

    /// The rest as above.
    public init(listen: [ListenAddress], version: String) {
        self.listen = listen
        self.version = version
    }
}
