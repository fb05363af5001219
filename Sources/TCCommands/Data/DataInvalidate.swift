import ArgumentParser
import TCCore
import TCData
import TCWire

/// `tc data invalidate`
struct DataInvalidate: PrintsRecords {
    static let help = CommandHelp(
        "invalidate", "Have every node forget answers, for a change that was made elsewhere.",
        examples: [
            ("What was read of a table", "tc data invalidate --table vehicles"),
            ("Everything", "tc data invalidate --all"),
        ],
        discussion: """
            Changes by tc data do this by themselves. It reaches the nodes that share data.cache; where \
            that is memory: each process keeps its own answers, and there is nobody to tell.
            """,
        exits: [.unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "what was done",
                [
                    .required(
                        "status", .oneOf(["invalidated", "alone"]), "alone: nobody was told"),
                    .optional("table", .identifier, "whose answers; absent for all"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: .init(
            "Answers that depend on this table; may be given several times.", valueName: "name"))
    var table: [String] = []

    @Flag(help: "All answers.")
    var all = false

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        guard all != !table.isEmpty else {
            throw TCError(.usage, "either --table or --all says what is to be forgotten")
        }
        let shared = try DataEngines.openShared(context.settings, context.seams)
        if let shared {
            do {
                try await ReadCache(shared: shared, seams: context.seams)
                    .invalidate(all ? nil : table.map { .table($0.lowercased()) })
                await shared.close()
            } catch {
                await shared.close()
                throw error
            }
        }
        for name in all ? [nil] : table.map(Optional.some) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("status", shared == nil ? "alone" : "invalidated")
            writer.member("table", ifAny: name)
            writer.endObject()
            writer.newline()
            try context.output.write(lines: writer.bytes)
        }
        return .done
    }
}
