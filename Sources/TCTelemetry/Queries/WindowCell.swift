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

    /// Folds in the rows `range`, which are in time order and not before those folded in so far.
    ///
    /// This loop is the cost of `window`; it has no branch and no call, and NaN, which compares as
    /// false, drops out by itself.
    mutating func add(
        _ values: UnsafePointer<Double>, _ ts: UnsafePointer<Int64>, _ range: Range<Int>
    ) {
        var (count, sum, low, high) = (self.count, self.sum, self.low, self.high)
        for row in range {
            let value = values[row]
            let isPresent = value == value
            count &+= isPresent ? 1 : 0
            sum += isPresent ? value : 0
            low = value < low ? value : low
            high = value > high ? value : high
        }
        guard count > self.count else { return }
        if self.count == 0 {
            let row = range.first { !values[$0].isNaN }!
            (firstTime, first) = (ts[row], values[row])
        }
        let row = range.last { !values[$0].isNaN }!
        (lastTime, last) = (ts[row], values[row])
        (self.count, self.sum, self.low, self.high) = (count, sum, low, high)
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
