/// Collects one signal of the vehicles that a scan visits into a series.
public struct SeriesVisitor: VehicleVisitor {
    public private(set) var series: SignalSeries
    private let signal: Signal

    /// - Parameter gap: a silence longer than this is shown as a break in the line.
    public init(_ signal: Signal, gap: Duration) {
        self.signal = signal
        series = SignalSeries(gap: gap)
    }

    public mutating func visit(_ rows: VehicleRows) throws {
        let values = rows[signal]
        for row in 0..<rows.count { series.add(time: rows.ts[row], value: values[row]) }
    }

    public mutating func endVehicle() throws {}
}
