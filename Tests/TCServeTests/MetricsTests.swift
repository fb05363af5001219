import Testing

@testable import TCServe

struct MetricsTests {
    @Test func `what is counted is shown in the text format`() {
        let metrics = Metrics()
        let counter = metrics.counter("tc_things_total", "Things.", [("kind", "a\"b\\c\nd")])
        counter.add()
        counter.add(2)
        metrics.counter("tc_things_total", "Things.", [("kind", "z")]).add(0)
        metrics.gauge("tc_level", "A level.").set(-4)
        metrics.reading("tc_ratio", "A ratio.") { 0.25 }
        metrics.reading("tc_absent", "Nothing.") { nil }
        let histogram = metrics.histogram("tc_seconds", "Times.", [("x", "y")], bounds: [0.1, 1])
        #expect(!metrics.exposition().contains("tc_seconds"))
        for value in [0.05, 0.1, 0.5, 7] { histogram.record(value) }
        #expect(
            metrics.exposition() == """
                # HELP tc_things_total Things.
                # TYPE tc_things_total counter
                tc_things_total{kind="a\\"b\\\\c\\nd"} 3
                tc_things_total{kind="z"} 0
                # HELP tc_level A level.
                # TYPE tc_level gauge
                tc_level -4
                # HELP tc_ratio A ratio.
                # TYPE tc_ratio gauge
                tc_ratio 0.25
                # HELP tc_seconds Times.
                # TYPE tc_seconds histogram
                tc_seconds_bucket{x="y",le="0.1"} 2
                tc_seconds_bucket{x="y",le="1"} 3
                tc_seconds_bucket{x="y",le="+Inf"} 4
                tc_seconds_sum{x="y"} 7.65
                tc_seconds_count{x="y"} 4

                """)
    }

    @Test func `asking again gives the same counter`() {
        let metrics = Metrics()
        metrics.counter("a_total", "A.", [("k", "1")]).add()
        metrics.counter("a_total", "A.", [("k", "1")]).add()
        metrics.counter("a_total", "A.", [("k", "2")]).add()
        #expect(metrics.exposition().contains(#"a_total{k="1"} 2"#))
        #expect(metrics.exposition().contains(#"a_total{k="2"} 1"#))
    }

    @Test func `the process is shown by the names that everybody uses`() {
        let metrics = Metrics()
        metrics.showProcess(startedAt: 12.5)
        let text = metrics.exposition()
        #expect(text.contains("process_start_time_seconds 12.5\n"))
        for name in [
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
            "process_max_fds",
        ] {
            let line = text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
            let value = line.flatMap { Double($0.dropFirst(name.count + 1)) }
            #expect((value ?? 0) > 0, "\(name)")
        }
    }
}
