import TCCore
import Testing

@testable import TCCommands

@Suite struct CommandPathTests {
    @Test func `follows the words down the families and leaves the rest`() throws {
        let path = try CommandPath(["config", "show", "--format", "csv"])
        #expect(path.text == "tc config show")
        #expect(path.node.parsable is ConfigShow.Type)
        #expect(Array(path.rest) == ["--format", "csv"])
        #expect(!path.asksForHelp)
    }

    @Test(arguments: [
        ["help", "config", "show"], ["config", "help", "show"], ["config", "show", "--help"],
        ["config", "show", "-q", "-h"], ["config", "show", "--help-hidden"],
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
