import TCCore

/// Where the marks of a chart's axis stand and what they say.
struct Tick: Equatable {
    let value: Double
    let label: String
}

/// A value axis: bounds widened to round numbers, and marks at them.
struct ValueAxis {
    let low: Double
    let high: Double
    let ticks: [Tick]

    /// - Parameter count: about how many marks there is room for, at least 2.
    init(low dataLow: Double, high dataHigh: Double, count: Int) {
        var low = dataLow
        var high = dataHigh
        // A constant signal is drawn in the middle of a band around it.
        if !(high > low) {
            let margin = max(abs(low) * 0.05, 1)
            low -= margin
            high += margin
        }
        let (step, decimals) = ValueAxis.roundStep(
            atLeast: (high - low) / Double(max(2, count) - 1))
        let first = (low / step).rounded(.down)
        let last = (high / step).rounded(.up)
        self.low = first * step
        self.high = last * step
        ticks = stride(from: first, through: last, by: 1).map {
            Tick(value: $0 * step, label: ValueAxis.text($0 * step, decimals: decimals))
        }
    }

    /// The smallest of 1, 2, 5 × 10ᵏ that is not below `minimum`, and the decimals it needs.
    static func roundStep(atLeast minimum: Double) -> (step: Double, decimals: Int) {
        var power = 1.0
        var decimals = 0
        while power * 10 <= minimum { power *= 10 }
        while power > minimum, decimals < 9 {
            power /= 10
            decimals += 1
        }
        for factor in [1.0, 2, 5] where power * factor >= minimum * 0.999_999 {
            return (power * factor, decimals)
        }
        return (power * 10, max(0, decimals - 1))
    }

    /// `value` with exactly `decimals` decimals; signals stay far below 2⁵³ units of the last one.
    static func text(_ value: Double, decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value * scale).rounded()
        guard abs(scaled) < 9e15 else { return "\(value)" }
        let units = Int64(scaled)
        guard decimals > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

/// A time axis in UTC: marks at round moments, with as much of the date as tells them apart.
struct TimeAxis {
    let from: Int64
    let to: Int64
    let ticks: [Tick]

    private static let steps: [Int64] =
        [1, 2, 5, 10, 20, 50, 100, 200, 500]
        + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].map { $0 * 1000 }
        + [1, 2, 3, 6, 12, 24, 48, 168].map { $0 * 3_600_000 }

    /// - Parameter count: how many labels fit beside each other at the most, at least 1.
    init(from: Int64, to: Int64, count: Int) {
        let end = max(to, from + 1)
        self.from = from
        self.to = end
        let room = Int64(max(1, count))
        let marks: [(time: Int64, step: Int64)]
        if let step = TimeAxis.steps.first(where: { (end - from) / $0 < room }) {
            let first = (from + step - 1) / step * step
            marks = stride(from: first, through: end, by: Int64.Stride(step)).map { ($0, step) }
        } else {
            marks = TimeAxis.firstsOfMonths(from: from, to: end, count: room).map {
                ($0, TimeAxis.month)
            }
        }
        ticks = marks.map {
            Tick(value: Double($0.time), label: TimeAxis.label($0.time, step: $0.step))
        }
    }

    private static let month: Int64 = 30 * 86_400_000

    /// The first moments of every month, or of every second, third … one, so that at most about
    /// `count` are left.
    private static func firstsOfMonths(from: Int64, to: Int64, count: Int64) -> [Int64] {
        let months = Int((to - from) / month)
        let step =
            [1, 2, 3, 6, 12, 24, 60, 120].first { Int64(months / $0) < count } ?? 1200
        var (year, number, _) = Instant(milliseconds: from).day.civil
        number = (number - 1) / step * step
        var moments: [Int64] = []
        while let day = Day(year: year + number / 12, month: number % 12 + 1, day: 1),
            day.start.milliseconds <= to
        {
            if day.start.milliseconds >= from { moments.append(day.start.milliseconds) }
            number += step
        }
        return moments
    }

    /// The longest label `label` makes, `23:59:59.999`.
    static let labelWidth = 12

    private static func label(_ time: Int64, step: Int64) -> String {
        let text = Instant(milliseconds: time).description
        let clock = text.dropFirst(11)
        if step < 1000 { return String(clock.prefix(12)) }
        if step < 60_000 { return String(clock.prefix(8)) }
        // Midnight and steps of days are told apart by the date.
        if time % 86_400_000 == 0 { return String(text.prefix(10)) }
        return String(clock.prefix(5))
    }
}
