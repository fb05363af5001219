import Synchronization
import TCCore
import TCParquet

/// The rows of one day of a batch as they stand in its order: `order[start..<start + rows]`.
struct DaySlice {
    var day: Day
    var start: Int
    var rows: Int
    /// The day's vehicles; `start` counts from the slice's own first row.
    var runs: [BatchRun]
}

/// One file's worth of encoded rows.
struct EncodedDay: Sendable {
    var day: Day
    var columns: [EncodedColumn]
    var rows: Int
    var runs: VehicleRuns
    /// The bounds of the places of each run.
    var places: [PlaceBounds]
    /// The rows with a harsh acceleration.
    var harsh: HarshRows
}

/// Turns a sorted batch into encoded columns, one file's worth for each day.
///
/// The columns of a large day are tasks that the threads take, the dearest first; small days are
/// tasks whole. `@unchecked Sendable`: each task owns what it writes.
final class BatchEncoder: @unchecked Sendable {
    /// A day with fewer rows is one thread's task.
    private static let wholeDayRows = 1 << 16

    private let workers: Int
    private let encoders: [ColumnEncoder]
    private let table: VehicleTable
    /// Nanoseconds that each column took last time: the dearest is begun first.
    private let cost: UnsafeMutablePointer<UInt64>
    private let uptime: @Sendable () -> Double

    init(
        workers: Int, table: VehicleTable, compressionLevel: Int32, rowsPerPage: Int,
        uptime: @escaping @Sendable () -> Double
    ) {
        self.workers = workers
        self.table = table
        self.uptime = uptime
        encoders = (0..<workers).map { _ in
            ColumnEncoder(compressionLevel: compressionLevel, rowsPerPage: rowsPerPage)
        }
        cost = .allocate(capacity: StoreSchema.columns.count)
        cost.initialize(repeating: 0, count: StoreSchema.columns.count)
        for column in [Signal.odometerKm, .lat, .lon].map(StoreSchema.column) { cost[column] = 1 }
    }

    deinit { cost.deallocate() }

    /// Encodes every slice and hands each to `deliver`, which may be called from any thread.
    func encode(
        _ batch: IngestBatch, _ order: UnsafePointer<UInt32>, _ slices: [DaySlice],
        deliver: @Sendable (EncodedDay) throws -> Void
    ) throws {
        let source = Source(batch: batch, order: order)
        for slice in slices where slice.rows >= BatchEncoder.wholeDayRows {
            let job = DayJob(slice, source, table)
            let tasks = StoreSchema.columns.indices.sorted { cost[$0] > cost[$1] }
            let next = Atomic<Int>(0)
            try Workers.run(workers) { worker in
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < tasks.count else { return }
                    let began = self.uptime()
                    try job.encode(tasks[index], self.encoders[worker])
                    self.cost[tasks[index]] = UInt64((self.uptime() - began) * 1e9)
                }
            }
            try deliver(job.finished())
        }
        let small = slices.filter { $0.rows < BatchEncoder.wholeDayRows }
        guard !small.isEmpty else { return }
        let next = Atomic<Int>(0)
        try Workers.run(min(workers, small.count)) { worker in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < small.count else { return }
                let job = DayJob(small[index], source, self.table)
                for column in StoreSchema.columns.indices {
                    try job.encode(column, self.encoders[worker])
                }
                try deliver(job.finished())
            }
        }
    }
}

private struct Source: @unchecked Sendable {
    let batch: IngestBatch
    let order: UnsafePointer<UInt32>
}

/// One day being encoded. `@unchecked Sendable`: a task writes only its own column's place.
private final class DayJob: @unchecked Sendable {
    private let slice: DaySlice
    private let source: Source
    private let table: VehicleTable
    private let encoded: UnsafeMutablePointer<EncodedColumn?>
    /// The bounds of the places of each run; found with the vehicles, the cheapest column.
    private var places: [PlaceBounds] = []
    /// The rows with a harsh acceleration; found with that column.
    private var harsh = HarshRows()

    init(_ slice: DaySlice, _ source: Source, _ table: VehicleTable) {
        self.slice = slice
        self.source = source
        self.table = table
        encoded = .allocate(capacity: StoreSchema.columns.count)
        encoded.initialize(repeating: nil, count: StoreSchema.columns.count)
    }

    deinit {
        encoded.deinitialize(count: StoreSchema.columns.count)
        encoded.deallocate()
    }

