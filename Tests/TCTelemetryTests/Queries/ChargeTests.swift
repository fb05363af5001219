import TCCore
import TCWire
import Testing

@testable import TCTelemetry

@Suite struct ChargeTests {
    private func sessions(
        _ rows: [FixtureRow], gap: String = "0s", silence: String = "1h", seed: UInt64 = 1
    ) throws -> [JSONObject] {
        var visitor = ChargeFinder(
            gap: try #require(Duration(text: gap)), silence: try #require(Duration(text: silence)))
        try visit(
            [FixtureVehicle(id: "v", rows: rows)], with: &visitor, columns: ChargeFinder.columns,
            seed: seed)
        return try records(visitor.records.bytes)
    }

    private func row(
        _ seconds: Double, _ state: String?, kw: Double? = nil, kwh: Double? = nil,
        soc: Double? = nil
    ) -> FixtureRow {
        var row = FixtureRow(seconds)
        row.words[.charge] = state
        row.numbers[.chargeKw] = kw
        row.numbers[.chargeKwh] = kwh
        row.numbers[.socPct] = soc
        return row
    }

    @Test func `a session goes from the first charging row to the last`() throws {
        let rows = [
            row(0, "idle", soc: 40), row(30, "charging", kw: 12),
            row(60, "charging", kw: 60, soc: 41),
            row(120, "charging", kw: 30, soc: 42), row(180, "complete", soc: 43),
        ]
        var visitor = ChargeFinder(gap: .zero, silence: .seconds(3600))
        try visit(
            [FixtureVehicle(id: "v", rows: rows)], with: &visitor, columns: ChargeFinder.columns)
        // 12 kW × 30 s + 60 kW × 30 s + 30 kW × 60 s
        #expect(
            lines(visitor.records.bytes) == [
                #"{"vehicle_id":"v","start":"1970-01-01T00:00:30.000Z","end":"1970-01-01T00:02:00.000Z","#
                    + #""duration_s":90,"soc_from_pct":40,"soc_to_pct":42,"energy_kwh":1.1,"#
                    + #""energy_source":"charge_kw","max_charge_kw":60,"ongoing":false}"#
            ])
    }

    @Test func `the vehicle's own count of energy is preferred`() throws {
        let found = try sessions([
            row(0, "idle"), row(10, "charging", kw: 50, kwh: 0.1), row(20, "charging", kwh: 0.3),
            row(30, "charging", kw: 50, kwh: 0.52), row(40, "idle"),
        ])
        #expect(found[0].number("energy_kwh") == 0.52)
        #expect(found[0].text("energy_source") == "charge_kwh")
    }

    @Test func `of a session seen from its middle on only what was seen counts`() throws {
        let found = try sessions([row(0, "charging", kwh: 20), row(600, "charging", kwh: 22.5)])
        #expect(found[0].number("energy_kwh") == 2.5)
        #expect(found[0]["ongoing"]?.bool == true)
    }

    @Test func `a count that goes on after a pause is not counted twice`() throws {
        let found = try sessions([
            row(0, "connected"), row(10, "charging", kwh: 1), row(20, "charging", kwh: 2),
            row(30, "connected"), row(40, "charging", kwh: 2.5), row(50, "idle"),
        ])
        #expect(found.map { $0.number("energy_kwh") } == [2, 0.5])
    }

    @Test func `a count that falls begins a new session`() throws {
        let found = try sessions([
            row(0, "idle"), row(10, "charging", kwh: 5), row(20, "charging", kwh: 6),
            row(1200, "charging", kwh: 0.4), row(1210, "charging", kwh: 0.6),
        ])
        #expect(found.map { $0.number("energy_kwh") } == [6, 0.6])
    }

    @Test func `a session goes on over a loss of signal, with the power read after it`() throws {
        let rows = [
            row(0, "idle"), row(60, "charging", kw: 10), row(1860, "charging", kw: 20),
            row(1920, "idle"),
        ]
        let one = try sessions(rows)
        #expect(one.count == 1)
        #expect(abs(one[0].number("energy_kwh")! - (10.0 / 60 + 10)) < 1e-4)
        #expect(try sessions(rows, silence: "10m").count == 2)
    }

    @Test func `a pause shorter than the gap does not end a session`() throws {
        let rows = [
            row(0, "charging", kw: 10), row(10, "fault"), row(60, "connected"),
            row(70, "charging", kw: 10), row(80, "idle"), row(500, "idle"),
        ]
        #expect(try sessions(rows, gap: "0s").count == 2)
        #expect(try sessions(rows, gap: "60s").count == 2)
        #expect(try sessions(rows, gap: "61s").count == 1)
        #expect(try sessions(rows, gap: "61s")[0].text("end") == "1970-01-01T00:01:10.000Z")
    }

    @Test func `sparse messages keep the state, the power and the charge they do not carry`() throws
    {
        let found = try sessions([
            row(0, nil, soc: 30), row(10, "charging", kw: 36), row(110, nil, soc: 31),
            row(210, nil),
            row(220, "complete"),
        ])
        #expect(found.count == 1)
        #expect(found[0].number("soc_from_pct") == 30)
        #expect(found[0].number("soc_to_pct") == 31)
        #expect(found[0].text("end") == "1970-01-01T00:03:30.000Z")
        #expect(found[0].number("energy_kwh") == 2.1)
    }

    @Test func `power alone tells charging of a vehicle that sends no state`() throws {
        let found = try sessions([
            row(0, nil, kw: 0), row(10, nil, kw: 36), row(20, nil, kw: 36), row(30, nil, kw: 0),
        ])
        #expect(found.count == 1)
        #expect(found[0].number("energy_kwh") == 0.2)
    }

    @Test func `the first reading counts for a minute at most`() throws {
        let found = try sessions([row(0, "idle"), row(1800, "charging", kw: 60), row(1801, "idle")])
        #expect(found[0].number("energy_kwh") == 1)
    }

    /// With the defaults a session is a run of rows that say `charging`, as SQL's window functions
    /// find it, and its energy the power times the time since the row before.
    @Test(arguments: UInt64(1)...20)
    func `sessions are runs of charging rows`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var state = "idle"
        var second = 0.0
        let rows = (0..<300).map { _ -> FixtureRow in
            second += Double(Int.random(in: 500...2000, using: &random)) / 1000
            if random.chance(0.1) { state = EnumSignal.charge.words.randomElement(using: &random)! }
            let kw = Double(Int.random(in: 30...2500, using: &random)) / 10
            return row(second, state, kw: state == "charging" ? kw : nil)
        }
        var runs: [(start: Int64, end: Int64, energy: Double)] = []
        for (index, row) in rows.enumerated() where row.words[.charge] == "charging" {
            let elapsed = index == 0 ? 0 : Double(row.ts - rows[index - 1].ts)
            let energy = row.numbers[.chargeKw]! * elapsed / 3_600_000
            if index > 0, rows[index - 1].words[.charge] == "charging" {
                runs[runs.count - 1].end = row.ts
                runs[runs.count - 1].energy += energy
            } else {
                runs.append((row.ts, row.ts, energy))
            }
        }
        let found = try sessions(rows, seed: seed)
        #expect(found.count == runs.count)
        for (session, run) in zip(found, runs) {
            #expect(session.text("start") == Instant(milliseconds: run.start).description)
            #expect(session.text("end") == Instant(milliseconds: run.end).description)
            #expect(abs(session.number("energy_kwh")! - run.energy) <= 0.000_051)
        }
    }
}
