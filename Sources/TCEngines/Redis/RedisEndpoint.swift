import TCStore

/// Where a node of a cluster listens, as the cluster tells it.
struct RedisEndpoint: Hashable, Sendable {
    let host: String
    let port: Int32

    /// Nil for what is no host or no port, whoever sent it.
    init?(host: String, port: Int64) {
        guard (1...255).contains(host.utf8.count), !host.utf8.contains(0), host != "?",
            (1...65_535).contains(port)
        else { return nil }
        self.host = host
        self.port = Int32(port)
    }
}

/// Where an error `MOVED 3999 127.0.0.1:6381` or `ASK 3999 127.0.0.1:6381` sends a request.
struct RedisRedirection: Equatable, Sendable {
    let slot: Int
    /// Empty for the host that answered.
    private let host: String
    private let port: Int64

    /// Nil for what does not look like it.
    init?(_ text: [UInt8]) {
        let words = String(decoding: text, as: UTF8.self).split(separator: " ")
        // The port stands after the last colon: an IPv6 address has others.
        guard words.count == 3, let slot = Int(words[1]), (0..<CacheKey.slots).contains(slot),
            let colon = words[2].lastIndex(of: ":"),
            let port = Int64(words[2][words[2].index(after: colon)...])
        else { return nil }
        self.slot = slot
        self.port = port
        host = String(words[2][..<colon])
    }

    /// - Parameter answerer: the host of the node that sent this.
    func endpoint(from answerer: String) -> RedisEndpoint? {
        RedisEndpoint(host: host.isEmpty ? answerer : host, port: port)
    }
}
