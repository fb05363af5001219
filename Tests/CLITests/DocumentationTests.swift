import Glibc
import Testing

@testable import TCCommands

/// Every command line that we show to anybody runs: README.md beside this file tells the
/// conventions.
@Suite struct DocumentationTests {
    @Test func `README runs from nothing`() throws {
        let text = try #require(Files.text("\(TestBed.root)/README.md"))
        let (blocks, misuses) = Documents.markdown(text, name: "README.md")
        #expect(misuses == [])
        #expect(!blocks.isEmpty)
        run(blocks, in: TestBed(tools: true))
    }

    @Test func `man pages run`() {
        let pages = Files.names(in: "\(TestBed.root)/man").filter { $0.hasSuffix(".1") }
        #expect(!pages.isEmpty)
        for page in pages {
            let text = Files.text("\(TestBed.root)/man/\(page)") ?? ""
            let blocks = Documents.manPage(text, name: "man/\(page)")
            if !blocks.isEmpty { run(blocks, in: TestBed.withFleet()) }
        }
    }

    @Test func `the examples of --help run`() {
        for path in CommandPath.all() {
            let examples = path.node.help.examples
            #expect(!examples.isEmpty, "\(path.text) has no example")
            run(
                examples.map { ShellBlock(place: "\(path.text) --help", script: $0.line) },
                in: TestBed.withFleet())
        }
    }

    @Test func `pipelines run`() {
        let folder = "\(TestBed.root)/examples/pipelines"
        let scripts = Files.names(in: folder).filter { $0.hasSuffix(".sh") }
        #expect(!scripts.isEmpty)
        for script in scripts {
            let bed = TestBed.withFleet()
            guard hasNeeds(Files.text("\(folder)/\(script)") ?? "", bed) else { continue }
            let place = "examples/pipelines/\(script)"
            run([ShellBlock(place: place, script: "sh -e '\(folder)/\(script)'")], in: bed)
        }
    }

    @Test func `units and crontabs run`() {
        let folder = "\(TestBed.root)/examples"
        let units = Files.names(in: "\(folder)/systemd").flatMap {
            Documents.units(Files.text("\(folder)/systemd/\($0)") ?? "", name: $0)
        }
        let lines = Files.names(in: "\(folder)/cron").flatMap {
            Documents.crontab(Files.text("\(folder)/cron/\($0)") ?? "", name: $0)
        }
        #expect(!units.isEmpty)
        #expect(!lines.isEmpty)
        run(units + lines, in: TestBed.withFleet())
    }

    // MARK: Parts

    private func run(_ blocks: [ShellBlock], in bed: TestBed) {
        for block in blocks {
            let child = bed.sh(ended(block.script), seconds: 120)
            #expect(
                child.status == 0,
                "\(block.place) ended with \(child.status):\n\(block.script)\(child.stderrText)")
            if let output = block.output {
                #expect(child.stdoutText == output, "\(block.place) prints something else")
            }
        }
    }

    /// A script; where it starts a daemon, one that starts it on any free port and ends it when it
    /// answers.
    private func ended(_ script: String) -> String {
        let isDaemon = ["tc serve ", "tc auth serve ", "tc data serve "].contains {
            script.hasPrefix($0)
        }
        guard isDaemon else { return TestBed.withCode(script) }
        let line = script.replacing("\n", with: "").replacing(/:(8080|8443)\b/, with: ":0")
        return """
            : > daemon.log
            \(line) 2> daemon.log & daemon=$!
            until grep -q '"listening"' daemon.log; do
                kill -0 $daemon || { cat daemon.log >&2; exit 1; }
                sleep 0.05
            done
            kill $daemon
            wait $daemon
            """
    }

    /// Whether the tools that a script names in `# needs:` are there.
    private func hasNeeds(_ script: String, _ bed: TestBed) -> Bool {
        for line in script.split(separator: "\n") where line.hasPrefix("# needs: ") {
            for tool in line.dropFirst(9).split(separator: " ") {
                let question =
                    tool.hasPrefix("python:")
                    ? "python3 -c 'import \(tool.dropFirst(7))'" : "command -v \(tool)"
                if bed.sh(question).status != 0 { return false }
            }
        }
        return true
    }
}
