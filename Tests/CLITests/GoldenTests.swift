import Glibc
import Synchronization
import TCCore
import Testing

/// What a user sees, one folder a case: see README.md beside this file.
@Suite struct GoldenTests {
    @Test func `every case prints what its folder says`() throws {
        let cases = GoldenCase.all()
        #expect(!cases.isEmpty)
        let next = Atomic(0)
        let failures = Mutex<[String]>([])
        // Two at a time: most of a case is waiting for processes to start and end.
        try Workers.run(2) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < cases.count else { return }
                if let failure = cases[index].run() { failures.withLock { $0.append(failure) } }
            }
        }
        for failure in failures.withLock({ $0.sorted() }) { Issue.record("\(failure)") }
    }
}

/// One folder under `Cases/FAMILY/BEHAVIOUR`.
struct GoldenCase: Sendable {
    let folder: String
    /// `family/behaviour`.
    let name: String

    /// Whether what differs is written down; it still counts as a difference.
    var recording = getenv("TC_RECORD") != nil
    /// After how long a case is killed.
    var seconds = 60

    private static let ownFiles: Set<String> = [
        "cmd", "stdin", "stdout", "stderr", "exit", "filter", "needs",
    ]

    /// All cases; with `TC_CASE=TEXT` those whose name contains it.
    static func all() -> [GoldenCase] {
        let cases = "\(TestBed.root)/Tests/CLITests/Cases"
        let wanted = getenv("TC_CASE").map { String(cString: $0) }
        return Files.names(in: cases).flatMap { family in
            Files.names(in: "\(cases)/\(family)").map { behaviour in
                GoldenCase(
                    folder: "\(cases)/\(family)/\(behaviour)", name: "\(family)/\(behaviour)")
            }
        }.filter { wanted.map($0.name.contains) ?? true }
    }

    /// Nil where everything is as expected, else what differs.
    func run() -> String? {
        guard Files.exists("\(folder)/cmd") else { return "\(name): there is no file 'cmd'" }
        if let needs = Files.text("\(folder)/needs") {
            let paths = needs.split(separator: "\n")
            if !paths.allSatisfy({ Files.exists("\(TestBed.root)/\($0)") }) { return nil }
        }
        let bed = TestBed()
        for file in Files.names(in: folder) where !GoldenCase.ownFiles.contains(file) {
            Files.copy("\(folder)/\(file)", to: "\(bed.folder)/\(file)")
        }
        let child = Child.run(
            ["sh", "\(folder)/cmd"], in: bed.folder, environment: bed.environment,
            stdin: Files.read("\(folder)/stdin") ?? [], seconds: seconds)
        if child.status == Child.timedOut {
            return "\(name): still running after \(seconds) s, killed"
        }
        let stdout = filtered(child.stdout, bed)
        let stderr = filtered(child.stderr, bed)
        var differences = [
            compare("stdout", stdout), compare("stderr", stderr),
            compare("exit", child.status == 0 ? [] : Array("\(child.status)\n".utf8)),
        ].compactMap { $0 }
        guard !differences.isEmpty else { return nil }
        if recording {
            record("stdout", stdout)
            record("stderr", stderr)
            record("exit", child.status == 0 ? [] : Array("\(child.status)\n".utf8))
            differences = ["recorded; look at it and run again without TC_RECORD"]
        }
        return "\(name): " + differences.joined(separator: "\n")
    }

    /// Passes output through the case's `filter`, a sed script, so that what varies is made equal.
    private func filtered(_ bytes: [UInt8], _ bed: TestBed) -> [UInt8] {
        guard Files.exists("\(folder)/filter"), !bytes.isEmpty else { return bytes }
        return Child.run(
            ["sed", "-E", "-f", "\(folder)/filter"], in: bed.folder, environment: bed.environment,
            stdin: bytes
        ).stdout
    }

    private func compare(_ file: String, _ actual: [UInt8]) -> String? {
        let expected = Files.read("\(folder)/\(file)") ?? []
        if expected == actual { return nil }
        return "\(file) differs, expected:\n\(String(decoding: expected, as: UTF8.self))"
            + "but got:\n\(String(decoding: actual, as: UTF8.self))"
    }

    private func record(_ file: String, _ actual: [UInt8]) {
        if actual.isEmpty {
            unlink("\(folder)/\(file)")
        } else {
            Files.write(actual, to: "\(folder)/\(file)")
        }
    }
}
