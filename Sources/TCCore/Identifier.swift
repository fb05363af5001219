/// Ids of records: a prefix that tells their kind, `_`, and a UUIDv7 (RFC 9562) as 32 lower-case
/// hexadecimal digits: `usr_0197f3c1a2b47c6d9e8f0a1b2c3d4e5f`.
///
/// The first 48 bits are the millisecond of making, so that ids sort by age and new ones stand together
/// in an index; 74 bits are random. Ids of one millisecond have no order among themselves.
public enum Identifier {
    /// A new id.
    ///
    /// - Parameter prefix: lower-case letters: `usr`, `ses`, `tok`.
    public static func make(_ prefix: String, _ seams: Seams) -> String {
        let time = UInt64(bitPattern: seams.now().milliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | seams.random() & 0xFFF
        let low = 1 << 63 | seams.random() >> 2
        return String(unsafeUninitializedCapacity: prefix.utf8.count + 33) { out in
            var next = out.update(fromContentsOf: prefix.utf8)
            out[next] = UInt8(ascii: "_")
            next += 1
            for word in [high, low] {
                for shift in stride(from: UInt64(60), through: 0, by: -4) {
                    let digit = UInt8(truncatingIfNeeded: word >> shift) & 15
                    out[next] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
                    next += 1
                }
            }
            return next
        }
    }

    /// Whether `text` could have come from `make` with this prefix; whether there is such a record,
    /// only its store knows.
    public static func isValid(_ text: String, prefix: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count == prefix.utf8.count + 33, text.hasPrefix(prefix) else { return false }
        let digits = Array(bytes.dropFirst(prefix.utf8.count))
        return digits[0] == UInt8(ascii: "_")
            && digits.dropFirst().allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            && digits[13] == UInt8(ascii: "7")
            && [UInt8]("89ab".utf8).contains(digits[17])
    }
}
