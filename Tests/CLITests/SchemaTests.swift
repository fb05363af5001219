import TCCore
import TCWire
import Testing

@testable import TCCommands

/// `tc schema` tells the truth: what commands print fits it, and it is JSON Schema.
@Suite struct SchemaTests {
    @Test func `what commands print fits their schema`() throws {
        // It prints only when a provider has sent somebody back.
        let withoutProvider = "tc auth oauth2 callback"
        for path in CommandPath.leaves()
        where path.node.parsable is any PrintsRecords.Type && path.text != withoutProvider {
            let bed = TestBed.withFleet()
            let schema = try schema(of: path, part: "output", bed)
            var checked = 0
            for example in path.node.help.examples {
                guard let line = plain(example.line, of: path) else { continue }
                // The head of a long answer tells as much as all of it.
                for record in bed.sh(TestBed.withCode(line)).stdoutText.split(separator: "\n")
                    .prefix(500)
                {
                    let value = try JSONReader.parse(String(record))
                    #expect(
                        SchemaCheck.findings(value, against: schema) == [],
                        "\(line) prints \(record)")
                    checked += 1
                }
            }
            #expect(checked > 0, "no example of \(path.text) prints a record that could be checked")
        }
    }

    @Test func `rejected lines fit the schema of errors`() throws {
        let bed = TestBed.withFleet()
        let schema = try schema(of: CommandPath(["telemetry", "ingest"]), part: "errors", bed)
        let lines = "{\"vehicle_id\":\"v\",\"ts\":1,\"soc_pct\":200}\nnot json\n{}\n"
        let child = bed.tc("telemetry", "ingest", "--errors", "errors.jsonl", stdin: lines)
        #expect(child.status == ExitStatus.inputRejected.rawValue, "\(child.stderrText)")
        let records = (Files.text("\(bed.folder)/errors.jsonl") ?? "").split(separator: "\n")
        #expect(records.count == 3)
        for record in records {
            let value = try JSONReader.parse(String(record))
            #expect(SchemaCheck.findings(value, against: schema) == [], "\(record)")
        }
    }

    @Test func `simulated messages fit the schema of input`() throws {
        let bed = TestBed.withFleet()
        let schema = try schema(of: CommandPath(["telemetry", "ingest"]), part: "input", bed)
        let lines = (Files.text("\(bed.folder)/fleet.jsonl") ?? "").split(separator: "\n")
        #expect(lines.count > 1000)
        for line in lines.enumerated().filter({ $0.offset % 20 == 0 }).map(\.element) {
            let value = try JSONReader.parse(String(line))
            let findings = SchemaCheck.findings(value, against: schema)
            if !findings.isEmpty { Issue.record("\(findings) in \(line)") }
        }
    }

    @Test func `every schema is JSON Schema of draft 2020-12`() {
        let bed = TestBed(tools: true)
        // Python's jsonschema is the judge where there is one.
        guard bed.sh("python3 -c 'import jsonschema'").status == 0 else { return }
        let commands = CommandPath.leaves().map {
            "tc schema \($0.names.dropFirst().joined(separator: " "))"
        }
        let child = bed.sh(
            """
            { \(commands.joined(separator: "; ")); } | python3 -c '
            import json, sys, jsonschema
            count = 0
            for line in sys.stdin:
                document = json.loads(line)
                jsonschema.Draft202012Validator.check_schema(document)
                for part in document["$defs"].values():
                    jsonschema.Draft202012Validator.check_schema(part)
                    count += 1
            assert count > 0
            '
            """)
        #expect(child.status == 0, "\(child.stderrText)")
    }

    private func schema(
        of path: CommandPath, part: String, _ bed: TestBed
    ) throws -> JSONObject {
        let words = path.names.dropFirst().joined(separator: " ")
        let child = bed.sh("tc schema \(words) --part \(part)")
        #expect(child.status == 0, "\(path.text): \(child.stderrText)")
        return try #require(try JSONReader.parse(child.stdoutText).object)
    }

    /// An example as a line that prints JSON lines of this command only, which is then its last;
    /// nil where it does not.
    private func plain(_ line: String, of path: CommandPath) -> String? {
        let last = line.split(separator: "|").last.map(String.init) ?? line
        guard last.contains(path.text), !line.contains(">"),
            !line.contains(" -o "), !line.contains(" --output "), !line.contains(" --dirty ")
        else { return nil }
        return line.replacing(" --format table", with: "").replacing(" --format csv", with: "")
    }
}
