import TCCore
import TCCrypto
import TCWire

/// The text of a refresh token: `rt_` and 256 bits in base64url.
///
/// A new session's is random. A successor is *derived*: the HMAC of the token that it replaces, under a
/// key that only the service has. So everybody who presents the same token computes the same successor,
/// while the database holds nothing but SHA-256 digests, of which neither token can be made.
struct RefreshSecret: Sendable, Equatable, Redacted {
    let text: String

    private static let prefix = "rt_"

    static func make(_ seams: Seams) -> RefreshSecret { RefreshSecret(bytes: seams.bytes(32)) }

    private init(bytes: [UInt8]) { text = RefreshSecret.prefix + Base64URL.encode(bytes) }

    /// Nil for what cannot be one, so that nothing is looked up for it.
    init?(_ text: String) {
        guard text.hasPrefix(RefreshSecret.prefix), text.utf8.count == 46 else { return nil }
        let isPlain = text.utf8.dropFirst(3).allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isPlain else { return nil }
        self.text = text
    }

    func successor(_ key: HMACKey) -> RefreshSecret {
        RefreshSecret(bytes: key.authenticate(Array(text.utf8)))
    }

    /// What is kept, 32 bytes. The token has 256 bits of its own, so one plain hash is enough.
    var digest: [UInt8] { Digest.sha256.hash(Array(text.utf8)) }
}
