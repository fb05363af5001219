import Glibc
import TCCore
import TCWire
import Testing

@testable import TCCommands

/// What becomes of rejected lines, without a command around it.
@Suite struct LineErrorsTests {
    @Test func `shows the first few and counts all`() throws {
        let bench = Bench(sources: ["-"])
        for line in 1...25 { try bench.reject(line, code: line % 2 == 0 ? "bad_json" : "too_long") }
        try bench.errors.finish()
        let lines = bench.stderr.split(separator: "\n")
        #expect(lines.count == LineErrors.shownAtMost + 1)
        #expect(lines[0] == "tc: line 1: 'soc_pct' must be from 0 to 100, got 101")
        #expect(lines.last == "tc: … and 5 more rejected lines; --errors FILE keeps them all")
        #expect(bench.errors.total == 25)
        #expect(bench.errors.byReason.map(\.code) == ["too_long", "bad_json"])
        #expect(bench.errors.byReason.map(\.count) == [13, 12])
    }

    @Test func `names the file where several are read`() throws {
        let bench = Bench(sources: ["a.jsonl", "b.jsonl"])
        try bench.reject(3, source: 1)
        #expect(bench.stderr.hasPrefix("tc: b.jsonl: line 3: "))
    }

    @Test func `wants details only while they will be seen`() throws {
        let bench = Bench(sources: ["-"])
        for line in 1...LineErrors.shownAtMost { try bench.reject(line) }
        #expect(!bench.errors.wantsDetails)
        let keeping = Bench(sources: ["-"], keepsErrors: true)
        for line in 1...LineErrors.shownAtMost { try keeping.reject(line) }
        #expect(keeping.errors.wantsDetails)
    }

    @Test func `writes the line itself where it is JSON, so that it can be piped again`() throws {
        let bench = Bench(sources: ["-"], keepsErrors: true)
        try bench.reject(42, input: "{ \"n\":12345678901234567890, \"soc_pct\":101}")
        let record = try #require(bench.records.first)
        #expect(record["line"]?.number?.int64 == 42)
        #expect(record["file"] == nil)
        #expect(record["error"]?.object?["code"] == .string("out_of_range"))
        #expect(record["error"]?.object?["retryable"] == .bool(false))
        #expect(record["input"]?.object?["n"]?.number?.text == "12345678901234567890")
    }

    @Test(arguments: [
        ("{\"a\":", "{\"a\":"), ("caf\u{E9}", "café"),
        ("tab\there \"quoted\"", "tab\there \"quoted\""),
    ])
    func `writes a broken line as text`(line: String, text: String) throws {
        let bench = Bench(sources: ["-"], keepsErrors: true)
        try bench.reject(1, input: line)
        #expect(bench.records.first?["input"] == .string(text))
    }

    @Test func `replaces what is not UTF-8 and keeps the record valid`() throws {
        let bench = Bench(sources: ["-"], keepsErrors: true)
        try bench.reject(1, bytes: [0x61, 0xFF, 0x00])
        #expect(bench.records.first?["input"] == .string("a\u{FFFD}\u{0}"))
    }

    @Test func `a line that was not kept is null`() throws {
        let bench = Bench(sources: ["-"], keepsErrors: true)
        try bench.reject(1, bytes: [])
        #expect(bench.records.first?["input"] == .null)
    }

    @Test func `never echoes a secret`() throws {
        let bench = Bench(sources: ["-"], keepsErrors: true, secrets: ["password"])
        try bench.reject(1, input: "{\"user\":\"ada\",\"password\":\"hunter2\"}")
        try bench.reject(2, input: "{\"user\":\"ada\",\"password\":\"hunter2\"")
        #expect(!bench.errorsText.contains("hunter2"))
        #expect(bench.records.first?["input"]?.object?["user"] == .string("ada"))
        #expect(bench.records.last?["input"] == .null)
    }

    @Test func `a secret is hidden however deep it stands`() throws {
        let bench = Bench(sources: ["-"], keepsErrors: true, secrets: ["password"])
        try bench.reject(1, input: #"{"users":[{"user":"ada","password":["hunter2"]}]}"#)
        try bench.reject(2, input: #"["hunter2"]"#)
        #expect(!bench.errorsText.contains("hunter2"))
        #expect(bench.errorsText.contains(#"{"users":[{"user":"ada","password":"[secret]"}]}"#))
        #expect(bench.records.last?["input"] == .null)
    }

    @Test func `what is secret to one command of a family is secret to all`() throws {
        let names = try CommandPath(["auth", "sessions"]).secretNames
        #expect(names.isSuperset(of: ["password", "mfa_token", "refresh_token", "recovery_codes"]))
        #expect(try CommandPath(["telemetry", "ingest"]).secretNames.isEmpty)
    }
}

/// A `LineErrors` whose standard error and file can be looked at.
private final class Bench {
    let errors: LineErrors
    private let folder = Files.temporaryFolder()
    private let file: ErrorRecordFile?
    private let descriptor: Int32

    init(sources: [String], keepsErrors: Bool = false, secrets: Set<String> = []) {
        descriptor = open("\(folder)/stderr", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        file = keepsErrors ? try! ErrorRecordFile(path: "\(folder)/errors", secrets: secrets) : nil
        errors = LineErrors(
            diagnostics: Diagnostics(
                quiet: false, colour: false, progress: .off, descriptor: descriptor, uptime: { 0 }),
            sources: sources.map { InputSource(path: $0) }, file: file)
    }

    deinit {
        close(descriptor)
        Files.remove(folder)
    }

    func reject(
        _ line: Int, source: Int = 0, code: String = "out_of_range", input: String = "{}"
    ) throws {
        try reject(line, source: source, code: code, bytes: Array(input.utf8))
    }

    func reject(
        _ line: Int, source: Int = 0, code: String = "out_of_range", bytes: [UInt8]
    ) throws {
        try bytes.withUnsafeBufferPointer {
            try errors.report(
                Rejection(
                    line: line, source: source, code: code,
                    message: "'soc_pct' must be from 0 to 100, got 101", input: $0))
        }
    }

    var stderr: String { Files.text("\(folder)/stderr") ?? "" }

    var errorsText: String {
        try! errors.flush()
        return Files.text("\(folder)/errors") ?? ""
    }

    /// The records of `--errors`, each line read as JSON.
    var records: [JSONObject] {
        errorsText.split(separator: "\n").compactMap { try! JSONReader.parse(String($0)).object }
    }
}
