import TCCore
import TCCrypto

/// A code that lets a user in once without the authenticator; shown when it is made and kept only as
/// its hash.
///
/// It holds 80 random bits, so a plain SHA-256 is as safe to keep as a slow password hash, and looking
/// it up by equality gives nothing away. It is used up by deleting its digest, in the transaction that
/// lets the user in.
public struct RecoveryCode: Sendable, Redacted {
    /// How many a user gets at a time.
    public static let usualCount = 10

    /// Sixteen characters in groups of four: `k3f9-0xq2-7m1d-zt8w`.
    public let text: String

    /// The digest to keep, 32 bytes.
    public var digest: [UInt8] { Digest.sha256.hash(Array(RecoveryCode.normalized(text).utf8)) }

    /// Digits and small letters but for i, l, o and u, which are misread (Crockford's Base32).
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    private static let length = 16

    /// New codes, all different but for a chance of 2⁻⁷⁴.
    public static func make(
        _ seams: Seams, count: Int = RecoveryCode.usualCount
    ) -> [RecoveryCode] {
        (0..<count).map { _ in
            let letters = seams.bytes(length).map { alphabet[Int($0 & 31)] }
            let groups = stride(from: 0, to: length, by: 4).map { String(letters[$0..<$0 + 4]) }
            return RecoveryCode(text: groups.joined(separator: "-"))
        }
    }

    /// The digest of what a user typed: capitals, blanks and hyphens are no matter, and letters that
    /// no code has are read as the digits that they look like. Nil where it cannot be a code.
    public static func digest(ofTyped typed: String) -> [UInt8]? {
        let code = RecoveryCode(text: normalized(typed))
        guard code.text.count == length, code.text.allSatisfy(alphabet.contains) else { return nil }
        return code.digest
    }

    private static func normalized(_ text: String) -> String {
        String(
            text.lowercased().compactMap { character in
                switch character {
                case " ", "-": nil
                case "o": "0"
                case "i", "l": "1"
                default: character
                }
            })
    }
}
