/// Makes inputs for the JSON reader from a seed: well-formed texts, texts broken in a few places, and
/// pieces of both put together.
struct JSONMutator {
    /// Longer inputs are cut; they would find no more and take longer.
    static let longest = 4096

    private var random: SplitMix64
    private let corpus: [[UInt8]]

    /// - Parameter corpus: more texts to start from than those here.
    init(seed: UInt64, corpus: [[UInt8]] = []) {
        random = SplitMix64(seed: seed)
        self.corpus =
            JSONMutator.documents.map { Array($0.utf8) }
            + corpus.map { Array($0.prefix(JSONMutator.longest)) }
    }

    /// The next input, at most `longest` bytes.
    mutating func next() -> [UInt8] {
        var text: [UInt8] = []
        if random.below(4) == 0 {
            value(depth: 0, into: &text)
        } else {
            text = corpus[random.below(corpus.count)]
        }
        // One in eight stays whole, so that well-formed texts are well covered too.
        if random.below(8) > 0 {
            repeat { mutate(&text) } while random.below(3) > 0
        }
        return text.count > JSONMutator.longest ? Array(text.prefix(JSONMutator.longest)) : text
    }

    // MARK: Breaking

    private mutating func mutate(_ text: inout [UInt8]) {
        let place = random.below(text.count + 1)
        let other = random.below(text.count + 1)
        let range = min(place, other)..<min(max(place, other), min(place, other) + 40)
        switch random.below(9) {
        case 0 where place < text.count: text[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < text.count: text[place] = UInt8(random.below(256))
        case 2: text.insert(UInt8(random.below(256)), at: place)
        case 3, 4:
            let token = JSONMutator.tokens[random.below(JSONMutator.tokens.count)]
            text.insert(contentsOf: token, at: place)
        case 5: text.removeSubrange(range)
        case 6: text.insert(contentsOf: Array(text[range]), at: place)
        case 7:
            let piece = corpus[random.below(corpus.count)]
            let from = random.below(piece.count + 1)
            text.replaceSubrange(range, with: piece[from..<min(piece.count, from + 60)])
        default:
            let token = JSONMutator.tokens[random.below(JSONMutator.tokens.count)]
            let times = 1 + random.below(200)
            text.insert(contentsOf: (0..<times).flatMap { _ in token }, at: place)
        }
    }

    private static let tokens: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ":", ",", "\\u", "\\u0000", "\\ud83d", "\\ude97",
            "\\uD800",
            "\\\"", "\\n", "\\x", "0", "-", "+", ".", "e", "E+", "1e999", "00",
            "9223372036854775808",
            "18446744073709551616", "0.1", "null", "true", "false", "NaN", " ", "\t", "\r\n",
            "\u{0B}",
            "\0", "\u{7F}", "\u{A0}", "é", "漢", "🚗", "\u{FEFF}", "\u{2028}", "e\u{301}", "/*", "//",
            "'", "{\"a\":", "[[", "\"\":", "\"a\":1,", "12345678", "abcdefgh",
        ].map { Array($0.utf8) } + [
            [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x9A],
            [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE], [0xFF, 0xFE],
        ]

    private static let documents = [
        "{\"vehicle_id\":\"veh-000123\",\"ts\":1767225600000,\"soc_pct\":63.5,\"lat\":52.520008,"
            + "\"lon\":13.404954,\"speed_kph\":87.0,\"hvac\":\"heat\",\"gear\":\"D\",\"charge\":\"idle\"}",
        "{\"ts\":\"2026-01-02T03:04:05.678Z\",\"firmware\":{\"v\":[1,2,{\"x\":null}]},\"ok\":true}",
        "[0,-0,1,-1,0.0,-0.5,1e5,1E-5,1.5e+300,9223372036854775807,-9223372036854775808]",
        "[\"\",\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\u0041\\u00e9\\ud83d\\ude97\",\"é漢🚗\u{7F}\"]",
        "{\"a\":1,\"b\":2,\"a\":{\"a\":[],\"a\":{}},\"\\u0061\":3,\"\":4,\"\":5}",
        " \t\r\n[ true , false , null , { } , [ ] , \"x\" ] \n", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
        "null", "-12.50e-3", "\"0123456789abcdef0123456789abcdef\"", "{}", "",
    ]

    // MARK: Making

    private mutating func value(depth: Int, into text: inout [UInt8]) {
        switch random.below(depth < 6 ? 9 : 5) {
        case 0: text += Array(["null", "true", "false"][random.below(3)].utf8)
        case 1, 2: number(into: &text)
        case 3, 4: string(into: &text)
        case 5, 6:
            list("[", "]", into: &text) { $0.value(depth: depth + 1, into: &$1) }
        default:
            list("{", "}", into: &text) {
                $0.string(into: &$1)
                $0.space(into: &$1)
                $1.append(UInt8(ascii: ":"))
                $0.value(depth: depth + 1, into: &$1)
            }
        }
        space(into: &text)
    }

    private mutating func list(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, into text: inout [UInt8],
        _ element: (inout JSONMutator, inout [UInt8]) -> Void
    ) {
        text.append(UInt8(ascii: open))
        space(into: &text)
        // Now and then as many as make the reader of an object change its ways.
        let count = random.below(40) == 0 ? 60 + random.below(20) : random.below(4)
        for index in 0..<count where text.count < JSONMutator.longest {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            space(into: &text)
            element(&self, &text)
        }
        text.append(UInt8(ascii: close))
    }

    private mutating func number(into text: inout [UInt8]) {
        if random.below(2) == 0 { text.append(UInt8(ascii: "-")) }
        text += Array(String(random.next() >> UInt64(random.below(64))).utf8)
        if random.below(2) == 0 {
            text += Array(".\(random.below(10))\(random.below(100_000))".utf8)
        }
        if random.below(4) == 0 {
            text += Array("\(["e", "E-", "e+", "E"][random.below(4)])0\(random.below(400))".utf8)
        }
    }

    private mutating func string(into text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for _ in 0..<random.below(random.below(8) == 0 ? 70 : 5) {
            switch random.below(6) {
            case 0: text += [0x5C, Array("\"\\/bfnrt".utf8)[random.below(8)]]
            case 1:
                text += Array("\\u\(["0000", "00e9", "FFFF", "d83D\\uDe97"][random.below(4)])".utf8)
            case 2: text += Array(["é", "漢", "🚗", "\u{7FF}", "\u{10FFFF}"][random.below(5)].utf8)
            default: text.append(UInt8(ascii: "a") + UInt8(random.below(4)))
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    private mutating func space(into text: inout [UInt8]) {
        if random.below(8) == 0 { text.append([0x20, 0x09, 0x0A, 0x0D][random.below(4)]) }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers for a seed wherever it runs.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Evenly enough to choose mutations, 0 up to `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
