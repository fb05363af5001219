import TCCore

/// A cookie as a server sets it (RFC 6265, section 4.1). It is always `HttpOnly`: no script needs
/// what these daemons keep in cookies.
public struct Cookie: Sendable {
    /// Whether the browser sends it along with requests that other sites cause.
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
    }

    public let name: String
    public let value: String
    /// It is sent with requests below this path only.
    public let path: String
    /// How long it is kept; zero drops it at once.
    public let maxAge: Duration
    public let sameSite: SameSite
    /// Whether it is sent over TLS only.
    public let isSecure: Bool

    /// - Parameters:
    ///   - name: a token; `value`: visible ASCII without quotes, commas, semicolons and backslashes.
    ///     Anything else is a mistake in the program: tokens are Base64URL.
    ///   - path: begins with `/`.
    ///   - isSecure: false only where the daemon is told to speak without TLS.
    public init(
        _ name: String, _ value: String, path: String, maxAge: Duration,
        sameSite: SameSite = .strict, isSecure: Bool = true
    ) {
        precondition(
            value.utf8.allSatisfy(Cookies.isOctet) && name.utf8.allSatisfy(Cookies.isOctet)
                && !name.isEmpty && !name.contains("=") && path.hasPrefix("/")
                && !path.contains(";"),
            "the cookie '\(name)' holds what no cookie may hold")
        self.name = name
        self.value = value
        self.path = path
        self.maxAge = maxAge
        self.sameSite = sameSite
        self.isSecure = isSecure
    }

    /// What makes the browser forget a cookie that was set with this name and path.
    public static func dropping(_ name: String, path: String, isSecure: Bool = true) -> Cookie {
        Cookie(name, "", path: path, maxAge: .zero, isSecure: isSecure)
    }

    /// The value of `Set-Cookie`.
    var text: String {
        "\(name)=\(value); Path=\(path); Max-Age=\(maxAge.components.seconds); HttpOnly"
            + (isSecure ? "; Secure" : "") + "; SameSite=\(sameSite.rawValue)"
    }
}

/// Reading what a browser sends back.
enum Cookies {
    /// The value of `name` in one `Cookie` field, of a repeated one the first; nil where it is absent.
    static func value(of name: String, in line: String) -> String? {
        for pair in line.utf8.split(separator: UInt8(ascii: ";")) {
            let pair = pair.drop { $0 == UInt8(ascii: " ") }
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                pair[..<equals].elementsEqual(name.utf8)
            else { continue }
            return String(Substring(pair[pair.index(after: equals)...]))
        }
        return nil
    }

    /// cookie-octet of RFC 6265, section 4.1.1.
    static func isOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}
