import TCCore

/// What a store, or one day of it, holds.
public struct StoreStatistics: Sendable {
    /// Nil for the whole store.
    public let day: Day?
    /// Rows after merging: what a query sees.
    public let rows: Int
    /// Rows in the files, a moment of a vehicle counted in each file that holds it.
    public let storedRows: Int
    public let vehicles: Int
    /// The first and the last row's time; nil where there is no row.
    public let first: Instant?
    public let last: Instant?
    public let files: Int
    public let bytes: Int

    /// Nil where there is no row.
    public var bytesPerRow: Double? { rows > 0 ? Double(bytes) / Double(rows) : nil }
}

extension StoreSnapshot {
    /// Counts everything in the snapshot. Reads the indexes of the files, and times only where two
    /// files overlap in the time of one vehicle.
    public func statistics(workers: Int) throws -> StoreStatistics {
        try statistics(of: nil, workers: workers)
    }

    /// The same for each day, in order.
    public func statisticsByDay(workers: Int) throws -> [StoreStatistics] {
        var days: [Day] = []
        for file in files where days.last != file.name.day { days.append(file.name.day) }
        return try days.map { day in
            let part = StoreSnapshot(
                files: files.filter { $0.name.day == day }, failures: failures)
            return try part.statistics(of: day, workers: workers)
        }
    }

    private func statistics(of day: Day?, workers: Int) throws -> StoreStatistics {
        var rows = 0
        var vehicles = 0
        try scan(ScanRequest(columns: []).withoutTimes, workers: workers) {
            VehicleCounter()
        } deliver: { shard in
            rows += shard.rows
            vehicles += shard.vehicles
        }
        // A file that says nothing of its times has them read with its index; ours all do.
        let times = files.compactMap(\.times)
        return StoreStatistics(
            day: day, rows: rows, storedRows: storedRows, vehicles: vehicles,
            first: times.map(\.lowerBound).min().map { Instant(milliseconds: $0) },
            last: times.map(\.upperBound).max().map { Instant(milliseconds: $0) },
            files: files.count, bytes: files.reduce(0) { $0 + $1.file.byteCount })
    }
}

extension ScanRequest {
    var withoutTimes: ScanRequest {
        var request = self
        request.needsTimes = false
        return request
    }
}

private struct VehicleCounter: VehicleVisitor {
    var rows = 0
    var vehicles = 0

    mutating func visit(_ rows: VehicleRows) throws { self.rows += rows.count }
    mutating func endVehicle() throws { vehicles += 1 }
}
