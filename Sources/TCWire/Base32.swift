/// Base32 with the alphabet of RFC 4648, section 6, in which authenticator apps take their secrets.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Capitals and digits, eight for five bytes, without padding.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((8 * bytes.count + 4) / 5)
        var (bits, bitCount) = (0, 0)
        for byte in bytes {
            bits = bits << 8 & 0xFFF | Int(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                text.append(alphabet[bits >> bitCount & 31])
            }
        }
        if bitCount > 0 { text.append(alphabet[bits << (5 - bitCount) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads what people paste: small letters, blanks and hyphens between groups and padding are let
    /// through. Nil for any other character, a length that no bytes have, or bits that are set behind
    /// the last byte.
    public static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)[...]
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        var bytes: [UInt8] = []
        var (bits, bitCount) = (0, 0)
        for digit in digits where digit != UInt8(ascii: " ") && digit != UInt8(ascii: "-") {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 5 & 0xFFF | value
            bitCount += 5
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        // Five bits or more would be a digit that adds nothing.
        guard bitCount < 5, bits & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }

    private static func value(of digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a"))
        case UInt8(ascii: "2")...UInt8(ascii: "7"): Int(digit - UInt8(ascii: "2")) + 26
        default: nil
        }
    }
}
