import TCCore

/// A line of dirt as a text with places to fill: `%V` the vehicle, `%T` the time in milliseconds,
/// `%R` the time in RFC 3339, `%M` the message's other fields with the closing brace, `%N` arrays
/// nested too deeply, and `%` with two hexadecimal digits a byte that no text can hold.
struct LinePattern {
    let text: String

    static let tooManyBytes = Limits.lineBytes + 1
    static let tooManyLevels = Limits.nestingDepth + 2

    /// The line for one message, without its newline.
    func filled(from message: MessageParts) -> [UInt8] {
        var line: [UInt8] = []
        let bytes = Array(text.utf8)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "%") else {
                line.append(bytes[at])
                at += 1
                continue
            }
            at += 2
            switch bytes[at - 1] {
            case UInt8(ascii: "V"): line += message.vehicleID
            case UInt8(ascii: "T"): line += message.ts
            case UInt8(ascii: "M"): line += message.rest
            case UInt8(ascii: "R"):
                let milliseconds = Int64(String(decoding: message.ts, as: UTF8.self)) ?? 0
                line += Array(Instant(milliseconds: milliseconds).description.utf8)
            case UInt8(ascii: "N"):
                line += [UInt8](repeating: UInt8(ascii: "["), count: Self.tooManyLevels)
                line += [UInt8](repeating: UInt8(ascii: "]"), count: Self.tooManyLevels)
            default:
                let digits = String(decoding: bytes[(at - 1)...at], as: UTF8.self)
                line.append(UInt8(digits, radix: 16)!)
                at += 1
            }
        }
        return line
    }

    private static func all(_ texts: String...) -> [LinePattern] { texts.map(LinePattern.init) }

    /// Right in every way but the look. The last two are blank lines, which count for nothing.
    static let odd = all(
        "{\"vehicle_id\":\"%V\",\"ts\":%T%M%0D",
        " {\t\"vehicle_id\" : \"%V\" ,\t\"ts\" : %T %M ",
        "{\"ts\":%T,\"vehicle_id\":\"%V\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"%R\"%M",
        "{\"\\u0076ehicle_id\":\"%V\",\"t\\u0073\":%T%M",
        "{\"vehicle_id\":\"SOMEBODY-ELSE\",\"ts\":0,\"vehicle_id\":\"%V\",\"ts\":%T%M",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"cabin_c\":null,\"gear\":null%M",
        "", "%0D")

    static let broken = syntax + shapes + identities + times + types + words + ranges + encodings

    /// Not JSON.
    static let syntax = all(
        "{\"vehicle_id\":\"%V\" \"ts\":%T}", "{\"vehicle_id\":\"%V\",\"ts\":%T,}",
        "{\"vehicle_id\":\"%V\",,\"ts\":%T}", "{\"vehicle_id\" \"%V\",\"ts\":%T}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T", "{\"vehicle_id\":\"%V\",\"ts\":%T}}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T} {\"vehicle_id\":\"%V\",\"ts\":%T}",
        "{'vehicle_id':'%V','ts':%T}", "{vehicle_id:\"%V\",ts:%T}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":NaN}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":-}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":.5}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":5.}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":05}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":+5}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":0x1F}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":1e}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":1 2}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"soc_pct\":tru}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"gear\":\"D}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"note\":\"\\x\"}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"note\":\"\\u12G4\"}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"note\":\"a%09b\"}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"note\":\"a%00b\"}",
        "{\"vehicle_id\":\"%V\",\"ts\":%T%00}", "%00%00%00%00",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"note\":[1,2}", "{\"vehicle_id\":\"%V\",\"ts\":%T]",
        "{\"vehicle_id\":\"%V\",\"ts\":%T} // late", "vehicle_id=%V ts=%T", "%V,%T,55.1",
        "{\"vehicle_id\":\"%V\",\"ts\":%T,\"note\":%N}")

    /// JSON, but no object.
    static let shapes = all(
        "[{\"vehicle_id\":\"%V\",\"ts\":%T}]", "\"%V\"", "%T", "null", "true", "[]")

    static let identities = all(
        "{}", "{\"ts\":%T%M", "{\"vehicle_id\":null,\"ts\":%T%M",
        "{\"vehicle_id\":\"\",\"ts\":%T%M",
        "{\"vehicle_id\":7,\"ts\":%T%M", "{\"vehicle_id\":[\"%V\"],\"ts\":%T%M",
        "{\"vehicle_id\":\"%V %V\",\"ts\":%T%M", "{\"vehicle_id\":\"%V/1\",\"ts\":%T%M",
        "{\"vehicle_id\":\"%V-é\",\"ts\":%T%M",
        "{\"vehicle_id\":\"%V%V%V%V%V\",\"ts\":%T%M")

    static let times = all(
        "{\"vehicle_id\":\"%V\"%M", "{\"vehicle_id\":\"%V\",\"ts\":null%M",
        "{\"vehicle_id\":\"%V\",\"ts\":true%M", "{\"vehicle_id\":\"%V\",\"ts\":\"soon\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"\"%M", "{\"vehicle_id\":\"%V\",\"ts\":{}%M",
        "{\"vehicle_id\":\"%V\",\"ts\":%T.5%M", "{\"vehicle_id\":\"%V\",\"ts\":-1%M",
        "{\"vehicle_id\":\"%V\",\"ts\":4133980800000%M",
        "{\"vehicle_id\":\"%V\",\"ts\":99999999999999999999%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"2021-90-29T11:13:45Z\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"2026-02-30T00:00:00Z\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"2026-01-02T25:00:00Z\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"2026-01-02T03:04:05\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"1969-12-31T23:59:59Z\"%M",
        "{\"vehicle_id\":\"%V\",\"ts\":\"2101-01-01T00:00:00Z\"%M")

    static let types: [LinePattern] = {
        var patterns: [LinePattern] = []
        for signal in Signal.allCases {
            for value in ["\"55\"", "true", "[55]", "{}", "1e400"] {
                patterns.append(other(signal, "\"\(signal.name)\":\(value)"))
            }
        }
        for signal in EnumSignal.allCases {
            for value in ["1", "false", "[\"\(signal.words[0])\"]"] {
                patterns.append(with("\"\(signal.name)\":\(value)"))
            }
        }
        return patterns
    }()

    static let words: [LinePattern] = EnumSignal.allCases.flatMap { signal in
        ["", "nonsense", signal.words[0] + "x", signal.words[0] + " "].map {
            with("\"\(signal.name)\":\"\($0)\"")
        }
    }

    /// Just outside each range, and a place that is only half there.
    static let ranges: [LinePattern] = {
        var patterns = all(
            "{\"vehicle_id\":\"%V\",\"ts\":%T,\"lat\":37.5}",
            "{\"vehicle_id\":\"%V\",\"ts\":%T,\"lon\":-122.1}",
            "{\"vehicle_id\":\"%V\",\"ts\":%T,\"lat\":37.5,\"lon\":null}")
        for signal in Signal.allCases {
            let range = signal.range
            if range.lowerBound > -1e300 {
                patterns.append(other(signal, "\"\(signal.name)\":\(range.lowerBound - 0.001)"))
            }
            if range.upperBound < 1e300 {
                patterns.append(other(signal, "\"\(signal.name)\":\(range.upperBound + 0.001)"))
            }
        }
        return patterns
    }()

    /// Not UTF-8: a stray byte, an overlong NUL, a surrogate, a cut sequence, a number above
    /// U+10FFFF, a lone continuation.
    static let encodings = ["%FF", "%C0%80", "%ED%A0%80", "%E2%82", "%F4%90%80%80", "%80"].map {
        with("\"note\":\"\($0)\"")
    }

    private static func with(_ field: String) -> LinePattern {
        LinePattern(text: "{\"vehicle_id\":\"%V\",\"ts\":%T,\(field)}")
    }

    /// A faulty coordinate comes with a good one beside it, so that it is the only fault.
    private static func other(_ signal: Signal, _ field: String) -> LinePattern {
        switch signal {
        case .lat: with(field + ",\"lon\":1.5")
        case .lon: with("\"lat\":1.5," + field)
        default: with(field)
        }
    }
}
