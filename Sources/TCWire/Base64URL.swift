/// Base64 with the URL-safe alphabet and without padding (RFC 4648, section 5; RFC 7515, section 2).
///
/// Reading is strict: no padding, no whitespace, and no bits that stand for nothing, so that bytes have
/// one spelling only. A token that could be spelled in two ways would pass a list of revoked ones.
public enum Base64URL {
    /// How many characters so many bytes take.
    public static func encodedCount(_ byteCount: Int) -> Int { (byteCount * 4 + 2) / 3 }

    /// How many bytes so many characters stand for; nil where no bytes have as many.
    public static func decodedCount(_ characterCount: Int) -> Int? {
        characterCount % 4 == 1 ? nil : characterCount / 4 * 3 + characterCount % 4 * 3 / 4
    }

    /// The text of `bytes`, which may be empty.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: encodedCount(bytes.count)) { out in
            bytes.withUnsafeBufferPointer { encode($0, into: out) }
        }
    }

    /// Writes the text of `bytes` and returns its length.
    ///
    /// - Parameter out: has room for `encodedCount(bytes.count)`.
    public static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        precondition(out.count >= encodedCount(bytes.count))
        let letters = alphabet.utf8Start
        let groups = bytes.count / 3
        for group in 0..<groups {
            let (from, to) = (group * 3, group * 4)
            let bits =
                Int(bytes[from]) << 16 | Int(bytes[from + 1]) << 8 | Int(bytes[from + 2])
            out[to] = letters[bits >> 18]
            out[to + 1] = letters[bits >> 12 & 63]
            out[to + 2] = letters[bits >> 6 & 63]
            out[to + 3] = letters[bits & 63]
        }
        let (from, to) = (groups * 3, groups * 4)
        switch bytes.count - from {
        case 1:
            let bits = Int(bytes[from])
            out[to] = letters[bits >> 2]
            out[to + 1] = letters[bits << 4 & 63]
        case 2:
            let bits = Int(bytes[from]) << 8 | Int(bytes[from + 1])
            out[to] = letters[bits >> 10]
            out[to + 1] = letters[bits >> 4 & 63]
            out[to + 2] = letters[bits << 2 & 63]
        default: break
        }
        return encodedCount(bytes.count)
    }

    /// The bytes that `text` stands for; nil where it is not what `encode` gives for any.
    public static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let size = decodedCount(text.count) else { return nil }
        var isRead = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { out, count in
            isRead = decode(text, into: out)
            count = isRead ? size : 0
        }
        return isRead ? bytes : nil
    }

    /// The same for a string.
    public static func decode(_ text: String) -> [UInt8]? {
        var copy = text
        return copy.withUTF8 { decode($0) }
    }

    /// Writes the bytes that `text` stands for; false where it is not what `encode` gives for any, and
    /// what was written then means nothing.
    ///
    /// - Parameter out: has room for `decodedCount(text.count)` bytes.
    public static func decode(
        _ text: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        guard let size = decodedCount(text.count) else { return false }
        precondition(out.count >= size)
        return values.withUnsafeBufferPointer { values in
            // Of any character outside the alphabet the highest bit gets set here.
            var seen: UInt32 = 0
            func bits(_ at: Int) -> UInt32 {
                let value = UInt32(values[Int(text[at])])
                seen |= value
                return value
            }
            let whole = text.count / 4
            for group in 0..<whole {
                let at = group * 4
                let word = bits(at) << 18 | bits(at + 1) << 12 | bits(at + 2) << 6 | bits(at + 3)
                out[group * 3] = UInt8(truncatingIfNeeded: word >> 16)
                out[group * 3 + 1] = UInt8(truncatingIfNeeded: word >> 8)
                out[group * 3 + 2] = UInt8(truncatingIfNeeded: word)
            }
            // The last bits of a text that does not fill whole bytes must be 0.
            var rest: UInt32 = 0
            switch text.count % 4 {
            case 2:
                let word = bits(whole * 4) << 6 | bits(whole * 4 + 1)
                out[whole * 3] = UInt8(truncatingIfNeeded: word >> 4)
                rest = word & 0xF
            case 3:
                let word =
                    bits(whole * 4) << 12 | bits(whole * 4 + 1) << 6 | bits(whole * 4 + 2)
                out[whole * 3] = UInt8(truncatingIfNeeded: word >> 10)
                out[whole * 3 + 1] = UInt8(truncatingIfNeeded: word >> 2)
                rest = word & 0x3
            default: break
            }
            return seen < 0x80 && rest == 0
        }
    }

    private static let alphabet: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    /// The six bits of each character, 0x80 for those that have none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        for value in 0..<64 { values[Int(alphabet.utf8Start[value])] = UInt8(value) }
        return values
    }()
}