    func encode(_ column: Int, _ encoder: ColumnEncoder) throws {
        let batch = source.batch
        let order = source.order + slice.start
        let field = column - 2
        let isAbsent = batch.columns >> UInt32(truncatingIfNeeded: max(field, 0)) & 1 == 0
        let rows = slice.rows
        let schema = StoreSchema.columns[column]
        switch column {
        case StoreSchema.vehicleID:
            places = findPlaces()
            encoded[column] = try withVehicles { codes, entries in
                try encoder.encode(
                    schema, .dictionary(codes: codes, entries: entries), rows: rows, order: nil)
            }
        case StoreSchema.ts:
            encoded[column] = try encoder.encode(
                schema, .timestamps(batch.ts), rows: rows, order: order)
        case StoreSchema.column(.accelMps2):
            let values = isAbsent ? nil : UnsafePointer(batch.number(field))
            harsh.take(values, rows: rows, order: order)
            encoded[column] = try encoder.encode(
                schema, values.map(ColumnInput.doubles) ?? .absent, rows: rows, order: order)
        case _ where isAbsent:
            encoded[column] = try encoder.encode(schema, .absent, rows: rows, order: nil)
        case StoreSchema.extra:
            encoded[column] = try withExtras { table in
                try encoder.encode(schema, .strings(table), rows: rows, order: nil)
            }
        case _ where field >= Field.words:
            let words = EnumSignal(rawValue: field - Field.words)!.words
            encoded[column] = try withWords(words) { table in
                try encoder.encode(
                    schema, .words(codes: batch.word(field), entries: table), rows: rows,
                    order: order)
            }
        default:
            encoded[column] = try encoder.encode(
                schema, .doubles(batch.number(field)), rows: rows, order: order)
        }
    }

    func finished() -> EncodedDay {
        let ts = source.batch.ts
        let order = source.order + slice.start
        var runs = VehicleRuns()
        for run in slice.runs {
            let rows = run.rows
            runs.append(
                .init(
                    id: table.id(run.code), rows: rows.count,
                    first: ts[Int(order[rows.lowerBound])],
                    last: ts[Int(order[rows.upperBound - 1])]))
        }
        return EncodedDay(
            day: slice.day, columns: (0..<StoreSchema.columns.count).map { encoded[$0]! },
            rows: slice.rows, runs: runs, places: places, harsh: harsh)
    }

    private func findPlaces() -> [PlaceBounds] {
        let batch = source.batch
        let order = source.order + slice.start
        // A row has both or neither.
        let (lat, lon) = (Signal.lat.rawValue, Signal.lon.rawValue)
        guard batch.columns >> UInt32(lat) & 1 == 1 else {
            return Array(repeating: .none, count: slice.runs.count)
        }
        let (lats, lons) = (batch.number(lat), batch.number(lon))
        return slice.runs.map { run in
            var span = PlaceSpan()
            for place in run.rows {
                let row = Int(order[place])
                span.take(lats[row], lons[row])
            }
            return span.bounds
        }
    }

    /// The vehicles as a dictionary in id order, and each row's entry.
    private func withVehicles<R>(
        _ body: (UnsafePointer<UInt32>, StringTable) throws -> R
    ) throws -> R {
        let codes = UnsafeMutablePointer<UInt32>.allocate(capacity: slice.rows)
        defer { codes.deallocate() }
        var total = 0
        for (index, run) in slice.runs.enumerated() {
            (codes + run.rows.lowerBound).update(repeating: UInt32(index), count: run.rows.count)
            total += table.id(run.code).count
        }
        return try withTable(count: slice.runs.count, bytes: total) { index in
            table.id(slice.runs[index].code)
        } body: {
            try body(codes, $0)
        }
    }

    /// The `extra` of each row in order.
    private func withExtras<R>(_ body: (StringTable) throws -> R) throws -> R {
        let extras = source.batch.extras
        let order = source.order + slice.start
        var total = 0
        for i in 0..<slice.rows { total += ExtraArena.object(extras[Int(order[i])]).count }
        return try withTable(count: slice.rows, bytes: total) { row in
            ExtraArena.object(extras[Int(order[row])])
        } body: {
            try body($0)
        }
    }

    private func withWords<R>(_ words: [String], _ body: (StringTable) throws -> R) throws -> R {
        var bytes: [UInt8] = []
        var offsets: [UInt32] = [0]
        for word in words {
            bytes += word.utf8
            offsets.append(UInt32(bytes.count))
        }
        return try bytes.withUnsafeBufferPointer { bytes in
            try offsets.withUnsafeBufferPointer { offsets in
                try body(
                    StringTable(
                        bytes: bytes.baseAddress!, offsets: offsets.baseAddress!,
                        count: words.count))
            }
        }
    }

    /// A table of `count` texts of `bytes` bytes in all.
    private func withTable<R>(
        count: Int, bytes total: Int, _ text: (Int) -> UnsafeBufferPointer<UInt8>,
        body: (StringTable) throws -> R
    ) rethrows -> R {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, total))
        let offsets = UnsafeMutablePointer<UInt32>.allocate(capacity: count + 1)
        defer {
            bytes.deallocate()
            offsets.deallocate()
        }
        var used = 0
        for index in 0..<count {
            offsets[index] = UInt32(used)
            let text = text(index)
            if let start = text.baseAddress {
                (bytes + used).update(from: start, count: text.count)
            }
            used += text.count
        }
        offsets[count] = UInt32(used)
        return try body(StringTable(bytes: bytes, offsets: offsets, count: count))
    }
}
