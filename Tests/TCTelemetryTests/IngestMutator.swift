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
        if below(20) > 0 { fields.append("\(key("vehicle_id"))\(space()):\(space())\(vehicle())") }
        if below(20) > 0 { fields.append("\(key("ts"))\(space()):\(space())\(time())") }
        for _ in 0..<below(10) {
            switch below(10) {
            case 0...5:
                fields.append("\(key(pick(IngestMutator.numberNames))):\(space())\(number())")
            case 6, 7: fields.append("\(key(pick(IngestMutator.wordNames))):\(space())\(word())")
            case 8: fields.append("\"lat\":\(number()),\"lon\":\(space())\(number())")
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
        if below(3) == 0 { for _ in 0...below(4) { mutate(&bytes) } }
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
        case 0: "\"\(String(repeating: "v", count: below(70)))\""
        case 1: pick(["null", "17", "\"\"", "\"a b\"", "\"a\\u0062\"", "\"é\"", "[]", "\"a/b\""])
        default:
            "\"\(pick(["5YJ3E1EA0MF00001", "veh_", "a.b:c-d_", "X", "LRW3E7EK2TF000002"]))\(below(50))\""
        }
    }

    private mutating func time() -> String {
        switch below(12) {
        case 0:
            pick([
                "0", "-1", "-0", "4133980799999", "4133980800000", "1e12", "1.5",
                "99999999999999999999",
                "1767323045000.0", "null", "true", "01", "1767323045401e0", "12345678",
            ])
        case 1...4: "\"\(clock())\""
        default: "17673230\(below(100_000_0))"
        }
    }

    private mutating func clock() -> String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let day = pick([
            "2026-01-02", "2026-01-03", "2021-90-01", "2024-02-29", "2100-12-31", "1969-12-31",
        ])
        let fraction = pick(["", ".5", ".123", ".123456789", ".000", "."])
        let zone = pick(["Z", "Z", "Z", "z", "+01:00", "-23:59", "", "+1:00"])
        return
            "\(day)\(pick(["T", "T", "T", "t", " "]))\(two(below(25))):\(two(below(61))):\(two(below(62)))"
            + fraction + zone
    }

    private mutating func number() -> String {
        switch below(12) {
        case 0: return pick(IngestMutator.oddNumbers)
        case 1: return pick(["\"5\"", "true", "null", "null", "{}", "[1]", "\"\""])
        case 2:
            let digits = (0..<(1 + below(24))).map { _ in String(below(10)) }.joined()
            return
                "\(pick(["", "-"]))\(below(9)).\(digits)\(pick(["", "e-\(below(330))", "E+\(below(300))"]))"
        case 3: return "\(pick(["", "-"]))\(next() >> UInt64(below(64)))"
        case 4: return "\(Double(below(1_000_000)) / 1000)"
        default: return "\(pick(["", "", "-"]))\(below(200)).\(below(1_000_000))"
        }
    }

    private mutating func word() -> String {
        pick([
            "\"off\"", "\"heat\"", "\"cool\"", "\"auto\"", "\"defrost\"", "\"P\"", "\"R\"", "\"N\"",
            "\"D\"",
            "\"idle\"", "\"connected\"", "\"charging\"", "\"complete\"", "\"fault\"", "null", "1",
            "\"\"",
            "\"Off\"", "\"o\\u0066f\"", "\"connectee\"", "\"charging \"",
        ])
    }

    private mutating func anything(_ depth: Int) -> String {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return number()
        case 1:
            return pick([
                "\"\"", "\"é€😀\"", "\"a\\\"b\\\\\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"",
                "\"x\\u0000\"",
            ])
        case 2: return pick(["true", "false", "null"])
        case 3: return "\"\(String(repeating: "text ", count: below(12)))\""
        case 4: return word()
        case 5: return "[\((0..<below(4)).map { _ in anything(depth - 1) }.joined(separator: ","))]"
        case 6:
            let depth = below(140)
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
    private static let wordNames = ["hvac", "gear", "charge", "gear", "charge"]
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
