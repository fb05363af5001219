import TCCrypto

/// What tells one version of rows from another: the beginning of the SHA-256 of their lines.
public struct RowDigest: Sendable, Equatable {
    private static let byteCount = 16
    private let hex: String

    /// - Parameter lines: with their line feeds.
    public init(of lines: [UInt8]) {
        hex = Digest.sha256.hash(lines)[..<RowDigest.byteCount]
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Reads a strong ETag of HTTP; nil for anything else, which matches nothing.
    public init?(etag: String) {
        guard etag.hasPrefix("\""), etag.hasSuffix("\""),
            etag.utf8.count == 2 * RowDigest.byteCount + 2
        else { return nil }
        hex = String(etag.dropFirst().dropLast())
    }

    /// As HTTP writes it.
    public var etag: String { "\"\(hex)\"" }

    /// Whether one of the ETags of an `If-None-Match` is this one, weak ones too.
    public static func matches(_ list: String?, _ etag: String) -> Bool {
        list?.split(separator: ",").contains { part in
            var tag = part.drop { $0 == " " }
            if tag.hasPrefix("W/") { tag.removeFirst(2) }
            return tag == "*" || tag.prefix { $0 != " " } == etag
        } ?? false
    }
}
