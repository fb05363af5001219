import TCCore
import TCWire

/// Tumbling windows of one vehicle each: a record is written as soon as the vehicle's time leaves
/// the window, so one window is in memory at a time.
public struct VehicleWindows: RecordVisitor {
    /// The records of the vehicles seen, in their order, each vehicle's in time order.
    public private(set) var records = JSONWriter()

    private let plan: WindowPlan
    private let sink: RecordSink?
    private var vehicleID: [UInt8] = []
    private var cell: WindowCell

    /// - Parameter sink: where records go as they come, in lumps, so that memory does not grow with
    ///   their number; without one they are all kept.
    public init(_ plan: WindowPlan, sink: RecordSink? = nil) {
        self.plan = plan
        self.sink = sink
        cell = WindowCell(start: 0, plan: plan)
    }

    /// Hands out what is left. Call it after the scan where there is a sink.
    public mutating func finish() throws {
        try records.bytes.withUnsafeBufferPointer { try sink?($0) }
        records.reset()
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        if vehicleID.isEmpty { vehicleID.append(contentsOf: rows.vehicleID) }
        try forEachWindow(rows, plan) { start, range throws(TCError) in
            if start != cell.start || cell.rows == 0 {
                close()
                cell.reset(start: start)
            }
            try fold(rows, range, plan, into: &cell, distinctBefore: 0)
        }
        if sink != nil, records.count >= 1 << 16 { try finish() }
    }

    public mutating func endVehicle() throws {
        close()
        cell.reset(start: 0)
        vehicleID.removeAll(keepingCapacity: true)
    }

    private mutating func close() {
        guard cell.rows > 0 else { return }
        cell.endVehicle()
        cell.write(plan, vehicleID: vehicleID, to: &records)
    }
}

/// Tumbling windows of the whole fleet: each visitor keeps the windows of its vehicles, and `merge`
/// joins them in vehicle order.
public struct FleetWindows: VehicleVisitor {
    private let plan: WindowPlan
    private var cells: [WindowCell] = []
    private var indexByStart: [Int64: Int] = [:]
    /// The current vehicle's part of the window in progress.
    private var part: WindowCell
    /// The cell found last: the next vehicle mostly walks through the same ones.
    private var cursor = -1
    private var distinct = 0

    /// Windows held at a time by one visitor: eleven days of seconds. One takes some 300 bytes.
    static let cellLimit = 1_000_000

    public init(_ plan: WindowPlan) {
        self.plan = plan
        part = WindowCell(start: 0, plan: plan)
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        try forEachWindow(rows, plan) { start, range throws(TCError) in
            if start != part.start || part.rows == 0 {
                try close()
                part.reset(start: start)
            }
            try fold(rows, range, plan, into: &part, distinctBefore: distinct)
        }
    }

    public mutating func endVehicle() throws {
        try close()
        part.reset(start: 0)
        cursor = -1
    }

    /// Joins in the windows of vehicles that come later in the order than all joined so far.
    public mutating func merge(_ other: FleetWindows) throws {
        for cell in other.cells { try add(cell) }
        cursor = -1
    }

    /// The records of all windows that have rows, in time order.
    public func writeRecords(to sink: RecordSink) throws {
        var records = JSONWriter()
        for cell in cells.sorted(by: { $0.start < $1.start }) {
            cell.write(plan, vehicleID: nil, to: &records)
            if records.count >= 1 << 16 {
                try records.withBytes(sink)
                records.reset()
            }
        }
        try records.withBytes(sink)
    }

    private mutating func close() throws(TCError) {
        guard part.rows > 0 else { return }
        part.endVehicle()
        try add(part)
    }

    private mutating func add(_ cell: WindowCell) throws(TCError) {
        if cursor + 1 < cells.count, cells[cursor + 1].start == cell.start {
            cursor += 1
        } else if let index = indexByStart[cell.start] {
            cursor = index
        } else {
            guard cells.count < FleetWindows.cellLimit else {
                throw TCError(
                    .usage, "more than \(FleetWindows.cellLimit) windows",
                    hint: "take a longer --every, or less with --from and --to")
            }
            cursor = cells.count
            indexByStart[cell.start] = cursor
            cells.append(WindowCell(start: cell.start, plan: plan))
        }
        distinct -= cells[cursor].distinct
        cells[cursor].merge(cell)
        distinct += cells[cursor].distinct
        try ensure(distinct: distinct)
    }
}

/// Cuts `rows` where a window ends.
@inline(__always)
private func forEachWindow(
    _ rows: VehicleRows, _ plan: WindowPlan,
    _ body: (_ start: Int64, _ range: Range<Int>) throws(TCError) -> Void
) throws(TCError) {
    var row = 0
    while row < rows.count {
        let start = plan.start(of: rows.ts[row])
        let end = start + plan.every
        var next = row + 1
        while next < rows.count, rows.ts[next] < end { next += 1 }
        try body(start, row..<next)
        row = next
    }
}

private func fold(
    _ rows: VehicleRows, _ range: Range<Int>, _ plan: WindowPlan, into cell: inout WindowCell,
    distinctBefore: Int
) throws(TCError) {
    let rowsBefore = cell.rows
    cell.rows += range.count
    for (slot, signal) in plan.signals.enumerated() {
        let values = rows[signal]
        cell.moments[slot].add(values, rows.ts, range, rowsBefore: rowsBefore)
        guard plan.needsCounts[slot] else { continue }
        for row in range where !values[row].isNaN { cell.counts[slot].add(values[row]) }
        try ensure(distinct: distinctBefore + cell.distinct)
    }
}

/// Percentiles are exact, so every distinct value is kept. Of one visitor; a table slot is 16
/// bytes.
private let distinctLimit = 4_000_000

private func ensure(distinct: Int) throws(TCError) {
    guard distinct <= distinctLimit else {
        throw TCError(
            .usage,
            "percentiles are exact, and more than \(distinctLimit) distinct values are too many",
            hint: "take less with --from, --to and --vehicle, or a signal with fewer decimals")
    }
}
