import TCCore

/// Where a Redis server is and who asks: `redis://[user:password@]host[:port][/database]`, or one node
/// of a cluster.
struct RedisAddress: Sendable, Equatable {
    var host: String
    var port: Int32
    /// Empty for Redis's user `default`.
    var user = ""
    var password: String?
    var database = 0

    /// What messages call the server; it holds no secret.
    var name: String { "redis at \(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// The error with the server's name before it.
    func named(_ error: any Error) -> TCError {
        guard let error = error as? TCError else { return TCError(.bug, "\(name): \(error)") }
        return TCError(error.kind, "\(name): \(error.message)", hint: error.hint)
    }

    /// Reads the URL of one server. User and password may be percent-encoded; an IPv6 address stands in
    /// brackets.
    ///
    /// - Throws: `configuration`, with a message that does not show the URL, since it may hold a
    ///   password.
    init(url: String) throws {
        var (rest, user, password) = try RedisAddress.parts(url, scheme: "redis")
        self.user = user
        self.password = password
        if let slash = rest.firstIndex(of: "/") {
            let text = rest[rest.index(after: slash)...]
            guard let number = text.isEmpty ? 0 : Int(text), (0..<65_536).contains(number) else {
                throw RedisAddress.wrong("after the host must stand the number of a database")
            }
            database = number
            rest = rest[..<slash]
        }
        (host, port) = try RedisAddress.hostAndPort(rest)
    }

    private init(host: String, port: Int32, user: String, password: String?) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
    }

    /// Another node of the cluster that this one belongs to: it knows the same users.
    func node(host: String, port: Int32) -> RedisAddress {
        RedisAddress(host: host, port: port, user: user, password: password)
    }

    /// Reads the URL of a cluster, `redis-cluster://[user:password@]host[:port],…`: nodes of which any
    /// one tells of the others, in the order in which they are named.
    ///
    /// - Throws: `configuration`, as for one server; a cluster has database 0 alone.
    static func cluster(url: String) throws -> [RedisAddress] {
        var (rest, user, password) = try parts(url, scheme: "redis-cluster")
        if let slash = rest.firstIndex(of: "/") {
            guard ["/", "/0"].contains(rest[slash...]) else {
                throw wrong("a cluster has database 0 alone", hint: clusterForm)
            }
            rest = rest[..<slash]
        }
        return try rest.split(separator: ",", omittingEmptySubsequences: false).map {
            let (host, port) = try hostAndPort($0)
            return RedisAddress(host: host, port: port, user: user, password: password)
        }
    }

    /// What follows the scheme, which must be `scheme`, with user and password taken off it.
    private static func parts(
        _ url: String, scheme: String
    ) throws -> (rest: Substring, user: String, password: String?) {
        let parts = url.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasPrefix("//") else { throw wrong("it has no '://'") }
        if ["rediss", "redis+tls", "rediss-cluster"].contains(parts[0]) {
            throw wrong(
                "TLS to Redis is not supported",
                hint: "use redis:// over loopback, a private network or a tunnel such as stunnel")
        }
        guard parts[0] == scheme else {
            throw wrong("the scheme '\(parts[0])' is not 'redis' or 'redis-cluster'")
        }
        let rest = parts[1].dropFirst(2)
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw wrong("it has a '?' or '#'", hint: "in a password write %3F for ?, %23 for #")
        }
        guard let at = rest.lastIndex(of: "@") else { return (rest, "", nil) }
        let credentials = rest[..<at].split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard credentials.count == 2, !credentials[1].isEmpty else {
            throw wrong("before '@' must stand user:password or :password")
        }
        return (
            rest[rest.index(after: at)...], try decoded(credentials[0]), try decoded(credentials[1])
        )
    }

    private static func hostAndPort(_ text: Substring) throws -> (String, Int32) {
        var (host, portText) = (text, Substring())
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]") else {
                throw wrong("an IPv6 address ends with ']'")
            }
            host = text[..<close].dropFirst()
            portText = text[text.index(after: close)...]
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            portText = text[colon...]
        }
        guard !host.isEmpty, !host.utf8.contains(0) else { throw wrong("it names no host") }
        if portText.isEmpty { return (String(host), 6379) }
        guard portText.first == ":", let port = Int32(portText.dropFirst()),
            (1...65_535).contains(port)
        else { throw wrong("the port must be 1 to 65535") }
        return (String(host), port)
    }

    /// Undoes percent-encoding (RFC 3986, section 2.1).
    private static func decoded(_ text: Substring) throws -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let pair = String(rest.prefix(2)), pair.utf8.count == 2,
                let value = UInt8(pair, radix: 16)
            else { throw wrong("'%' in user or password must be followed by two hex digits") }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw wrong("user and password must be UTF-8")
        }
        return decoded
    }

    private static let clusterForm = "redis-cluster://[user:password@]host[:port],…"

    private static func wrong(_ what: String, hint: String? = nil) -> TCError {
        TCError(
            .configuration, "the URL of the cache cannot be used: \(what)",
            hint: hint
                ?? "redis://[user:password@]host[:port][/database], or \(clusterForm)")
    }
}
