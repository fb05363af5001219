import Testing

@testable import TCTelemetry

@Suite struct PlotTests {
    private func series(
        gap: Duration = .seconds(60), _ points: [(Int64, Double)]
    ) -> SignalSeries {
        var series = SignalSeries(gap: gap)
        for (time, value) in points { series.add(time: time, value: value) }
        return series
    }

    @Test func `a series of any length keeps its ends and every peak in bounded memory`() {
        var series = SignalSeries(gap: .seconds(60))
        for second in 0..<1_000_000 {
            series.add(
                time: 1_600_000_000_000 + Int64(second) * 1000,
                value: second == 777_777 ? 99 : Double(second % 10))
        }
        let buckets = series.buckets
        #expect(series.pointCount == 1_000_000)
        #expect(buckets.count <= SignalSeries.capacity)
        #expect(buckets.count > SignalSeries.capacity / 4)
        #expect(buckets.first?.firstTime == 1_600_000_000_000)
        #expect(buckets.last?.lastTime == 1_600_999_999_000)
        #expect(buckets.map(\.high).max() == 99)
        #expect(buckets.map(\.low).min() == 0)
        #expect(buckets.dropFirst().allSatisfy { !$0.followsGap })
        for (earlier, later) in zip(buckets, buckets.dropFirst()) {
            #expect(earlier.lastTime < later.firstTime)
        }
    }

    @Test func `absent values are skipped and a long silence breaks the line`() {
        let series = series([(0, 1), (1000, .nan), (30_000, 2), (120_000, 3), (121_000, 4)])
        #expect(series.pointCount == 4)
        #expect(series.buckets.filter(\.followsGap).map(\.firstTime) == [0, 120_000])
    }

    @Test func `the value axis has round marks around the data`() {
        let axis = ValueAxis(low: 3.2, high: 17.9, count: 5)
        #expect(axis.ticks.map(\.label) == ["0", "5", "10", "15", "20"])
        #expect(
            ValueAxis(low: 0.021, high: 0.034, count: 4).ticks.map(\.label)
                == ["0.020", "0.025", "0.030", "0.035"])
        #expect(ValueAxis(low: -10, high: 10, count: 3).ticks.map(\.label) == ["-10", "0", "10"])
        let constant = ValueAxis(low: 50, high: 50, count: 4)
        #expect(constant.low < 50 && constant.high > 50)
    }

    @Test func `the time axis has round moments and the date at midnight`() {
        let midnight: Int64 = 1_617_062_400_000
        let axis = TimeAxis(from: midnight - 5_000_000, to: midnight + 5_000_000, count: 6)
        #expect(axis.ticks.map(\.label) == ["23:00", "23:30", "2021-03-30", "00:30", "01:00"])
        let spring = TimeAxis(from: 1_617_016_425_000, to: 1_625_140_210_000, count: 4)
        #expect(
            spring.ticks.map(\.label) == ["2021-04-01", "2021-05-01", "2021-06-01", "2021-07-01"])
        let century = TimeAxis(from: 0, to: 4_133_980_799_999, count: 4)
        #expect(century.ticks.map(\.label) == ["1970-01-01", "2070-01-01"])
        #expect(TimeAxis(from: 7, to: 7, count: 5).ticks.count >= 1)
    }

    @Test func `a rising line goes from the lower left to the upper right`() {
        let chart = Chart(
            title: "soc_pct of V1", unit: "%",
            series: series((0...100).map { (Int64($0) * 1000, Double($0)) }))
        let text = TerminalChart(chart, width: 44, height: 10, style: .ascii).text
        #expect(
            text == """
                soc_pct of V1 (%)
                100 +                                   ****
                    |                           ********
                    |                   *********
                 50 +            ********
                    |    ********
                  0 +*****
                    ++----------------------+---------------
                     1970-01-01           00:01
                1970-01-01T00:00:00.000Z to 1970-01-01T00:01:40.000Z, 101 values

                """, "\n\(text)")
    }

    @Test func `one value is a dot in both pictures`() {
        let chart = Chart(title: "a<b & \"c\"", unit: "", series: series([(5000, 42)]))
        let text = TerminalChart(chart, width: 40, height: 8, style: .braille).text
        let dots = text.unicodeScalars.filter { (0x2801...0x28ff).contains($0.value) }
        #expect(dots.count == 1, "\n\(text)")
        let svg = SVGChart(chart).text
        #expect(svg.contains("<title>a&lt;b &amp; &quot;c&quot;</title>"))
        #expect(svg.contains("d=\"M72.0 "))
    }
}
