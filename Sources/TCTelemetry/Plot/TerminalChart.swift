/// Draws a chart with characters: braille, two by four dots a cell, or plain ASCII where the
/// terminal has no braille.
public struct TerminalChart {
    public enum Style: Sendable { case braille, ascii }

    /// Below these there is no room for the labels.
    public static let smallestWidth = 40
    public static let smallestHeight = 8

    private let style: Style
    private let columns: Int
    private let rows: Int
    private let gutter: Int
    private let values: ValueAxis
    private let times: TimeAxis
    private let chart: Chart
    /// One bit a dot in each cell, in braille's own order; in ASCII any bit means a mark.
    private var cells: [UInt8]

    /// - Parameters:
    ///   - width: characters in all, at least `smallestWidth`.
    ///   - height: lines in all, at least `smallestHeight`.
    public init(_ chart: Chart, width: Int, height: Int, style: Style) {
        self.chart = chart
        self.style = style
        rows = max(height, TerminalChart.smallestHeight) - 4
        values = ValueAxis(low: chart.low, high: chart.high, count: max(2, rows / 3 + 1))
        gutter = values.ticks.map(\.label.count).max()! + 1
        columns = max(width, TerminalChart.smallestWidth) - gutter - 1
        times = TimeAxis(
            from: chart.from, to: chart.to, count: columns / (TimeAxis.labelWidth + 3))
        cells = Array(repeating: 0, count: rows * columns)
        for (previous, bucket) in zip([nil] + chart.series.buckets, chart.series.buckets) {
            draw(bucket, after: previous)
        }
    }

    /// The picture, lines ended by LF.
    public var text: String {
        var text = "\(chart.title)\(chart.unit.isEmpty ? "" : " (\(chart.unit))")\n"
        var labels = Array(repeating: "", count: rows)
        for tick in values.ticks { labels[row(of: tick.value) / dotsDown] = tick.label }
        let bars = style == .braille ? (plain: "│", marked: "┤") : (plain: "|", marked: "+")
        for row in 0..<rows {
            let label = labels[row]
            text += String(repeating: " ", count: gutter - 1 - label.count) + label + " "
            text += label.isEmpty ? bars.plain : bars.marked
            let line = cells[row * columns..<(row + 1) * columns].map(character)
            text += trimmed(line) + "\n"
        }
        return text + timeAxis + chart.subtitle + "\n"
    }

    private var timeAxis: String {
        var line = Array(repeating: Character(style == .braille ? "─" : "-"), count: columns)
        var labels = Array(repeating: Character(" "), count: columns)
        var free = 0
        for tick in times.ticks {
            let at = column(of: Int64(tick.value)) / dotsAcross
            line[at] = style == .braille ? "┬" : "+"
            let start = max(0, min(columns - tick.label.count, at - tick.label.count / 2))
            guard start >= free else { continue }
            labels.replaceSubrange(start..<start + tick.label.count, with: Array(tick.label))
            free = start + tick.label.count + 2
        }
        let margin = String(repeating: " ", count: gutter)
        let corner = style == .braille ? "└" : "+"
        return margin + corner + String(line) + "\n" + margin + " " + trimmed(labels) + "\n"
    }

    private func trimmed(_ line: [Character]) -> String {
        String(line[..<((line.lastIndex { $0 != " " } ?? -1) + 1)])
    }

    // MARK: Dots

    private var dotsAcross: Int { style == .braille ? 2 : 1 }
    private var dotsDown: Int { style == .braille ? 4 : 1 }

    private func character(_ cell: UInt8) -> Character {
        if cell == 0 { return " " }
        return style == .ascii ? "*" : Character(UnicodeScalar(0x2800 + UInt32(cell))!)
    }

    private func column(of time: Int64) -> Int {
        let share = Double(time - times.from) / Double(times.to - times.from)
        return Int((share * Double(columns * dotsAcross - 1)).rounded())
    }

    private func row(of value: Double) -> Int {
        let share = (values.high - value) / (values.high - values.low)
        return Int((share * Double(rows * dotsDown - 1)).rounded())
    }

    private mutating func draw(_ bucket: SignalSeries.Bucket, after previous: SignalSeries.Bucket?)
    {
        let x = column(of: bucket.firstTime)
        if let previous, !bucket.followsGap {
            line(
                column(of: previous.lastTime), row(of: previous.last), x, row(of: bucket.first))
        }
        for y in row(of: bucket.high)...row(of: bucket.low) { mark(x, y) }
        line(x, row(of: bucket.last), column(of: bucket.lastTime), row(of: bucket.last))
    }

    /// A straight run of dots, each step to the nearest neighbour.
    private mutating func line(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) {
        let steps = max(abs(x1 - x0), abs(y1 - y0))
        guard steps > 0 else { return mark(x0, y0) }
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            mark(
                x0 + Int((Double(x1 - x0) * share).rounded()),
                y0 + Int((Double(y1 - y0) * share).rounded()))
        }
    }

    private mutating func mark(_ x: Int, _ y: Int) {
        // Braille numbers its dots 1 2 3 7 down the left side and 4 5 6 8 down the right.
        let bit =
            style == .ascii
            ? 0 : [[0, 1, 2, 6], [3, 4, 5, 7]][x % dotsAcross][y % dotsDown]
        cells[y / dotsDown * columns + x / dotsAcross] |= 1 << UInt8(bit)
    }
}
