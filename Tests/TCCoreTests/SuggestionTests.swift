import Testing

@testable import TCCore

@Suite struct SuggestionTests {
    private let commands = ["simulate", "ingest", "last", "range", "window", "alerts", "export"]

    @Test(arguments: [
        ("ingst", "ingest"), ("ingets", "ingest"), ("lsat", "last"), ("simulat", "simulate"),
        ("sim", "simulate"), ("expotr", "export"), ("alert", "alerts"), ("windows", "window"),
    ])
    func `finds what was meant`(typed: String, meant: String) {
        #expect(nearest(to: typed, in: commands) == meant)
    }

    @Test(arguments: ["frobnicate", "x", "xy", "telemetry", ""])
    func `keeps silent where nothing is near`(typed: String) {
        #expect(nearest(to: typed, in: commands) == nil)
    }

    @Test(arguments: [
        ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
        ("a", "b", 1),
    ])
    func `counts edits`(a: String, b: String, distance: Int) {
        #expect(editDistance(a, b) == distance)
        #expect(editDistance(b, a) == distance)
    }
}
