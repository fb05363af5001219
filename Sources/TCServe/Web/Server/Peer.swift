import NIOCore

/// Who is at the other end of a connection; the same for all its requests.
struct Peer: Sendable {
    /// In text, without the port; `unix` for a Unix socket.
    let address: String
    /// Whether the connection is TLS.
    let isSecure: Bool

    init(channel: any Channel, isSecure: Bool) {
        address = channel.remoteAddress?.ipAddress ?? "unix"
        self.isSecure = isSecure
    }
}
