import Glibc
import Testing

@testable import TCCommands

extension TestBed {
    /// A folder with `fleet.jsonl` (20 vehicles, ten minutes) and a store, the default one, that
    /// holds it in two files, so that there is something to compact.
    static func withFleet() -> TestBed {
        #expect(fleet.failure == nil)
        let bed = TestBed(tools: true)
        for name in Files.names(in: fleet.folder) {
            Files.copy("\(fleet.folder)/\(name)", to: "\(bed.folder)/\(name)")
        }
        return bed
    }

    /// What `withFleet` copies; made once, removed when the tests end.
    private static let fleet: (folder: String, failure: String?) = {
        let bed = TestBed(tools: true)
        let made = bed.sh(
            """
            tc telemetry simulate --quiet --vehicles 20 --duration 10m --seed 1 > fleet.jsonl
            head -n 6000 fleet.jsonl | tc telemetry ingest --quiet
            tail -n +6001 fleet.jsonl | tc telemetry ingest --quiet
            """)
        keptFolder = Files.temporaryFolder()
        for name in Files.names(in: bed.folder) {
            Files.copy("\(bed.folder)/\(name)", to: "\(keptFolder)/\(name)")
        }
        atexit { Files.remove(keptFolder) }
        return (keptFolder, made.status == 0 ? nil : made.stderrText)
    }()
}

/// Written once, before `atexit` is told of it.
nonisolated(unsafe) private var keptFolder = ""

extension CommandPath {
    /// The root, every family and every command.
    static func all() -> [CommandPath] {
        var found: [CommandPath] = []
        func visit(_ words: [String]) {
            // The words are names that the families themselves gave.
            guard let path = try? CommandPath(words) else { return }
            found.append(path)
            for command in (path.command as? any TCFamily.Type)?.commands ?? [] {
                visit(words + [command.name])
            }
        }
        visit([])
        return found
    }

    /// Every command.
    static func leaves() -> [CommandPath] { all().filter { !($0.command is any TCFamily.Type) } }
}
