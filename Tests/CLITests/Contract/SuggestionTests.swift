import TCCore
import Testing

@testable import TCCommands

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

@Suite struct CommandPathTests {
    @Test func `follows the words down the families and leaves the rest`() throws {
        let path = try CommandPath(["config", "show", "--format", "csv"])
        #expect(path.text == "tc config show")
        #expect(path.command is ConfigShow.Type)
        #expect(Array(path.rest) == ["--format", "csv"])
        #expect(!path.asksForHelp)
    }

    @Test(arguments: [
        ["help", "config", "show"], ["config", "help", "show"], ["config", "show", "--help"],
        ["config", "show", "-q", "-h"],
    ])
    func `sees that help is wanted`(arguments: [String]) throws {
        let path = try CommandPath(arguments)
        #expect(path.asksForHelp)
        #expect(path.text == "tc config show")
    }

    @Test func `a help flag behind two dashes is a file's name`() throws {
        #expect(try !CommandPath(["config", "show", "--", "--help"]).asksForHelp)
    }

    @Test func `a negative number after a long flag is its value`() {
        #expect(
            TC.joinNegativeNumbers(["--bbox", "-33,151,-32,152", "--near", "-.5,1", "-q", "-5"])
                == ["--bbox=-33,151,-32,152", "--near=-.5,1", "-q", "-5"])
        #expect(TC.joinNegativeNumbers(["--", "-5"]) == ["--", "-5"])
        #expect(TC.joinNegativeNumbers(["--a=1", "-5"]) == ["--a=1", "-5"])
    }
}
