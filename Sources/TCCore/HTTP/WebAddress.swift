/// An absolute `https` URL that may be called; `http` only on this machine and only where that is
/// allowed.
///
/// What others name, such as the endpoints in a provider's metadata, goes through here before anything is
/// sent, so that no answer can turn a call to plain text.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// The longest URL that is looked at.
    public static let mostBytes = 2_048

    /// As it was given.
    public let text: String
    /// In small letters, without a port; an IPv6 address stands in brackets.
    public let host: String

    public var description: String { text }

    /// - Parameter allowsLoopbackHTTP: whether `http://127.0.0.1`, `http://[::1]` and
    ///   `http://localhost` pass too, for tests and for clients on the user's own machine (RFC 8252).
    ///
    /// Throws `.badInput` for anything else, for a user name, a fragment, or characters that no URL
    /// has; the message does not repeat the URL, which may carry a password.
    public init(_ text: String, allowsLoopbackHTTP: Bool) throws(TCError) {
        guard text.utf8.count <= WebAddress.mostBytes,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}#".utf8.contains($0) }
            )
        else {
            throw TCError(
                .badInput,
                "a URL must have at most \(WebAddress.mostBytes) printable ASCII characters and no"
                    + " fragment")
        }
        let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
        guard let scheme, scheme == "https://" || allowsLoopbackHTTP else {
            throw TCError(.badInput, "a URL must begin with https://")
        }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        guard let host = WebAddress.host(authority) else {
            throw TCError(.badInput, "a URL must name a host and no user")
        }
        guard scheme == "https://" || ["127.0.0.1", "[::1]", "localhost"].contains(host) else {
            throw TCError(.badInput, "http:// is allowed to this machine only, got '\(host)'")
        }
        self.text = text
        self.host = host
    }

    /// The address with a path added to its own, which must not end in a query.
    ///
    /// Throws `.badInput` where it gets too long.
    public func adding(path: String) throws(TCError) -> WebAddress {
        precondition(!text.contains("?"), "a path cannot stand behind a query")
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        return try WebAddress(base + path, allowsLoopbackHTTP: text.hasPrefix("http://"))
    }

    /// The text of the address with fields added to its query.
    ///
    /// - Parameter query: escaped, `name=value` joined by `&`.
    public func adding(query: String) -> String { text + (text.contains("?") ? "&" : "?") + query }

    /// Nil where there is none, or more than a host and a port.
    private static func host(_ authority: Substring) -> String? {
        var host = authority.lowercased()
        var port: Substring?
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            if !rest.isEmpty { port = rest.dropFirst() }
            host = String(host[...end])
        } else if let colon = host.firstIndex(of: ":") {
            port = host[host.index(after: colon)...]
            host = String(host[..<colon])
        }
        if let port {
            guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
                (1...65_535).contains(number)
            else { return nil }
        }
        let isAddress = host.hasPrefix("[")
        let isHost = host.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
                || isAddress && [0x3A, 0x5B, 0x5D].contains($0)
        }
        return isHost && !host.isEmpty ? host : nil
    }
}
