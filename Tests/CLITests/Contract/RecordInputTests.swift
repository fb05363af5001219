import Glibc
import TCCore
import TCWire
import Testing

@testable import TCCommands

/// Reading records as the simple commands do, from files to results and rejections.
@Suite struct RecordInputTests {
    @Test func `reads all sources in order and rejects what is no record or is refused`()
        async throws
    {
        let bench = Bench([
            "a.jsonl": "{\"n\":1}\r\n\n{\"n\":2}\nnot json\n",
            "b.jsonl": "[3]\n{\"n\":-4}\n{\"n\":5}",
        ])
        let summary = try await bench.read { record in
            let number = record["n"]?.number?.int64 ?? 0
            guard number > 0 else {
                throw TCError(.badInput, "'n' must be 1 or more, got \(number)")
            }
            return number
        }
        #expect(bench.numbers == [1, 2, 5])
        #expect(summary.read == 6)
        #expect(summary.accepted == 3)
        #expect(summary.rejected == bench.rejections.total)
        let lines = bench.stderr.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("tc: \(bench.folder)/a.jsonl: line 4: column 1: "))
        #expect(
            lines[1]
                == "tc: \(bench.folder)/b.jsonl: line 1: a record must be a JSON object, got an array"
        )
        #expect(lines[2] == "tc: \(bench.folder)/b.jsonl: line 2: 'n' must be 1 or more, got -4")
    }

    @Test func `any other error ends the reading`() async {
        let bench = Bench(["a.jsonl": "{\"n\":1}\n{\"n\":2}\n"])
        await #expect(throws: TCError(.unavailable, "the engine is gone")) {
            _ = try await bench.read { _ in throw TCError(.unavailable, "the engine is gone") }
        }
    }

    @Test func `a missing file is named`() async {
        let bench = Bench(["a.jsonl": ""], missing: ["nowhere.jsonl"])
        await #expect {
            _ = try await bench.read { _ in 0 }
        } throws: { error in
            (error as? TCError)?.kind == .io && "\(error)".contains("nowhere.jsonl")
        }
    }
}

private final class Bench {
    let folder = Files.temporaryFolder()
    let rejections: LineErrors
    private(set) var numbers: [Int64] = []
    private let context: CommandContext
    private let descriptor: Int32

    init(_ files: [String: String], missing: [String] = []) {
        for (name, text) in files { Files.write(Array(text.utf8), to: "\(folder)/\(name)") }
        let sources = (files.keys.sorted() + missing).map { [folder] in
            InputSource(path: "\(folder)/\($0)")
        }
        descriptor = open("\(folder)/stderr", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let diagnostics = Diagnostics(
            quiet: false, colour: false, progress: .off, descriptor: descriptor, uptime: { 0 })
        rejections = LineErrors(diagnostics: diagnostics, sources: sources, file: nil)
        context = CommandContext(
            output: RecordOutput(file: OutputFile(), format: .jsonl, columns: []),
            diagnostics: diagnostics, rejections: rejections,
            settings: Settings(entries: [:], environment: { _ in nil }), seams: .system,
            sources: sources, flagRecord: nil, summaryFormat: .text)
    }

    deinit {
        close(descriptor)
        Files.remove(folder)
    }

    func read(_ body: (JSONObject) throws -> Int64) async throws -> Summary {
        try await context.forEachRecord { numbers.append(try body($0)) }
    }

    var stderr: String { Files.text("\(folder)/stderr") ?? "" }
}
