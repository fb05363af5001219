/// RFC 3339 times as bytes, without allocation: telemetry lines carry one each.
extension Instant {
    /// The length of what `writeRFC3339` writes: `2026-01-02T03:04:05.123Z`.
    public static let rfc3339Length = 24

    /// Writes `YYYY-MM-DDTHH:MM:SS.mmmZ`, 24 bytes, to `out`, which must have room for them.
    ///
    /// Years outside 0000 to 9999 have no RFC 3339 form; the caller has checked the range.
    public func writeRFC3339(to out: UnsafeMutablePointer<UInt8>) {
        let day = self.day
        let (year, month, dayOfMonth) = day.civil
        let rest = Int(milliseconds - day.number * 86_400_000)
        put(year, 4, out)
        out[4] = UInt8(ascii: "-")
        put(month, 2, out + 5)
        out[7] = UInt8(ascii: "-")
        put(dayOfMonth, 2, out + 8)
        out[10] = UInt8(ascii: "T")
        put(rest / 3_600_000, 2, out + 11)
        out[13] = UInt8(ascii: ":")
        put(rest / 60_000 % 60, 2, out + 14)
        out[16] = UInt8(ascii: ":")
        put(rest / 1000 % 60, 2, out + 17)
        out[19] = UInt8(ascii: ".")
        put(rest % 1000, 3, out + 20)
        out[23] = UInt8(ascii: "Z")
    }

    /// Reads an RFC 3339 date-time with `Z` or a numeric offset and any number of fraction digits
    /// (those past the third are dropped); nil for anything else, an impossible date included.
    ///
    /// A leap second (`:60`) is read as the first moment of the next minute.
    public init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
            let dayOfMonth = number(bytes, 8, 2), let hour = number(bytes, 11, 2), hour < 24,
            let minute = number(bytes, 14, 2), minute < 60,
            let second = number(bytes, 17, 2), second <= 60,
            let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        var milliseconds =
            day.number * 86_400_000
            + Int64(hour * 3_600_000 + minute * 60_000 + second * 1000)
        var at = 19
        if bytes[at] == UInt8(ascii: ".") {
            at += 1
            var scale = 100
            let first = at
            while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 {
                milliseconds += Int64(Int(bytes[at] - 48) * scale)
                scale /= 10
                at += 1
            }
            guard at > first, at < bytes.count else { return nil }
        }
        if bytes[at] | 0x20 == UInt8(ascii: "z") {
            guard at + 1 == bytes.count else { return nil }
        } else {
            guard at + 6 == bytes.count, bytes[at + 3] == UInt8(ascii: ":"),
                let hours = number(bytes, at + 1, 2), hours < 24,
                let minutes = number(bytes, at + 4, 2), minutes < 60
            else { return nil }
            let offset = Int64(hours * 3_600_000 + minutes * 60_000)
            switch bytes[at] {
            case UInt8(ascii: "+"): milliseconds -= offset
            case UInt8(ascii: "-"): milliseconds += offset
            default: return nil
            }
        }
        self.init(milliseconds: milliseconds)
    }

    /// Reads what a person or a record gives for a time: RFC 3339, a bare `YYYY-MM-DD` (its first
    /// moment in UTC), or whole epoch milliseconds. Nil for anything else.
    public init?(_ text: String) {
        if let value = Int64(text) {
            self.init(milliseconds: value)
        } else if let day = Day(text) {
            self = day.start
        } else {
            var copy = text
            guard let instant = copy.withUTF8({ Instant(rfc3339: $0) }) else { return nil }
            self = instant
        }
    }
}

extension Instant: CustomStringConvertible {
    public var description: String {
        String(unsafeUninitializedCapacity: Instant.rfc3339Length) {
            writeRFC3339(to: $0.baseAddress!)
            return Instant.rfc3339Length
        }
    }
}

@inline(__always)
private func put(_ value: Int, _ width: Int, _ out: UnsafeMutablePointer<UInt8>) {
    var rest = value
    var at = width - 1
    while at >= 0 {
        out[at] = 48 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        at -= 1
    }
}

@inline(__always)
private func number(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ width: Int) -> Int? {
    var value = 0
    for i in at..<(at + width) {
        let digit = bytes[i] &- 48
        guard digit < 10 else { return nil }
        value = value &* 10 &+ Int(digit)
    }
    return value
}
