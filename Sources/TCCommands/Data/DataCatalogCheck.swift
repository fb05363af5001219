import ArgumentParser
import TCCore
import TCData
import TCWire

/// `tc data catalog check`
struct DataCatalogCheck: PrintsRecords {
    static let help = CommandHelp(
        "check", "Hold a catalogue against its database and tell every fault.",
        examples: [
            ("Is it sound?", "tc data catalog check --catalog catalog.yaml"),
            ("Only the faults", "tc data catalog check | jq -c 'select(.status == \"fault\")'"),
        ],
        discussion: """
            Each entry is read, its statement parsed, its parameters held against those that it \
            declares, its tables against those that the statement names, and the engine prepares it \
            without running it. Each fault is told with its line, and each entry that has none. The \
            catalogue is a YAML file \
            of tables, queries and statements; tc-data(1) shows one.
            """,
        exits: [.negative, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "an entry, or a fault of one",
                [
                    .required("status", .oneOf(["sound", "fault"]), "what was found"),
                    .required("file", .string, "the catalogue"),
                    .required("line", .count, "where, counted from 1"),
                    .required("entry", .string, "which: queries.vehicles_by_owner"),
                    .optional("message", .string, "what is wrong"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        let path = try context.settings.value(.dataCatalog, flag: data.catalog)
        guard !path.isEmpty else {
            throw TCError(
                .configuration, "there is no catalogue to check",
                hint: "name one with --catalog or data.catalog")
        }
        let reader = CatalogReader(try SettingsFile.document(path))
        return try await context.withCluster(data.database) { cluster in
            let found = try await CatalogCheck.faults(
                of: reader.catalog, on: try await cluster.primary().database)
            let faults = reader.faults + found
            let sound = reader.catalog.entries.filter { entry in
                !faults.contains { $0.entry == entry.name || $0.entry.hasPrefix(entry.name + ".") }
            }
            let lines =
                faults.map { (line: $0.line, entry: $0.entry, message: String?($0.message)) }
                + sound.map { (line: $0.line, entry: $0.name, message: nil) }
            for line in lines.sorted(by: { $0.line < $1.line }) {
                var writer = JSONWriter()
                writer.beginObject()
                writer.member("status", line.message == nil ? "sound" : "fault")
                writer.member("file", path)
                writer.key("line")
                writer.int(line.line)
                writer.member("entry", line.entry)
                writer.member("message", ifAny: line.message)
                writer.endObject()
                writer.newline()
                try context.output.write(lines: writer.bytes)
            }
            return faults.isEmpty ? .done : .negative
        }
    }
}
