import TCCore
import TCWire
import Testing

@testable import TCTelemetry

@Suite struct WindowTests {
    private func plan(_ every: String, _ aggregates: String) throws -> WindowPlan {
        try WindowPlan(every: #require(Duration(text: every)), aggregates: aggregates)
    }

    private func fleet(_ vehicles: [FixtureVehicle], _ plan: WindowPlan) throws -> [UInt8] {
        var visitor = FleetWindows(plan)
        try visit(vehicles, with: &visitor, columns: plan.columns)
        var bytes: [UInt8] = []
        try visitor.writeRecords { bytes.append(contentsOf: $0) }
        return bytes
    }

    private let two = [
        FixtureVehicle(
            id: "a",
            rows: [
                FixtureRow(59, [.speedKph: 10]), FixtureRow(60, [.speedKph: 20, .socPct: 80]),
                FixtureRow(61), FixtureRow(200, [.socPct: 70]),
            ]),
        FixtureVehicle(id: "b", rows: [FixtureRow(60, [.speedKph: 40]), FixtureRow(119.999)]),
    ]

    @Test func `windows begin at multiples since the epoch and empty ones are not printed`() throws
    {
        let plan = try plan("1m", "avg:speed_kph,max:speed_kph,min:soc_pct,count")
        #expect(
            lines(try fleet(two, plan)) == [
                #"{"from":"1970-01-01T00:00:00.000Z","to":"1970-01-01T00:01:00.000Z","count":1,"#
                    + #""avg_speed_kph":10,"max_speed_kph":10}"#,
                #"{"from":"1970-01-01T00:01:00.000Z","to":"1970-01-01T00:02:00.000Z","count":4,"#
                    + #""avg_speed_kph":30,"max_speed_kph":40,"min_soc_pct":80}"#,
                #"{"from":"1970-01-01T00:03:00.000Z","to":"1970-01-01T00:04:00.000Z","count":1,"#
                    + #""min_soc_pct":70}"#,
            ])
    }

    @Test func `windows of each vehicle come in vehicle and time order`() throws {
        var visitor = VehicleWindows(try plan("1m", "count,count:speed_kph,last:speed_kph"))
        try visit(two, with: &visitor, columns: ColumnSet(.speedKph))
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"a","from":"1970-01-01T00:00:00.000Z","to":"1970-01-01T00:01:00.000Z","#
                    + #""count":1,"count_speed_kph":1,"last_speed_kph":10}"#,
                #"{"vehicle_id":"a","from":"1970-01-01T00:01:00.000Z","to":"1970-01-01T00:02:00.000Z","#
                    + #""count":2,"count_speed_kph":1,"last_speed_kph":20}"#,
                #"{"vehicle_id":"a","from":"1970-01-01T00:03:00.000Z","to":"1970-01-01T00:04:00.000Z","#
                    + #""count":1,"count_speed_kph":0}"#,
                #"{"vehicle_id":"b","from":"1970-01-01T00:01:00.000Z","to":"1970-01-01T00:02:00.000Z","#
                    + #""count":2,"count_speed_kph":1,"last_speed_kph":40}"#,
            ])
    }

    @Test func `records that go out as they come are those that are kept`() throws {
        let plan = try plan("1s", "avg:speed_kph")
        let vehicle = FixtureVehicle(
            id: "v", rows: (0..<2000).map { FixtureRow(Double($0), [.speedKph: Double($0 % 90)]) })
        var kept = VehicleWindows(plan)
        try visit([vehicle, vehicle], with: &kept, columns: plan.columns)
        var bytes: [UInt8] = []
        var lumps = 0
        var streamed = VehicleWindows(plan) {
            bytes.append(contentsOf: $0)
            lumps += 1
        }
        try visit([vehicle, vehicle], with: &streamed, columns: plan.columns)
        try streamed.finish()
        #expect(bytes == kept.records.bytes)
        #expect(lumps > 3)
    }

    @Test(arguments: [
        (1, 50, 1.0), (2, 50, 1), (3, 50, 2), (4, 50, 2), (100, 95, 95), (100, 99, 99),
        (101, 99, 100),
        (1000, 99, 990), (10, 95, 10),
    ])
    func `a percentile is the value at its nearest rank`(count: Int, percent: Int, value: Double) {
        var counts = ValueCounts()
        for number in (1...count).reversed() { counts.add(Double(number)) }
        #expect(ValueCounts.percentile(percent, of: counts.sorted()) == value)
    }

    @Test func `counts the two zeros as one and forgets when reset`() {
        var counts = ValueCounts()
        counts.add(0)
        counts.add(-0.0)
        #expect(counts.distinct == 1)
        counts.reset()
        #expect(counts.sorted().isEmpty)
        #expect(ValueCounts.percentile(50, of: counts.sorted()) == nil)
    }

    /// Against grouping all rows and computing each window by itself.
    @Test(arguments: UInt64(1)...12)
    func `agrees with grouping by hand`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let every = [1, 7, 60, 3600].randomElement(using: &random)!
        let vehicles = (0..<5).map { number -> FixtureVehicle in
            var second = Double(Int.random(in: 0...100, using: &random))
            let rows = (0..<80).map { _ -> FixtureRow in
                second += Double(Int.random(in: 1...40_000, using: &random)) / 1000
                let speed = Double(Int.random(in: 0...300, using: &random)) / 10
                return FixtureRow(second, random.chance(0.7) ? [.speedKph: speed] : [:])
            }
            return FixtureVehicle(id: "v\(number)", rows: rows)
        }
        let functions = WindowPlan.Function.allCases.map { "\($0.rawValue):speed_kph" }
        let plan = try plan("\(every)s", functions.joined(separator: ","))

        let oracle = WindowOracle(every: Int64(every) * 1000)
        let expectedFleet = oracle.windows(vehicles)
        #expect(try records(fleet(vehicles, plan)).map(WindowOracle.fields) == expectedFleet)

        var visitor = VehicleWindows(plan)
        try visit(vehicles, with: &visitor, columns: plan.columns, seed: seed)
        let expected = vehicles.flatMap { vehicle in
            oracle.windows([vehicle])
        }
        #expect(try records(visitor.records.bytes).map(WindowOracle.fields) == expected)
    }

    /// However the vehicles are shared out among threads, the text is the same.
    @Test func `sums do not depend on how vehicles are shared out`() throws {
        var random = SeededRandom(seed: 3)
        let vehicles = (0..<40).map { number in
            FixtureVehicle(
                id: "v\(100 + number)",
                rows: (0..<20).map {
                    FixtureRow(Double($0), [.lat: .random(in: -90...90, using: &random), .lon: 1])
                })
        }
        let plan = try plan("5s", "sum:lat,avg:lat,p50:lat,first:lat,last:lat")
        let whole = try fleet(vehicles, plan)
        for parts in [2, 3, 7] {
            var master = FleetWindows(plan)
            let size = (vehicles.count + parts - 1) / parts
            for start in stride(from: 0, to: vehicles.count, by: size) {
                var part = FleetWindows(plan)
                let some = Array(vehicles[start..<min(vehicles.count, start + size)])
                try visit(some, with: &part, columns: plan.columns, seed: UInt64(start))
                try master.merge(part)
            }
            var bytes: [UInt8] = []
            try master.writeRecords { bytes.append(contentsOf: $0) }
            #expect(bytes == whole, "\(parts) parts")
        }
    }

    @Test(arguments: [
        ("0s", "count", "--every must be at least 1ms, got 0s", nil),
        ("1s", "avgg:lat", "--agg 'avgg:lat': 'avgg' is not a function", "did you mean 'avg'?"),
        ("1s", "avg:sped_kph", "unknown signal 'sped_kph'", "did you mean 'speed_kph'?"),
        ("1s", "avg", "--agg 'avg' names no signal", "write avg:speed_kph"),
        (
            "1s", "avg:gear", "--agg 'avg:gear': gear holds words; a signal with numbers is needed",
            nil
        ),
        ("1s", "avg:lat,avg:lat", "--agg names 'avg:lat' twice", nil),
    ])
    func `says what is wrong with a plan`(
        every: String, aggregates: String, message: String, hint: String?
    ) {
        let error = #expect(throws: TCError.self) { try plan(every, aggregates) }
        #expect(error?.message == message)
        #expect(error?.hint == hint)
        #expect(error?.kind == .usage)
    }
}

