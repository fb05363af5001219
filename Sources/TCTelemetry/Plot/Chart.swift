import TCCore

/// What a chart shows, whichever way it is drawn.
public struct Chart: Sendable {
    public let title: String
    public let unit: String
    public let series: SignalSeries

    /// - Parameters:
    ///   - title: what is drawn, for instance `soc_pct of 5YJ3E1EA1LF000000`; any text.
    ///   - unit: of the values, for the axis; may be empty.
    ///   - series: at least one point, or there is nothing to draw.
    public init(title: String, unit: String, series: SignalSeries) {
        precondition(series.pointCount > 0, "an empty series has no span to draw")
        self.title = title
        self.unit = unit
        self.series = series
    }

    var from: Int64 { series.buckets.first!.firstTime }
    var to: Int64 { series.buckets.last!.lastTime }
    var low: Double { series.buckets.map(\.low).min()! }
    var high: Double { series.buckets.map(\.high).max()! }

    var subtitle: String {
        "\(Instant(milliseconds: from)) to \(Instant(milliseconds: to)), \(series.pointCount) values"
    }
}
