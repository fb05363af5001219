import TCCore
import TCWire
import Testing

@testable import TCTelemetry

@Suite struct TripTests {
    private func trips(
        _ rows: [FixtureRow], gap: String = "5m", silence: String = "10m", seed: UInt64 = 1
    ) throws -> [JSONObject] {
        var visitor = TripFinder(
            gap: try #require(Duration(text: gap)), silence: try #require(Duration(text: silence)))
        try visit(
            [FixtureVehicle(id: "v", rows: rows)], with: &visitor, columns: TripFinder.columns,
            seed: seed)
        return try records(visitor.records.bytes)
    }

    /// A drive by speed, a row a second; the odometer follows the speed.
    private func drive(_ speeds: [Double], from start: Double = 0, km: Double = 100) -> [FixtureRow]
    {
        var km = km
        return speeds.enumerated().map { second, speed in
            km += speed / 3600
            return FixtureRow(start + Double(second), [.speedKph: speed, .odometerKm: km])
        }
    }

    @Test func `a trip goes from the first moving row to the last`() throws {
        let rows = [
            FixtureRow(0, [.speedKph: 0, .socPct: 80, .odometerKm: 100, .lat: 52, .lon: 13]),
            FixtureRow(10, [.speedKph: 30, .odometerKm: 100.1, .lat: 52.001, .lon: 13]),
            FixtureRow(20, [.speedKph: 60, .odometerKm: 100.3, .socPct: 79]),
            FixtureRow(30, [.speedKph: 20, .odometerKm: 100.5, .lat: 52.005, .lon: 13]),
            FixtureRow(40, [.speedKph: 0, .odometerKm: 100.6, .socPct: 78]),
            FixtureRow(400, [.speedKph: 0]),
        ]
        var visitor = TripFinder(gap: .seconds(300), silence: .seconds(600))
        try visit(
            [FixtureVehicle(id: "v", rows: rows)], with: &visitor, columns: TripFinder.columns)
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"v","start":"1970-01-01T00:00:10.000Z","end":"1970-01-01T00:00:30.000Z","#
                    + #""duration_s":20,"distance_km":0.4,"distance_source":"odometer","#
                    + #""soc_start_pct":80,"soc_end_pct":79,"soc_used_pct":1,"avg_speed_kph":42.5,"#
                    + #""max_speed_kph":60,"start_lat":52.001,"start_lon":13,"end_lat":52.005,"#
                    + #""end_lon":13,"ongoing":false}"#
            ])
    }

    @Test func `a stop shorter than the gap does not end a trip`() throws {
        let rows = drive([30, 30] + Array(repeating: 0, count: 60) + [30, 30])
        #expect(try trips(rows, gap: "61s").count == 1)
        #expect(try trips(rows, gap: "60s").count == 2)
        #expect(try trips(rows, gap: "0s").count == 2)
    }

    @Test func `only what has not ended is ongoing`() throws {
        let rows = drive([30, 30] + Array(repeating: 0, count: 60))
        #expect(try trips(rows, gap: "61s")[0]["ongoing"]?.bool == true)
        #expect(try trips(rows, gap: "59s")[0]["ongoing"]?.bool == false)
    }

    @Test func `a silence ends a trip, or the gap where it is longer`() throws {
        let rows = drive([30, 30]) + drive([30, 30], from: 1000)
        #expect(try trips(rows, gap: "0s", silence: "10m").count == 2)
        #expect(try trips(rows, gap: "0s", silence: "20m").count == 1)
        #expect(try trips(rows, gap: "20m", silence: "1m").count == 1)
    }

    @Test func `without an odometer the distance comes from the places`() throws {
        let rows = (0...10).map {
            FixtureRow(Double($0), [.speedKph: 40, .lat: 52 + Double($0) * 0.0001, .lon: 13])
        }
        let trip = try trips(rows)[0]
        #expect(trip.text("distance_source") == "coordinates")
        #expect(trip.number("distance_km") == 0.111)
    }

    @Test func `a receiver's glitches add no distance`() throws {
        let rows = (0...10).map { second -> FixtureRow in
            var place: [Signal: Double] = [
                .speedKph: 40, .lat: 52 + Double(second) * 0.0001, .lon: 13,
            ]
            if (3...4).contains(second) { (place[.lat], place[.lon]) = (0, -6.8) }
            if second == 6 { (place[.lat], place[.lon]) = (12, 77) }
            return FixtureRow(Double(second), place)
        }
        #expect(try trips(rows)[0].number("distance_km") == 0.111)
    }

    @Test func `a trip does not begin at a glitch`() throws {
        let rows = (0...10).map { second in
            FixtureRow(
                Double(second),
                [.speedKph: 40, .lat: second == 0 ? 12 : 52 + Double(second) * 0.0001, .lon: 13])
        }
        let trip = try trips(rows)[0]
        #expect(trip.number("start_lat") == 52.0002)
        #expect(trip.number("distance_km") == 0.089)
    }

    @Test func `an odometer's glitch adds no distance and a new odometer goes on`() throws {
        let km = [100, 100.1, 0, 100.2, 999_999, 100.3, 5, 5.1, 5.2]
        let rows = km.enumerated().map {
            FixtureRow(Double($0.offset * 10), [.speedKph: 36, .odometerKm: $0.element])
        }
        #expect(try trips(rows)[0].number("distance_km") == 0.5)
    }

    @Test func `without a speed the odometer tells movement`() throws {
        let km = [10, 10, 10.1, 10.2, 10.2, 10.2, 10.2, 10.3]
        let rows = km.enumerated().map {
            FixtureRow(Double($0.offset * 60), [.odometerKm: $0.element])
        }
        let found = try trips(rows, gap: "2m")
        #expect(
            found.map { $0.text("start")?.suffix(9) }
                == ["02:00.000Z", "07:00.000Z"].map { $0.suffix(9) })
        #expect(found[0].text("end") == "1970-01-01T00:03:00.000Z")
        #expect(found[0].number("distance_km") == 0.1)
        #expect(found[0].number("avg_speed_kph") == 6)
        #expect(found[0]["max_speed_kph"] == nil)
    }

    @Test func `without speed and odometer the place tells movement, and scatter is none`() throws {
        var rows = (0..<20).map {
            FixtureRow(Double($0 * 30), [.lat: 52 + Double($0 % 2) * 0.0001, .lon: 13])
        }
        #expect(try trips(rows).isEmpty)
        rows += (20..<30).map {
            FixtureRow(Double($0 * 30), [.lat: 52 + Double($0 - 19) * 0.001, .lon: 13])
        }
        let found = try trips(rows)
        #expect(found.count == 1)
        #expect(found[0].text("start") == "1970-01-01T00:10:00.000Z")
        #expect(found[0].text("distance_source") == "coordinates")
    }

    @Test func `rows that say nothing of movement change nothing`() throws {
        var rows = drive([30, 30, 30])
        rows.insert(FixtureRow(0.5, [.cabinC: 20, .socPct: 50]), at: 1)
        rows.append(FixtureRow(30, [.cabinC: 20]))
        #expect(try trips(rows, gap: "0s").count == 1)
    }

    @Test func `what was known before a long silence does not count as distance`() throws {
        let rows = [
            FixtureRow(0, [.speedKph: 0, .odometerKm: 100]),
            FixtureRow(100_000, [.speedKph: 30]),
            FixtureRow(100_010, [.speedKph: 30, .odometerKm: 200]),
            FixtureRow(100_020, [.speedKph: 30, .odometerKm: 200.1]),
        ]
        #expect(try trips(rows)[0].number("distance_km") == 0.1)
    }

    /// With a gap of 0 a trip is a run of rows with a speed above 0, as SQL's window functions find
    /// it, and its distance the span of the odometer.
    @Test(arguments: UInt64(1)...20)
    func `with no gap trips are runs of moving rows`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var speed = 0.0
        let speeds = (0..<400).map { _ -> Double in
            if random.chance(0.1) {
                speed = random.chance(0.5) ? 0 : .random(in: 1...90, using: &random)
            }
            return speed
        }
        let rows = drive(speeds)
        var runs: [(first: Int, last: Int)] = []
        for (index, speed) in speeds.enumerated() where speed > 0 {
            if let last = runs.last, last.last == index - 1 {
                runs[runs.count - 1].last = index
            } else {
                runs.append((index, index))
            }
        }
        let found = try trips(rows, gap: "0s", seed: seed)
        #expect(found.count == runs.count)
        for (trip, run) in zip(found, runs) {
            #expect(
                trip.text("start") == Instant(milliseconds: Int64(run.first) * 1000).description)
            #expect(trip.number("duration_s") == Double(run.last - run.first))
            let km = rows[run.last].numbers[.odometerKm]! - rows[run.first].numbers[.odometerKm]!
            #expect(abs(trip.number("distance_km")! - km) <= 0.0005)
            #expect(
                abs(trip.number("max_speed_kph")! - speeds[run.first...run.last].max()!) < 0.001)
        }
    }

    /// However a vehicle's rows are cut into visits, its trips are the same.
    @Test func `trips do not depend on where visits are cut`() throws {
        var random = SeededRandom(seed: 11)
        var second = 0.0
        let rows = (0..<300).map { _ -> FixtureRow in
            second += Double.random(in: 1...90, using: &random)
            var row = FixtureRow(second)
            if random.chance(0.5) { row.numbers[.speedKph] = random.chance(0.5) ? 0 : 40 }
            if random.chance(0.5) { row.numbers[.odometerKm] = (second / 10).rounded() / 10 }
            if random.chance(0.5) {
                (row.numbers[.lat], row.numbers[.lon]) = (52 + second / 1e5, 13)
            }
            return row
        }
        let once = try trips(rows, gap: "1m", silence: "3m", seed: 1)
        #expect(once.count > 3)
        for seed in UInt64(2)...6 {
            #expect(try trips(rows, gap: "1m", silence: "3m", seed: seed) == once)
        }
    }
}
