import TCCore

/// A log sequence number, which is a position in the write-ahead log of a PostgreSQL primary: who has
/// replayed the log up to it has everything that had been committed when it was read.
///
/// Positions grow, also over a failover, where the new primary goes on from where it had come to, in a
/// timeline of a higher number. That number is kept apart, beside the position, since positions of
/// timelines that have parted say nothing about each other.
public struct LSN: Hashable, Sendable {
    /// Bytes from the beginning of the log.
    public let byteOffset: UInt64

    public init(byteOffset: UInt64) { self.byteOffset = byteOffset }

    /// Reads PostgreSQL's text, the upper and the lower 32 bits in hexadecimal digits of either case:
    /// `16/B374D848`.
    ///
    /// - Throws: kind `badInput` for anything else.
    public init(text: String) throws(TCError) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let upper = LSN.half(halves[0]), let lower = LSN.half(halves[1])
        else {
            throw TCError(
                .badInput,
                "a log position must be two hexadecimal numbers such as 16/B374D848, "
                    + "got \"\(text.prefix(40))\"")
        }
        byteOffset = UInt64(upper) << 32 | UInt64(lower)
    }

    private static func half(_ digits: Substring) -> UInt32? {
        // The conversion alone would take a sign.
        (1...8).contains(digits.count) && digits.allSatisfy(\.isHexDigit)
            ? UInt32(digits, radix: 16) : nil
    }
}

extension LSN: CustomStringConvertible {
    /// As PostgreSQL prints it.
    public var description: String {
        let (upper, lower) = (byteOffset >> 32, byteOffset & 0xFFFF_FFFF)
        return String(upper, radix: 16, uppercase: true) + "/"
            + String(lower, radix: 16, uppercase: true)
    }
}

extension LSN: Comparable {
    public static func < (left: LSN, right: LSN) -> Bool { left.byteOffset < right.byteOffset }
}