/// Windows computed the plain way.
private struct WindowOracle {
    let every: Int64

    /// Of one window, by field name, rounded to what adding in another order may change.
    static func fields(_ record: JSONObject) -> [String: Double] {
        var fields: [String: Double] = [:]
        for member in record.members where member.key.contains("_speed") || member.key == "count" {
            fields[member.key] = round(member.value.number?.double ?? .nan)
        }
        fields["from"] = record.text("from").flatMap { Instant($0) }.map { Double($0.milliseconds) }
        return fields
    }

    func windows(_ vehicles: [FixtureVehicle]) -> [[String: Double]] {
        var rows: [Int64: [(order: (Int64, Int), speed: Double?)]] = [:]
        for (index, vehicle) in vehicles.enumerated() {
            for row in vehicle.rows {
                rows[row.ts / every, default: []].append(((row.ts, index), row.numbers[.speedKph]))
            }
        }
        return rows.sorted { $0.key < $1.key }.map { window, rows in
            let ordered = rows.sorted { $0.order < $1.order }.compactMap(\.speed)
            let values = ordered.sorted()
            var fields = ["from": Double(window * every), "count": Double(rows.count)]
            fields["count_speed_kph"] = Double(values.count)
            guard !values.isEmpty else { return fields }
            fields["sum_speed_kph"] = Self.round(values.reduce(0, +))
            fields["avg_speed_kph"] = Self.round(values.reduce(0, +) / Double(values.count))
            fields["min_speed_kph"] = Self.round(values.first!)
            fields["max_speed_kph"] = Self.round(values.last!)
            fields["first_speed_kph"] = Self.round(ordered.first!)
            fields["last_speed_kph"] = Self.round(ordered.last!)
            for percent in [50, 95, 99] {
                let share = Double(percent) / 100 * Double(values.count)
                let rank = max(1, Int((share - 1e-9).rounded(.up)))
                fields["p\(percent)_speed_kph"] = Self.round(values[rank - 1])
            }
            return fields
        }
    }

    private static func round(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
