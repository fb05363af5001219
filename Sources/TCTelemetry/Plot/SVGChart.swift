import TCWire

/// Draws a chart as one self-contained SVG document, 960 × 400.
public struct SVGChart {
    private let chart: Chart
    private let values: ValueAxis
    private let times: TimeAxis

    private let width = 960.0
    private let height = 400.0
    private let left = 72.0
    private let right = 24.0
    private let top = 64.0
    private let bottom = 44.0

    public init(_ chart: Chart) {
        self.chart = chart
        values = ValueAxis(low: chart.low, high: chart.high, count: 6)
        times = TimeAxis(from: chart.from, to: chart.to, count: 9)
    }

    /// The document, UTF-8 text ended by LF.
    public var text: String {
        let unit = chart.unit.isEmpty ? "" : " (\(xmlEscaped(chart.unit)))"
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" width="960" height="400" \
            viewBox="0 0 960 400" role="img" font-family="system-ui, sans-serif" font-size="12">
            <title>\(xmlEscaped(chart.title))\(unit)</title>
            <rect width="960" height="400" fill="#ffffff"/>
            <text x="\(number(left))" y="26" font-size="16" font-weight="600" fill="#111827">\
            \(xmlEscaped(chart.title))\(unit)</text>
            <text x="\(number(left))" y="46" fill="#6b7280">\(xmlEscaped(chart.subtitle))</text>

            """
        for tick in values.ticks {
            let y = number(self.y(tick.value))
            svg += """
                <line x1="\(number(left))" x2="\(number(width - right))" y1="\(y)" y2="\(y)" \
                stroke="#e5e7eb"/>
                <text x="\(number(left - 10))" y="\(y)" dy="0.35em" text-anchor="end" \
                fill="#374151">\(tick.label)</text>

                """
        }
        for tick in times.ticks {
            let x = number(self.x(Int64(tick.value)))
            svg += """
                <line x1="\(x)" x2="\(x)" y1="\(number(height - bottom))" \
                y2="\(number(height - bottom + 5))" stroke="#9ca3af"/>
                <text x="\(x)" y="\(number(height - bottom + 20))" text-anchor="middle" \
                fill="#374151">\(tick.label)</text>

                """
        }
        svg += """
            <line x1="\(number(left))" x2="\(number(width - right))" \
            y1="\(number(height - bottom))" y2="\(number(height - bottom))" stroke="#9ca3af"/>
            <path d="\(path)" fill="none" stroke="#1d4ed8" stroke-width="1.5" \
            stroke-linejoin="round" stroke-linecap="round"/>
            </svg>

            """
        return svg
    }

    /// The line through first, lowest, highest and last of every stretch, broken at each gap. A value
    /// that stands alone becomes a line of no length, which a round cap shows as a dot.
    private var path: String {
        var path = ""
        for bucket in chart.series.buckets {
            let x0 = number(x(bucket.firstTime))
            let x1 = number(x(bucket.lastTime))
            path += "\(bucket.followsGap ? "M" : "L")\(x0) \(number(y(bucket.first)))"
            if bucket.low < min(bucket.first, bucket.last) {
                path += "L\(x0) \(number(y(bucket.low)))"
            }
            if bucket.high > max(bucket.first, bucket.last) {
                path += "L\(x0) \(number(y(bucket.high)))"
            }
            path += "L\(x1) \(number(y(bucket.last)))"
        }
        return path
    }

    private func x(_ time: Int64) -> Double {
        left + Double(time - times.from) / Double(times.to - times.from) * (width - left - right)
    }

    private func y(_ value: Double) -> Double {
        top + (values.high - value) / (values.high - values.low) * (height - top - bottom)
    }

    /// A tenth of a pixel is finer than any screen shows.
    private func number(_ value: Double) -> String { ValueAxis.text(value, decimals: 1) }
}
