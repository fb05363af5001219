import Testing

/// The runner of the golden cases itself: it must fail where a case does.
@Suite struct GoldenRunnerTests {
    @Test func `a case passes that prints what it should and ends as it should`() {
        let files = [
            "cmd": "cat; cat data; echo oops >&2; exit 3", "stdin": "in\n", "data": "data\n",
            "stdout": "in\ndata\n", "stderr": "oops\n", "exit": "3\n",
        ]
        #expect(outcome(files) == nil)
    }

    @Test(arguments: [
        ["cmd": "echo more"], ["cmd": "echo more >&2"], ["cmd": "exit 1"],
        ["cmd": ":", "stdout": "expected\n"], ["cmd": ":", "exit": "1\n"], ["stdout": ""],
    ])
    func `a case fails by what is too much, too little or missing`(files: [String: String]) {
        #expect(outcome(files) != nil)
    }

    @Test func `a filter makes varying output equal`() {
        let files = ["cmd": "echo took $$ s", "filter": "s/[0-9]+/N/", "stdout": "took N s\n"]
        #expect(outcome(files) == nil)
    }

    @Test func `a case whose needs are missing is left out`() {
        #expect(outcome(["cmd": "exit 1", "needs": "../no/such/file\n"]) == nil)
    }

    @Test func `a case that does not end is killed`() {
        #expect(outcome(["cmd": "while :; do :; done"], seconds: 1)?.contains("killed") == true)
    }

    @Test func `recording rewrites and still fails, once`() {
        let folder = Files.temporaryFolder()
        defer { Files.remove(folder) }
        Files.write(Array("echo new; exit 2".utf8), to: "\(folder)/cmd")
        Files.write(Array("old\n".utf8), to: "\(folder)/stderr")
        let recording = GoldenCase(folder: folder, name: "a/case", recording: true)
        #expect(recording.run() != nil)
        #expect(Files.text("\(folder)/stdout") == "new\n")
        #expect(Files.text("\(folder)/stderr") == nil)
        #expect(Files.text("\(folder)/exit") == "2\n")
        #expect(GoldenCase(folder: folder, name: "a/case", recording: false).run() == nil)
    }

    private func outcome(_ files: [String: String], seconds: Int = 60) -> String? {
        let folder = Files.temporaryFolder()
        defer { Files.remove(folder) }
        for (name, text) in files { Files.write(Array(text.utf8), to: "\(folder)/\(name)") }
        return GoldenCase(folder: folder, name: "a/case", recording: false, seconds: seconds).run()
    }
}
