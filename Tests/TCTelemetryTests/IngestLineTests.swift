import TCCore
import TCWire
import Testing

@testable import TCTelemetry

/// What one line becomes.
@Suite struct IngestLineTests {
    private func outcome(_ line: String) -> LineOutcome { outcome(Array(line.utf8)) }

    private func outcome(_ line: [UInt8]) -> LineOutcome {
        let fast = LineOutcome.all(of: [line])[0]
        #expect(fast == LineOutcome.carefully(line), "the two ways differ")
        return fast
    }

    private func reason(_ line: String) -> RejectionReason? {
        if case .rejected(let reason, _) = outcome(line) { reason } else { nil }
    }

    private func accepted(_ line: String) -> LineRow? {
        if case .accepted(let row) = outcome(line) { row } else { nil }
    }

    private func message(_ line: String) -> String? {
        if case .rejected(_, let message) = outcome(line) { message } else { nil }
    }

    private func with(_ fields: String) -> String {
        "{\"vehicle_id\":\"V1\",\"ts\":1000,\(fields)}"
    }

    private func value(_ text: String, of name: String = "battery_c") -> Double? {
        let bits = accepted(with("\"\(name)\":\(text)"))?.numbers[Signal(name: name)!.rawValue]
        return bits.map { Double(bitPattern: $0) }
    }

    @Test func aFullLineBecomesARow() throws {
        let fields = Signal.allCases.map { "\"\($0.name)\":\(Double($0.rawValue) + 0.5)" }
        let words = "\"hvac\":\"defrost\",\"gear\":\"D\",\"charge\":\"connected\""
        let row = try #require(accepted(with(fields.joined(separator: ",") + "," + words)))
        #expect(row.vehicleID == "V1")
        #expect(row.ts == 1000)
        #expect(row.words == [5, 4, 2])
        for signal in Signal.allCases {
            #expect(row.numbers[signal.rawValue] == (Double(signal.rawValue) + 0.5).bitPattern)
        }
        #expect(row.extra.isEmpty)
    }

    @Test(arguments: [
        "0", "-0", "-0.0", "1e2", "1E+2", "5e-324", "2e-324", "1.7976931348623157e308", "0.1",
        "9007199254740993", "9007199254740992.9999", "123456789.12345678", "12345678.12345678",
        "0.30000000000000004", "37.774929123456789", "-117.984280", "1e22", "1e23", "8.5e-22",
        "179769313486231570000000000000000000000", "4.35", "0.000001", "12345678901234567890123",
        "6.0221407623456789e22", "2.2250738585072011e-308", "1234567890123456.7",
    ])
    func numbersAreReadToTheNearestDouble(_ text: String) throws {
        #expect(value(text)?.bitPattern == Double(text)!.bitPattern)
    }

    @Test func randomNumbersAreReadToTheNearestDouble() {
        var random = IngestMutator(seed: 7)
        for _ in 0..<20_000 {
            let whole = String(random.next() >> UInt64(random.below(64)))
            let fraction = String(random.next() >> UInt64(random.below(64)))
            let zeros = String(repeating: "0", count: random.below(4))
            let text = random.below(4) == 0 ? whole : "\(whole).\(zeros)\(fraction)"
            #expect(value("-" + text)?.bitPattern == Double("-" + text)!.bitPattern, "\(text)")
        }
    }

    @Test(arguments: ["01", "-", "1.", ".5", "+1", "1e", "0x1", "NaN", "--1", "1e+", "00.5", "1_0"])
    func whatIsNoNumberIsBadSyntax(_ text: String) {
        #expect(reason(with("\"alt_m\":\(text)")) == .jsonSyntax)
    }

