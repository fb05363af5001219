/// Telemetry lines of every shape, and lines broken in every way, from a seed. TCBench's fuzzer
/// shares this file.
struct IngestMutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    private mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

    /// One line without a newline: mostly fields that are right, then up to four mutations.
    mutating func line() -> [UInt8] {
        var fields: [String] = []
        if below(60) > 0 { fields.append("\(key("vehicle_id"))\(space()):\(space())\(vehicle())") }
        if below(60) > 0 { fields.append("\(key("ts"))\(space()):\(space())\(time())") }
        for _ in 0..<below(10) {
            switch below(10) {
            case 0...5:
                let name = pick(IngestMutator.numberNames)
                fields.append("\(key(name)):\(space())\(isOdd() ? oddNumber() : number(for: name))")
            case 6, 7:
                let (name, words) = pick(IngestMutator.words)
                let value = isOdd() ? pick(IngestMutator.oddWords) : "\"\(pick(words))\""
                fields.append("\(key(name)):\(space())\(value)")
            case 8:
                let (lat, lon) = (number(for: "lat"), number(for: "lon"))
                fields.append("\"lat\":\(lat),\"lon\":\(space())\(lon)")
            default:
                fields.append("\(key(pick(IngestMutator.otherNames))):\(space())\(anything(3))")
            }
        }
        if below(3) == 0 { fields.swapAt(below(fields.count + 1) % max(1, fields.count), 0) }
        var text = "\(space()){\(space())"
        for (index, field) in fields.enumerated() {
            text += (index > 0 ? "\(space()),\(space())" : "") + field
        }
        text += "\(space())}\(space())"
        if below(30) == 0 { text += "\r" }
        var bytes = Array(text.utf8)
        if below(4) == 0 { for _ in 0...below(3) { mutate(&bytes) } }
        return bytes.filter { $0 != 10 }
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let at = below(bytes.count)
        switch below(8) {
        case 0: bytes[at] = UInt8(below(256))
        case 1: bytes[at] ^= 1 << UInt8(below(8))
        case 2: bytes.remove(at: at)
        case 3: bytes.insert(UInt8(below(256)), at: at)
        case 4: bytes.insert(contentsOf: Array(pick(IngestMutator.scraps).utf8), at: at)
        case 5: bytes.removeSubrange(at..<min(bytes.count, at + 1 + below(12)))
        case 6:
            let piece = Array(bytes[at..<min(bytes.count, at + 1 + below(20))])
            bytes.insert(contentsOf: piece, at: below(bytes.count))
        default:
            let scrap = Array(pick(IngestMutator.scraps).utf8)
            bytes.replaceSubrange(at..<min(bytes.count, at + scrap.count), with: scrap)
        }
    }

    /// Seldom: where a value should be one that is refused, or hard to read.
    private mutating func isOdd() -> Bool { below(25) == 0 }

    private mutating func space() -> String {
        below(6) == 0 ? pick([" ", "  ", "\t", "\r", " \t "]) : ""
    }

    /// A key, seldom with one character escaped.
    private mutating func key(_ name: String) -> String {
        guard below(40) == 0, !name.isEmpty else { return "\"\(name)\"" }
        let scalars = Array(name.unicodeScalars)
        let at = below(scalars.count)
        return "\""
            + scalars.indices.map { $0 == at ? escape(scalars[$0]) : String(scalars[$0]) }.joined()
            + "\""
    }

    private func escape(_ scalar: Unicode.Scalar) -> String {
        let units = Array(String(scalar).utf16)
        return units.map { unit in
            let hex = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }.joined()
    }

    private mutating func vehicle() -> String {
        switch below(12) {
        case 0: "\"\(String(repeating: "v", count: 1 + below(isOdd() ? 70 : 64)))\""
        case 1 where isOdd():
            pick(["null", "17", "\"\"", "\"a b\"", "\"a\\u0062\"", "\"é\"", "[]", "\"a/b\""])
        default:
            "\"\(pick(["5YJ3E1EA0MF00001", "veh_", "a.b:c-d_", "X", "LRW3E7EK2TF000002"]))\(below(50))\""
        }
    }

    private mutating func time() -> String {
        if isOdd() { return below(2) == 0 ? pick(IngestMutator.oddTimes) : "\"\(oddClock())\"" }
        switch below(4) {
        case 0: return "\"\(clock())\""
        case 1: return "\(next() % 4_133_980_800_000)"
        default: return "17673230\(10000 + below(80000))"
        }
    }

    private mutating func clock() -> String {
        let day = pick(["2026-01-02", "2026-01-03", "2024-02-29", "2100-12-31", "1970-01-01"])
        let clock = "\(two(below(24))):\(two(below(60))):\(two(below(60)))"
        return "\(day)T\(clock)\(pick(["", ".5", ".123", ".123456789", ".000"]))Z"
    }

    private mutating func oddClock() -> String {
        let day = pick(["2026-01-02", "2021-90-01", "2023-02-29", "1969-12-31", "1970-01-01"])
        let clock = "\(two(below(25))):\(two(below(61))):\(two(below(62)))"
        let zone = pick(["Z", "z", "+01:00", "-23:59", "", "+1:00", "Zz"])
        return day + pick(["T", "t", " "]) + clock + pick(["", ".5", ".", ".1x3"]) + zone
    }

    private func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

    /// A number in the field's range.
    private mutating func number(for name: String) -> String {
        let sign = ["lat", "lon", "battery_kw", "ambient_c"].contains(name) ? pick(["", "-"]) : ""
        switch below(5) {
        case 0: return "\(sign)\(below(90))"
        case 1: return "\(sign)\(below(90)).\(next() >> UInt64(below(64)))"
        default: return "\(sign)\(below(90)).\(below(1_000_000))"
        }
    }

    private mutating func oddNumber() -> String {
        switch below(5) {
        case 0: return pick(IngestMutator.oddNumbers)
        case 1: return pick(["\"5\"", "true", "null", "{}", "[1]", "\"\""])
        case 2:
            let digits = (0..<(1 + below(24))).map { _ in String(below(10)) }.joined()
            let exponent = pick(["", "e-\(below(330))", "E+\(below(300))"])
            return "\(pick(["", "-"]))\(below(9)).\(digits)\(exponent)"
        case 3: return "\(pick(["", "-"]))\(next() >> UInt64(below(64)))"
        default: return "\(Double(below(1_000_000)) / 1000)"
        }
    }

    private mutating func anything(_ depth: Int) -> String {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return below(3) == 0 ? pick(IngestMutator.plainNumbers) : number(for: "lat")
        case 1:
            return pick([
                "\"\"", "\"é€😀\"", "\"a\\\"b\\\\\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"",
                "\"x\\u0000\"",
            ])
        case 2: return pick(["true", "false", "null"])
        case 3: return "\"\(String(repeating: "text ", count: below(12)))\""
        case 4: return isOdd() ? pick(IngestMutator.oddWords) : "\"cool\""
        case 5: return "[\((0..<below(4)).map { _ in anything(depth - 1) }.joined(separator: ","))]"
        case 6:
            let depth = isOdd() ? 120 + below(20) : below(20)
            return String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        default:
            return
                "{\((0..<below(4)).map { _ in "\(key(pick(IngestMutator.otherNames))):\(anything(depth - 1))" }.joined(separator: ","))}"
        }
    }

    private static let numberNames = [
        "soc_pct", "alt_m", "heading_deg", "speed_kph", "accel_mps2", "odometer_km", "range_km",
        "battery_c", "battery_kw", "ambient_c", "cabin_c", "target_c", "charge_kw", "charge_kwh",
        "lat", "lon",
    ]
    private static let words = [
        ("hvac", ["off", "heat", "cool", "auto", "defrost"]), ("gear", ["P", "R", "N", "D"]),
        ("charge", ["idle", "connected", "charging", "complete", "fault"]),
    ]
    private static let oddWords = [
        "null", "1", "\"\"", "\"Off\"", "\"o\\u0066f\"", "\"connectee\"", "\"charging \"", "\"P\"",
        "\"off\"", "\"idle\"",
    ]
    private static let oddTimes = [
        "0", "-1", "-0", "4133980799999", "4133980800000", "1e12", "1.5", "99999999999999999999",
        "1767323045000.0", "null", "true", "01", "1767323045401e0", "12345678", "[]",
    ]
    private static let plainNumbers = [
        "0", "-0", "1e400", "5e-324", "12345678901234567890.123", "1E+2", "0.10",
    ]
    private static let otherNames = [
        "trip", "x", "", "é", "a\\\"b", "soc_pct ", "Soc_pct", "gps_speed_kph", "t", "tss",
        "vehicle_ids",
        "a_much_longer_name_than_any_of_ours", "\\n", "😀", "a/b",
    ]
    private static let oddNumbers = [
        "0", "-0", "-0.0", "0.0", "100", "100.0", "100.00000000000001", "99.99999999999999", "90",
        "-90.0",
        "180.0000001", "1e2", "1E+2", "1e400", "-1e400", "5e-324", "2e-324", "1e-400",
        "1.7976931348623157e308",
        "9007199254740993", "9007199254740993.0", "0.1", "0.30000000000000004",
        "123456789.12345678",
        "12345678.12345678", "1234567.1234567", "00", "01", "1.", ".5", "+1", "1e", "1e+", "--1",
        "0x10", "NaN",
        "Infinity", "1_000", "6.0221407623456789e22", "8.98846567431157953864652595394501288e307",
        "0e5",
        "0.000000000000000000000000000001", "360", "360.0", "500.0", "500.1",
    ]
    private static let scraps = [
        "\"", "\\", "\\u0061", "\\u", "{", "}", "[", "]", ":", ",", ",,", "null", "true", "1e400",
        "-", "é",
        "\u{0}", "\u{1}", "\t", " ", "\r", "\u{feff}", "\"ts\":", "\"lat\":1,", "\"soc_pct\":50,",
        "\"vehicle_id\":\"A\",",
        "\u{7f}", "\"soc_pct\":null,", "\"a\":1,", "\"trip\":\"T1\",", "\\ud800", "\\ud83d\\ude00",
    ]
}
