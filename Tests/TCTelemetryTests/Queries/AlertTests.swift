import TCCore
import TCWire
import Testing

@testable import TCTelemetry

@Suite struct AlertTests {
    private func alerts(_ vehicles: [FixtureVehicle], _ rules: AlertRules) throws -> [Alert] {
        var visitor = AlertFinder(rules)
        try visit(vehicles, with: &visitor, columns: rules.columns)
        return visitor.alerts
    }

    private func rules(
        soc: Double? = nil, braking: Double? = nil, acceleration: Double? = nil,
        silent: Duration? = nil, now: Double = 1000
    ) -> AlertRules {
        AlertRules(
            socBelow: soc, harshBraking: braking, harshAcceleration: acceleration,
            silentFor: silent,
            now: Instant(milliseconds: Int64(now * 1000)))
    }

    @Test func `the latest state of charge counts, not an earlier one`() throws {
        let found = try alerts(
            [
                FixtureVehicle(
                    id: "charged",
                    rows: [
                        FixtureRow(1, [.socPct: 3]), FixtureRow(2, [.socPct: 50]),
                    ]),
                FixtureVehicle(id: "low", rows: [FixtureRow(1, [.socPct: 14.9]), FixtureRow(2)]),
                FixtureVehicle(id: "at", rows: [FixtureRow(1, [.socPct: 15])]),
                FixtureVehicle(id: "empty", rows: [FixtureRow(1, [.socPct: 5])]),
                FixtureVehicle(id: "unknown", rows: [FixtureRow(1)]),
            ], rules(soc: 15))
        #expect(found.map(\.vehicleID) == ["low", "empty"])
        #expect(found.map(\.severity) == [.warning, .critical])
        #expect(found[0].time.milliseconds == 1000)
    }

    @Test func `counts harsh braking and acceleration and tells the worst`() throws {
        let vehicle = FixtureVehicle(
            id: "v",
            rows: [
                FixtureRow(1, [.accelMps2: -3]), FixtureRow(2, [.accelMps2: -3.1]),
                FixtureRow(3, [.accelMps2: -7]), FixtureRow(4, [.accelMps2: -4]), FixtureRow(5),
                FixtureRow(6, [.accelMps2: 3.5]),
            ])
        let found = try alerts([vehicle], rules(braking: 3, acceleration: 3))
        #expect(found.map(\.kind) == [.harshBraking, .harshAcceleration])
        #expect(found.map(\.count) == [3, 1])
        #expect(found.map(\.value) == [-7, 3.5])
        #expect(found.map(\.threshold) == [-3, 3])
        #expect(found.map(\.time.milliseconds) == [6000, 6000])
        #expect(found.map(\.severity) == [.critical, .warning])
    }

    @Test(arguments: [1, 2, 5, 100])
    func `the worst are those that sorting would put first`(count: Int) {
        let alerts = (0..<40).map { number in
            Alert(
                kind: .harshBraking, vehicleID: "v\(number * 7 % 40)",
                time: Instant(milliseconds: 0), value: -4, threshold: -3, severity: .warning,
                count: number * 11 % 6)
        }
        let sorted = alerts.sorted { $0.isWorse(than: $1) }
        var worst = WorstAlerts(count)
        for alert in alerts { worst.add(alert) }
        #expect(worst.alerts == Array(sorted.prefix(count)))
    }

    @Test func `a vehicle is silent from the time on that was asked for`() throws {
        let vehicles = [
            FixtureVehicle(id: "a", rows: [FixtureRow(400)]),
            FixtureVehicle(id: "b", rows: [FixtureRow(400.001)]),
            FixtureVehicle(id: "c", rows: [FixtureRow(1)]),
        ]
        let found = try alerts(vehicles, rules(silent: .seconds(600)))
        #expect(found.map(\.vehicleID) == ["a", "c"])
        #expect(found.map(\.value) == [600, 999])
        let longer = try alerts(vehicles, rules(silent: .seconds(100), now: 1001))
        #expect(longer.map(\.severity) == [.critical, .critical, .critical])
    }

    @Test func `orders by how bad it is, then by vehicle`() throws {
        func alert(_ kind: Alert.Kind, _ id: String, _ value: Double, count: Int = 1) -> Alert {
            Alert(
                kind: kind, vehicleID: id, time: Instant(milliseconds: 0), value: value,
                threshold: 0,
                severity: .warning, count: count)
        }
        #expect(alert(.lowSoc, "b", 3).isWorse(than: alert(.lowSoc, "a", 4)))
        #expect(alert(.silent, "b", 9).isWorse(than: alert(.silent, "a", 4)))
        #expect(
            alert(.harshBraking, "b", -4, count: 3)
                .isWorse(than: alert(.harshBraking, "a", -9, count: 2)))
        #expect(alert(.harshBraking, "a", -4).isWorse(than: alert(.harshBraking, "b", -4)))
        #expect(!alert(.lowSoc, "b", 3).isWorse(than: alert(.lowSoc, "a", 3)))
    }

    @Test func `a record names its unit and counts only what can be counted`() {
        var writer = JSONWriter()
        Alert(
            kind: .lowSoc, vehicleID: "v", time: Instant(milliseconds: 0), value: 12.5,
            threshold: 15,
            severity: .warning, count: 1
        ).write(to: &writer)
        #expect(
            lines(writer.bytes) == [
                #"{"alert":"low_soc","vehicle_id":"v","ts":"1970-01-01T00:00:00.000Z","value":12.5,"#
                    + #""threshold":15,"unit":"%","severity":"warning"}"#
            ])
    }

    @Test func `a vehicle without rows in the time asked for raises nothing`() throws {
        let nobody = FixtureVehicle(id: "v", rows: [])
        #expect(try alerts([nobody], rules(soc: 15, silent: .seconds(1))).isEmpty)
        var last = LastValues(columns: .all, writesTimes: false)
        try visit([nobody], with: &last)
        #expect(last.records.bytes.isEmpty)
    }

    @Test func `asks only for the columns that the rules need`() {
        #expect(rules(silent: .seconds(1)).columns == [])
        #expect(rules(soc: 1).columns == ColumnSet(.socPct))
        #expect(rules(braking: 1).columns == ColumnSet(.accelMps2))
        #expect(rules(soc: 1).needsTimes)
        #expect(!rules(braking: 1, silent: .seconds(1)).needsTimes)
    }
}