    @Test func rangesAreInclusive() {
        for signal in Signal.allCases where signal.range.upperBound < 1000 {
            let (low, high) = (signal.range.lowerBound, signal.range.upperBound)
            let other = signal == .lat ? ",\"lon\":0" : signal == .lon ? ",\"lat\":0" : ""
            for (text, isAccepted) in [
                ("\(low)", true), ("\(high)", true), ("\(high.nextUp)", false),
                ("\(low.nextDown)", false),
            ] {
                let line = with("\"\(signal.name)\":\(text)\(other)")
                #expect((accepted(line) != nil) == isAccepted, "\(signal.name) \(text)")
            }
        }
        #expect(reason(with("\"odometer_km\":-0.1")) == .outOfRange)
        #expect(reason(with("\"battery_kw\":1e400")) == .outOfRange)
        #expect(
            message(with("\"soc_pct\":130.5")) == "'soc_pct' must be from 0 to 100, got 130.5")
    }

    @Test func aPlaceHasBothCoordinatesOrNeither() {
        #expect(reason(with("\"lat\":1")) == .missingField)
        #expect(reason(with("\"lon\":1,\"lat\":null")) == .missingField)
        #expect(accepted(with("\"lon\":1,\"lat\":2")) != nil)
        #expect(accepted(with("\"lon\":null,\"lat\":null")) != nil)
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("4133980799999", 4_133_980_799_999),
        ("1767323045401", 1_767_323_045_401),
        ("1e12", 1_000_000_000_000), ("\"1970-01-01T00:00:00Z\"", 0), ("5.0", 5),
        ("\"2026-01-02T03:04:05.678Z\"", 1_767_323_045_678),
        ("\"2026-01-02T03:04:05Z\"", 1_767_323_045_000),
        ("\"2026-01-02T04:04:05.6789+01:00\"", 1_767_323_045_678),
        ("\"2100-12-31T23:59:59.999Z\"", 4_133_980_799_999),
        ("\"2026-01-02t03:04:05z\"", 1_767_323_045_000),
    ])
    func timesAreEpochMillisecondsOrRFC3339(_ text: String, _ milliseconds: Int64) {
        #expect(accepted("{\"ts\":\(text),\"vehicle_id\":\"A\"}")?.ts == milliseconds)
    }

    @Test(arguments: [
        ("-1", RejectionReason.outOfRange), ("4133980800000", .outOfRange), ("1e300", .outOfRange),
        ("99999999999999999999", .outOfRange), ("1.5", .badTime),
        ("\"2021-90-29T11:13:45Z\"", .badTime),
        ("\"2101-01-01T00:00:00Z\"", .outOfRange), ("\"1969-12-31T23:59:59.999Z\"", .outOfRange),
        ("\"2026-01-02\"", .badTime), ("\"\"", .badTime), ("true", .wrongType),
        ("null", .missingField),
        ("\"2026-01-02T25:04:05Z\"", .badTime), ("[]", .wrongType), ("\"1767323045401\"", .badTime),
    ])
    func otherTimesAreRejected(_ text: String, _ expected: RejectionReason) {
        #expect(reason("{\"ts\":\(text),\"vehicle_id\":\"A\"}") == expected)
    }

    @Test func timesThatShareADateAreReadAlike() {
        var lines: [[UInt8]] = []
        var expected: [Int64?] = []
        var random = IngestMutator(seed: 3)
        for _ in 0..<5000 {
            let day = ["2026-01-02", "2024-02-29", "2023-02-29"][random.below(3)]
            let clock = [random.below(25), random.below(61), random.below(62)]
                .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
            let text =
                "\(day)T\(clock)\(["", ".5", ".123", ".1x3"][random.below(4)])\(["Z", "+00:00"][random.below(2)])"
            lines.append(Array("{\"vehicle_id\":\"A\",\"ts\":\"\(text)\"}".utf8))
            expected.append(Instant(text)?.milliseconds)
        }
        for (outcome, expected) in zip(LineOutcome.all(of: lines), expected) {
            if case .accepted(let row) = outcome {
                #expect(row.ts == expected)
            } else {
                #expect(expected == nil)
            }
        }
    }

    @Test(arguments: [
        "A", "a.b_c:d-e", String(repeating: "v", count: 64), "5YJ3E1EA0MF000013",
        "0123456789abcdef",
    ])
    func identitiesAreKept(_ id: String) {
        #expect(accepted("{\"vehicle_id\":\"\(id)\",\"ts\":1}")?.vehicleID == id)
    }

    @Test(arguments: ["", "a b", "é", "a/b", "a\\\"b", String(repeating: "v", count: 65)])
    func otherIdentitiesAreRejected(_ id: String) {
        #expect(reason("{\"vehicle_id\":\"\(id)\",\"ts\":1}") == .badVehicleID)
    }

    @Test func aKnownIdWithAByteMoreIsAnotherId() {
        // The second line's id is looked up among those of the first.
        for (second, expected) in [
            ("A\u{0}", RejectionReason.jsonSyntax),
            ("A\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}", .jsonSyntax),
            ("A ", .badVehicleID), ("", .badVehicleID),
        ] {
            let lines = ["A", second].map { Array("{\"vehicle_id\":\"\($0)\",\"ts\":1}".utf8) }
            guard case .rejected(let reason, _) = LineOutcome.all(of: lines)[1] else {
                Issue.record("accepted \(second)")
                continue
            }
            #expect(reason == expected)
        }
    }

    @Test func identityIsRequired() {
        #expect(reason("{\"ts\":1}") == .missingField)
        #expect(reason("{\"vehicle_id\":\"A\"}") == .missingField)
        #expect(reason("{\"vehicle_id\":null,\"ts\":1}") == .missingField)
        #expect(reason("{\"vehicle_id\":7,\"ts\":1}") == .wrongType)
        #expect(reason("{}") == .missingField)
    }

    @Test func escapesInKeysAndValuesMeanWhatTheyStandFor() throws {
        let line = #"{"vehicle\u005fid":"\u0041B","t\u0073":7,"so\u0063_pct":5,"hvac":"o\u0066f"}"#
        let row = try #require(accepted(line))
        #expect(row.vehicleID == "AB")
        #expect(row.ts == 7)
        #expect(row.words[0] == 1)
        #expect(row.numbers[0] == 5.0.bitPattern)
        #expect(row.extra.isEmpty)
    }

    @Test func ofARepeatedKeyTheLastValueCounts() {
        #expect(value("1,\"battery_c\":2") == 2)
        #expect(accepted(with("\"alt_m\":1,\"alt_m\":null"))?.numbers[3] == nil)
        // What a later value replaces is never looked at.
        #expect(value("\"x\",\"battery_c\":2") == 2)
        #expect(reason(with("\"battery_c\":2,\"battery_c\":\"x\"")) == .wrongType)
        #expect(accepted(#"{"ts":1,"vehicle_id":"A","ts":2,"vehicle_id":"B"}"#)?.vehicleID == "B")
        #expect(
            accepted(with(#""a":1,"b":2,"\u0061":3"#)).map {
                String(decoding: $0.extra, as: UTF8.self)
            }
                == #"{"a":3,"b":2}"#)
    }

    @Test func unknownFieldsAreKeptAsTheyCame() throws {
        let line = with(
            #""trip" : "T\u0031é","big":12345678901234567890.10,"n":null,"o":{"a": [1, 2]}"#)
        let row = try #require(accepted(line))
        #expect(
            String(decoding: row.extra, as: UTF8.self)
                == #"{"trip":"T\u0031é","big":12345678901234567890.10,"n":null,"o":{"a": [1, 2]}}"#)
    }

    @Test func manyUnknownFieldsAreKept() throws {
        let fields = (0..<5000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let row = try #require(accepted(with(fields + ",\"k7\":\"last\"")))
        let object = try JSONReader.parse(row.extra).object
        #expect(object?.count == 5000)
        #expect(object?["k7"]?.string == "last")
    }

    @Test func wordsMustBeOfTheField() {
        #expect(reason(with("\"gear\":\"off\"")) == .unknownWord)
        #expect(reason(with("\"gear\":\"\"")) == .unknownWord)
        #expect(reason(with("\"charge\":\"connecting\"")) == .unknownWord)
        #expect(reason(with("\"hvac\":1")) == .wrongType)
        #expect(accepted(with("\"hvac\":null"))?.words == [0, 0, 0])
        #expect(
            message(with("\"gear\":\"X\"")) == "'gear' must be one of P, R, N, D, got \"X\"")
    }

    @Test func nestingHasALimit() {
        func nested(_ depth: Int) -> String {
            with(
                "\"x\":" + String(repeating: "[", count: depth)
                    + String(repeating: "]", count: depth))
        }
        // The message itself is one level.
        #expect(accepted(nested(Limits.nestingDepth - 1)) != nil)
        #expect(reason(nested(Limits.nestingDepth)) == .tooDeep)
        #expect(reason(nested(100_000)) == .tooDeep)
    }

    @Test func lineLengthHasALimit() {
        func line(_ bytes: Int) -> String {
            let short = with("\"x\":\"\"")
            return with("\"x\":\"" + String(repeating: "y", count: bytes - short.utf8.count) + "\"")
        }
        #expect(accepted(line(Limits.lineBytes)) != nil)
        #expect(reason(line(Limits.lineBytes + 1)) == .lineTooLong)
    }

    @Test func onlyObjectsAreMessages() {
        #expect(reason("[1]") == .wrongType)
        #expect(reason("\"x\"") == .wrongType)
        #expect(reason("null") == .wrongType)
        #expect(reason("{") == .jsonSyntax)
        #expect(reason("\u{feff}{}") == .jsonSyntax)
        #expect(reason(with("\"alt_m\":1") + "}") == .jsonSyntax)
        #expect(reason(with("\"alt_m\":1,")) == .jsonSyntax)
        #expect(reason(with("\"alt_m\" 1")) == .jsonSyntax)
        #expect(reason(with("\"a\u{0}\":1")) == .jsonSyntax)
        #expect(reason(with("\"hvac\":\"cool\u{0}\"")) == .jsonSyntax)
    }

    @Test func blankLinesAreNothing() {
        for line in ["", " ", "\r", "\t \r"] { #expect(outcome(line) == .blank) }
    }

    @Test func bytesThatAreNoUTF8AreNamed() {
        let line = Array(with("\"x\":\"").dropLast().utf8) + [0xc3, 0x28] + Array("\"}".utf8)
        guard case .rejected(.badUTF8, let message) = outcome(line) else {
            Issue.record("accepted")
            return
        }
        #expect(message == "byte 35 is not UTF-8: 0xc3")
    }

    @Test func messagesStayShortAndPrintable() throws {
        let long = try #require(
            message(with("\"soc_pct\":\"" + String(repeating: "é", count: 5000) + "\"")))
        #expect(long.utf8.count < 140)
        let odd = try #require(message(with("\"soc_pct\":\"\\u0000\"") + "\u{1b}[31m"))
        #expect(odd.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func mutatedLinesAreReadAsThePlainReaderReadsThem(_ seed: UInt64) {
        var mutator = IngestMutator(seed: seed)
        for round in 0..<40 {
            let lines = (0..<250).map { _ in mutator.line() }
            for (line, outcome) in zip(lines, LineOutcome.all(of: lines)) {
                let careful = LineOutcome.carefully(line)
                let text = String(decoding: line, as: UTF8.self)
                #expect(outcome == careful, "seed \(seed) round \(round): \(text)")
                if let expected = IngestOracle.disagreement(line, outcome) {
                    Issue.record(
                        "seed \(seed) round \(round): \(text)\ngot \(outcome)\nnot \(expected)")
                    return
                }
            }
        }
    }
}
