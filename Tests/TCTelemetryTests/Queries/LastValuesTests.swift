import TCCore
import TCWire
import Testing

@testable import TCTelemetry

@Suite struct LastValuesTests {
    private let sparse = [
        FixtureVehicle(
            id: "a",
            rows: [
                FixtureRow(1, [.socPct: 50, .lat: 1, .lon: 2], words: [.gear: "P"]),
                FixtureRow(2, [.socPct: 49.5], extra: #"{"trip":"T1","n":1}"#),
                FixtureRow(3, [.lat: 1.5, .lon: 2.5], words: [.gear: "D"]),
                FixtureRow(4, extra: #"{"n":2,"m":null}"#),
            ]),
        FixtureVehicle(id: "b", rows: [FixtureRow(9, [.cabinC: -3.5])]),
        FixtureVehicle(id: "c", rows: [FixtureRow(9)]),
    ]

    @Test func `merges what sparse messages said`() throws {
        var visitor = LastValues(columns: .all, writesTimes: false)
        try visit(sparse, with: &visitor)
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"a","ts":"1970-01-01T00:00:04.000Z","soc_pct":49.5,"lat":1.5,"#
                    + #""lon":2.5,"gear":"D","m":null,"n":2,"trip":"T1"}"#,
                #"{"vehicle_id":"b","ts":"1970-01-01T00:00:09.000Z","cabin_c":-3.5}"#,
                #"{"vehicle_id":"c","ts":"1970-01-01T00:00:09.000Z"}"#,
            ])
    }

    @Test func `gives the time of each value`() throws {
        var visitor = LastValues(columns: .all, writesTimes: true)
        try visit(Array(sparse.prefix(1)), with: &visitor)
        let times = try #require(try records(visitor.records.bytes)[0]["times"]?.object)
        #expect(times.text("soc_pct") == "1970-01-01T00:00:02.000Z")
        #expect(times.text("lat") == "1970-01-01T00:00:03.000Z")
        #expect(times.text("gear") == "1970-01-01T00:00:03.000Z")
        #expect(times.text("trip") == "1970-01-01T00:00:02.000Z")
        #expect(times.text("n") == "1970-01-01T00:00:04.000Z")
    }

    @Test func `leaves out vehicles without any of the signals asked for`() throws {
        let columns = try ColumnSet(names: "soc_pct")
        var visitor = LastValues(columns: columns, writesTimes: false)
        try visit(sparse, with: &visitor, columns: columns)
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"a","ts":"1970-01-01T00:00:04.000Z","soc_pct":49.5}"#
            ])
    }

    @Test func `a vehicle's own field called times gives way to ours`() throws {
        let vehicle = FixtureVehicle(id: "a", rows: [FixtureRow(1, extra: #"{"times":3,"x":1}"#)])
        var visitor = LastValues(columns: .all, writesTimes: true)
        try visit([vehicle], with: &visitor)
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"a","ts":"1970-01-01T00:00:01.000Z","x":1,"#
                    + #""times":{"x":"1970-01-01T00:00:01.000Z"}}"#
            ])
    }

    /// Against the plainest merge: every row over the one before.
    @Test(arguments: UInt64(1)...20)
    func `agrees with merging row by row`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let keys = ["trip", "p\\\"q", "ü", "n", "deep", "other"]
        let values = [
            "1", "null", #""a,}b""#, #"{"x":[1,{"y":"]"}],"z":{}}"#, "[]", "-0.5e3", #""\\""#,
            "true",
        ]
        var vehicle = FixtureVehicle(id: "v", rows: [])
        for second in 1...60 {
            var row = FixtureRow(Double(second))
            for signal in Signal.allCases where random.chance(0.1) {
                row.numbers[signal] = Double(Int.random(in: 0...90, using: &random))
            }
            for signal in EnumSignal.allCases where random.chance(0.1) {
                row.words[signal] = signal.words.randomElement(using: &random)!
            }
            let chosen = keys.filter { _ in random.chance(0.2) }
            if !chosen.isEmpty {
                let members = chosen.map { "\"\($0)\":\(values.randomElement(using: &random)!)" }
                row.extra = "{" + members.joined(separator: ",") + "}"
            }
            vehicle.rows.append(row)
        }
        var expected: [String: JSONValue] = [:]
        for row in vehicle.rows {
            for (signal, value) in row.numbers {
                expected[signal.name] = .number(JSONNumber(value))
            }
            for (signal, word) in row.words { expected[signal.name] = .string(word) }
            guard !row.extra.isEmpty else { continue }
            for member in try #require(try JSONReader.parse(row.extra).object).members {
                expected[member.key] = member.value
            }
        }
        var visitor = LastValues(columns: .all, writesTimes: false)
        try visit([vehicle], with: &visitor, seed: seed)
        var found: [String: JSONValue] = [:]
        for member in try records(visitor.records.bytes)[0].members.dropFirst(2) {
            found[member.key] = member.value
        }
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (key, value) in expected {
            if let number = value.number?.double {
                #expect(found[key]?.number?.double == number, "\(key), seed \(seed)")
            } else {
                #expect(found[key] == value, "\(key), seed \(seed)")
            }
        }
    }

    @Test func `keys are those of the model`() {
        #expect(FieldKeys.numbers.map { "\($0)" } == Signal.names)
        #expect(FieldKeys.words.map { "\($0)" } == EnumSignal.allCases.map(\.name))
        for signal in EnumSignal.allCases {
            #expect(
                FieldKeys.quotedWords[signal.rawValue].map { "\($0)" }
                    == signal.words.map { "\"\($0)\"" })
        }
    }

    @Test func `selects signals by name and says which was meant`() throws {
        #expect(try ColumnSet(names: "soc_pct,gear") == ColumnSet(.socPct).union(ColumnSet(.gear)))
        #expect(try ColumnSet(names: "lat") == .place)
        #expect(try ColumnSet(names: "extra") == .extra)
        let error = #expect(throws: TCError.self) { try ColumnSet(names: "soc_pc") }
        #expect(error?.kind == .usage)
        #expect(error?.hint == "did you mean 'soc_pct'?")
    }
}
