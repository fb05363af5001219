import TCCore

/// Where a server listens.
public enum ListenAddress: Equatable, Sendable, CustomStringConvertible {
    /// A host, by name or address, and a port; port 0 lets the system choose.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket. A socket that nobody listens on any more is replaced.
    case unix(path: String)

    /// Reads `HOST:PORT`, `[IPV6]:PORT` or `unix:PATH`.
    ///
    /// - Throws: `usage` for anything else.
    public init(_ text: String) throws {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // sun_path has 108 bytes and ends in a NUL.
            guard path.hasPrefix("/"), path.utf8.count <= 107 else {
                throw TCError(
                    .usage, "the path in '\(text)' must begin with '/' and have at most 107 bytes")
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { throw ListenAddress.invalid(text) }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw ListenAddress.invalid(text)
        }
        guard !host.isEmpty else { throw ListenAddress.invalid(text) }
        self = .tcp(host: String(host), port: Int(port))
    }

    private static func invalid(_ text: String) -> TCError {
        TCError(
            .usage, "'\(text)' is no address to listen on",
            hint: "HOST:PORT, [IPV6]:PORT or unix:PATH, such as 127.0.0.1:8080")
    }

    /// As `init` reads it.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
