import CScan
import TCCore
import TCWire

/// What is known of one signal in one window.
struct Moments {
    var count = 0
    /// The sum as a number and what rounding took from it, so that adding the parts of many
    /// vehicles gives the same result however threads share them out.
    var sum = 0.0
    var sumRest = 0.0
    var low = Double.infinity
    var high = -Double.infinity
    var firstTime = Int64.max
    var first = 0.0
    var lastTime = Int64.min
    var last = 0.0
    /// One vehicle's part of the sum, not yet in `sum`: its rows take turns between four, counted from
    /// the first one in the window, so that the result does not depend on how they are handed out.
    private var lanes: InlineArray<4, Double> = .init(repeating: 0)

    /// Folds in the rows `range` of one vehicle, which are in time order and not before those folded
    /// in so far; `rowsBefore` of them are.
    ///
    /// This is the cost of `window`. NaN, which compares as false, drops out by itself.
    mutating func add(
        _ values: UnsafePointer<Double>, _ ts: UnsafePointer<Int64>, _ range: Range<Int>,
        rowsBefore: Int
    ) {
        let known = count
        var row = range.lowerBound
        let aligned = min(range.upperBound, row + (4 - rowsBefore % 4) % 4)
        while row < aligned {
            addOne(values[row], lane: (rowsBefore + row - range.lowerBound) % 4)
            row += 1
        }
        let groups = (range.upperBound - row) / 4
        var lanes = self.lanes
        count += withUnsafeMutableBytes(of: &lanes) { lanes in
            tc_fold_numbers(
                values + row, groups, lanes.assumingMemoryBound(to: Double.self).baseAddress!,
                &low, &high)
        }
        self.lanes = lanes
        row += groups * 4
        for (lane, row) in (row..<range.upperBound).enumerated() {
            addOne(values[row], lane: lane)
        }
        guard count > known else { return }
        if known == 0 {
            let row = range.first { !values[$0].isNaN }!
            (firstTime, first) = (ts[row], values[row])
        }
        let lastRow = range.last { !values[$0].isNaN }!
        (lastTime, last) = (ts[lastRow], values[lastRow])
    }

    @inline(__always)
    private mutating func addOne(_ value: Double, lane: Int) {
        guard !value.isNaN else { return }
        count += 1
        lanes[lane] += value
        low = min(low, value)
        high = max(high, value)
    }

    /// Ends a vehicle's part.
    mutating func joinLanes() {
        sum += (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
        lanes = .init(repeating: 0)
    }

    /// Folds in another vehicle's. Of equal times the earlier vehicle's is first, the later one's
    /// last.
    mutating func merge(_ other: Moments) {
        guard other.count > 0 else { return }
        count += other.count
        // The exact error of a floating-point addition (Knuth's TwoSum).
        let total = sum + other.sum
        let part = total - sum
        sumRest += other.sumRest + ((sum - (total - part)) + (other.sum - part))
        sum = total
        low = min(low, other.low)
        high = max(high, other.high)
        if other.firstTime < firstTime { (firstTime, first) = (other.firstTime, other.first) }
        if other.lastTime >= lastTime { (lastTime, last) = (other.lastTime, other.last) }
    }

    var total: Double { sum + sumRest }
}

/// One window: its rows and what is known of each signal of the plan.
struct WindowCell {
    var start: Int64
    var rows = 0
    var moments: [Moments]
    var counts: [ValueCounts]

    init(start: Int64, plan: WindowPlan) {
        self.start = start
        moments = Array(repeating: Moments(), count: plan.signals.count)
        counts = Array(
            repeating: ValueCounts(), count: plan.needsCounts.contains(true) ? moments.count : 0)
    }

    mutating func reset(start: Int64) {
        self.start = start
        rows = 0
        for slot in moments.indices { moments[slot] = Moments() }
        for slot in counts.indices { counts[slot].reset() }
    }

    /// How many distinct values are kept.
    var distinct: Int { counts.reduce(0) { $0 + $1.distinct } }

    /// Ends the part of one vehicle, whose rows have all been folded in.
    mutating func endVehicle() {
        for slot in moments.indices { moments[slot].joinLanes() }
    }

    mutating func merge(_ other: WindowCell) {
        rows += other.rows
        for slot in moments.indices { moments[slot].merge(other.moments[slot]) }
        for slot in counts.indices { counts[slot].merge(other.counts[slot]) }
    }

    /// Appends the window's record. An aggregate of a signal without a value is left out.
    func write(_ plan: WindowPlan, vehicleID: [UInt8]?, to records: inout JSONWriter) {
        records.beginObject()
        if let vehicleID {
            records.key("vehicle_id")
            vehicleID.withUnsafeBufferPointer { records.string(utf8: $0) }
        }
        records.key("from")
        records.instant(Instant(milliseconds: start))
        records.key("to")
        records.instant(Instant(milliseconds: start + plan.every))
        records.key("count")
        records.int(rows)
        let sorted = counts.map { $0.sorted() }
        for aggregate in plan.aggregates {
            let slot = aggregate.slot
            let known = moments[slot]
            if aggregate.function == .count {
                records.key(aggregate.name)
                records.int(known.count)
                continue
            }
            guard known.count > 0 else { continue }
            let value: Double? =
                switch aggregate.function {
                case .count: nil
                case .avg: known.total / Double(known.count)
                case .sum: known.total
                case .min: known.low
                case .max: known.high
                case .first: known.first
                case .last: known.last
                case .p50, .p95, .p99:
                    ValueCounts.percentile(aggregate.function.percent!, of: sorted[slot])
                }
            // A sum of very large numbers can leave the range of a number.
            guard let value, value.isFinite else { continue }
            records.key(aggregate.name)
            records.double(value)
        }
        records.endObject()
        records.newline()
    }
}
