import CScan
import TCCore

/// The limits of one line.
enum LineLimits {
    static let bytes = Limits.lineBytes
}

/// The accepted times: the years 1970 to 2100.
enum TimeLimits {
    /// 2101-01-01T00:00:00Z, the first moment that is too late.
    static let end: Int64 = 4_133_980_800_000

    @inline(__always)
    static func contains(_ milliseconds: Int64) -> Bool { milliseconds >= 0 && milliseconds < end }
}

/// Whether `id` is 1 to 64 bytes of `A-Z a-z 0-9 . _ : -`.
func isVehicleID(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !id.isEmpty, id.count <= VehicleTable.stride else { return false }
    return id.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// Whether `bytes` are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above
/// U+10FFFF.
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { firstBadUTF8(bytes) == bytes.count }

/// The index of the first byte that is not part of a whole UTF-8 character; the count where all are.
func firstBadUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = 0
    let count = bytes.count
    while at < count {
        let byte = bytes[at]
        if byte < 0x80 {
            at += 1
            // Eight at a time over plain text.
            while at + 8 <= count, load(bytes.baseAddress! + at) & 0x8080_8080_8080_8080 == 0 {
                at += 8
            }
            continue
        }
        let length: Int
        // The second byte's bounds carry what the lead byte alone cannot say.
        var low: UInt8 = 0x80
        var high: UInt8 = 0xbf
        switch byte {
        case 0xc2...0xdf: length = 2
        case 0xe0...0xef:
            length = 3
            if byte == 0xe0 { low = 0xa0 }
            if byte == 0xed { high = 0x9f }
        case 0xf0...0xf4:
            length = 4
            if byte == 0xf0 { low = 0x90 }
            if byte == 0xf4 { high = 0x8f }
        default: return at
        }
        guard at + length <= count, bytes[at + 1] >= low, bytes[at + 1] <= high else { return at }
        for i in 2..<max(2, length) where bytes[at + i] & 0xc0 != 0x80 { return at }
        at += length
    }
    return count
}

/// Reads RFC 3339 times that mostly share a date: the last date's day is remembered as its text.
struct DateMemory {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var dayStart: Int64 = 0

    /// The milliseconds of an RFC 3339 date-time; nil for anything else.
    @inline(__always)
    mutating func milliseconds(_ p: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
        let isShort = length == 20
        guard isShort || length == 24, load(p) == low, load(p + 8) & 0xff_ffff == high else {
            return remember(p, length)
        }
        // "Thh:mm:ss" with the separators taken away, as eight digits hh0mm0ss.
        let clock = load(p + 11)
        let separators: UInt64 = 0x0000_FF00_00FF_0000
        guard clock & separators == 0x0000_3A00_003A_0000 else { return remember(p, length) }
        let zeroed = clock & ~separators | 0x0000_3000_0030_0000
        guard nonDigits(zeroed) == 0 else { return remember(p, length) }
        let digits = Int64(bitPattern: eightDigits(zeroed))
        let (hour, minute, second) = (digits / 1_000_000, digits / 1000 % 1000, digits % 1000)
        guard hour < 24, minute < 60, second < 60 else { return remember(p, length) }
        var fraction: Int64 = 0
        if isShort {
            guard p[19] == UInt8(ascii: "Z") else { return remember(p, length) }
        } else {
            // ".mmmZ"
            let tail = load(p + 19) & 0xff_ffff_ffff
            guard tail & 0xff_0000_00ff == 0x5A_0000_002E else { return remember(p, length) }
            let text = tail >> 8 & 0xff_ffff
            guard nonDigits(text | 0x3030_3030_3000_0000) == 0 else { return remember(p, length) }
            fraction = Int64(bitPattern: eightDigits(text &<< 40))
        }
        return dayStart + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction
    }

    private mutating func remember(_ p: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
        guard let instant = Instant(rfc3339: UnsafeBufferPointer(start: p, count: length)) else {
            return nil
        }
        // Only texts of this form are compared with the memory.
        if p[length - 1] == UInt8(ascii: "Z"), p[10] == UInt8(ascii: "T") {
            (low, high) = (load(p), load(p + 8) & 0xff_ffff)
            var date = Array(UnsafeBufferPointer(start: p, count: 10))
            date += Array("T00:00:00Z".utf8)
            dayStart = date.withUnsafeBufferPointer { Instant(rfc3339: $0)!.milliseconds }
        }
        return instant.milliseconds
    }
}

/// Nonzero where any of the eight bytes is not an ASCII digit.
@inline(__always)
private func nonDigits(_ word: UInt64) -> UInt64 {
    let shifted = word ^ 0x3030_3030_3030_3030
    return (shifted | (shifted &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0
}

/// JSON string contents, without the quotes.
enum JSONText {
    /// The characters that a valid string's text stands for, as UTF-8.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "\\")) else { return Array(text) }
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            guard text[at] == UInt8(ascii: "\\") else {
                out.append(text[at])
                at += 1
                continue
            }
            switch text[at + 1] {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0c)
            case UInt8(ascii: "n"): out.append(0x0a)
            case UInt8(ascii: "r"): out.append(0x0d)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"):
                var code = unit(text, at + 2)
                if code & 0xfc00 == 0xd800 {
                    code = 0x10000 + (code & 0x3ff) << 10 + unit(text, at + 8) & 0x3ff
                    at += 6
                }
                out += Unicode.Scalar(code).map { Array(String($0).utf8) } ?? []
                at += 4
            default: out.append(text[at + 1])
            }
            at += 2
        }
        return out
    }

    /// A string as JSON writes it, with its quotes: only what must be escaped is, and in one way, so
    /// that equal keys are equal bytes.
    static func quote(_ text: [UInt8]) -> [UInt8] {
        var out = [UInt8(ascii: "\"")]
        out.reserveCapacity(text.count + 2)
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
            case 0x08: out += Array("\\b".utf8)
            case 0x09: out += Array("\\t".utf8)
            case 0x0a: out += Array("\\n".utf8)
            case 0x0c: out += Array("\\f".utf8)
            case 0x0d: out += Array("\\r".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                out += Array(("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8)
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
        return out
    }

    /// The four hexadecimal digits at `at`.
    private static func unit(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | (hexDigit(text[at + $1]) ?? 0) }
    }
}
