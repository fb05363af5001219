import Testing

@testable import TCCommands

extension TestBed {
    /// A folder with `fleet.jsonl` (20 vehicles, ten minutes) and a store, the default one, that
    /// holds it.
    static func withFleet() -> TestBed {
        let bed = TestBed(tools: true)
        let made = bed.sh(
            """
            tc telemetry simulate --vehicles 20 --duration 10m --seed 1 > fleet.jsonl
            tc telemetry ingest --quiet fleet.jsonl
            """)
        #expect(made.status == 0, "no fleet: \(made.stderrText)")
        return bed
    }
}

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
