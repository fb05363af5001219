/// Durations as people write them in flags and configuration: `500ms`, `30s`, `10m`, `24h`, `7d`,
/// and their sums, `1h30m`.
extension Duration {
    /// Nil for anything that is not a sum of whole numbers with a unit, or is above 100 years.
    public init?(text: String) {
        var total: Int64 = 0
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int64(digits), count <= 3_155_760_000_000 else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            let milliseconds: Int64
            switch unit {
            case "ms": milliseconds = 1
            case "s": milliseconds = 1000
            case "m": milliseconds = 60_000
            case "h": milliseconds = 3_600_000
            case "d": milliseconds = 86_400_000
            default: return nil
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: milliseconds)
            guard !overflow, product <= 3_155_760_000_000 else { return nil }
            total += product
            rest = rest.dropFirst(unit.count)
        }
        guard total <= 3_155_760_000_000 else { return nil }
        self = .milliseconds(total)
    }

    /// Whole milliseconds, rounded toward zero.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// The shortest text that `init(text:)` reads back: `1h30m`, `0s`.
    public var text: String {
        var rest = milliseconds
        if rest == 0 { return "0s" }
        var text = ""
        for (unit, size) in [
            ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
        ]
            as [(String, Int64)] where rest >= size
        {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return text
    }
}
