import TCCore
import TCStore
import Testing

@testable import TCTelemetry

/// The index of harsh rows beside the column that it was made of.
@Suite struct HarshRowsTests {
    private static let day = Day(number: 20_454)

    /// A thousand rows of one vehicle, of which those in `harsh` brake at 4 m/s².
    private func messages(harsh: Set<Int>) -> [Message] {
        (0..<1000).map { row in
            var message = Message(
                vehicle: "v", ts: HarshRowsTests.day.start.milliseconds + Int64(row) * 1000)
            message.numbers[Signal.accelMps2.rawValue] = harsh.contains(row) ? -4 : 0.5
            return message
        }
    }

    private func onlyFile(_ store: TelemetryStore) throws -> StoreFile {
        try store.snapshot().files[0]
    }

    @Test func `a file says which rows are harsh`() throws {
        let bed = StoreBed()
        let store = try bed.store()
        try store.put(messages(harsh: [3, 500, 999]))
        let rows = try HarshRows.read(onlyFile(store))
        #expect(rows?.rows == [3, 500, 999])
        #expect(rows?.values == [-4, -4, -4])
    }

    @Test func `where many rows are harsh there is no index, and the answer is the column's`()
        throws
    {
        let bed = StoreBed()
        let store = try bed.store()
        try store.put(messages(harsh: Set(0..<400)))
        #expect(try HarshRows.read(onlyFile(store)) == nil)
        let rules = AlertRules(
            socBelow: nil, harshBraking: 3, harshAcceleration: nil, silentFor: nil,
            now: HarshRowsTests.day.start)
        var request = ScanRequest(columns: rules.columns)
        request.needsTimes = rules.needsTimes
        request.matching = rules.matching
        var finder = AlertFinder(rules)
        try store.snapshot().scanInOrder(request, visitor: &finder)
        #expect(finder.alerts.map(\.count) == [400])
    }

    @Test(arguments: [[], [3], [3, 501], [3, 500, 600]])
    func `verify finds an index that is not the column's`(claimed: [Int]) throws {
        let bed = StoreBed()
        let store = try bed.store()
        try store.put(messages(harsh: [3, 500]))
        let snapshot = try store.snapshot()
        var builder = GroupBuilder(builder: RowGroupBuilder())
        try snapshot.scanInOrder(ScanRequest(), visitor: &builder)
        try builder.builder.finish()
        let group = builder.builder.groups[0]
        var claims = [Double](repeating: 0, count: group.rows)
        for row in claimed { claims[row] = -4 }
        var wrong = HarshRows()
        wrong.take(claims, rows: group.rows, order: nil)
        let other = StoreBed()
        let copy = try other.store()
        let writer = try copy.newFile(day: HarshRowsTests.day)
        try writer.append(
            columns: group.columns, rows: group.rows, runs: group.runs, places: group.places,
            harsh: wrong)
        _ = try writer.publish()
        var faults: [String] = []
        try copy.verify(MaintenanceControl(workers: 1)) { file in
            if let fault = file.fault { faults.append(fault.message) }
        }
        #expect(faults.count == 1)
        #expect(faults.first?.contains("index of harsh rows") == true)
    }

    private struct GroupBuilder: VehicleVisitor {
        let builder: RowGroupBuilder

        mutating func visit(_ rows: VehicleRows) throws { try builder.append(rows, 0..<rows.count) }
        mutating func endVehicle() throws {}
    }
}
