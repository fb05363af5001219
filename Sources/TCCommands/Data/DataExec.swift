import ArgumentParser
import TCCore
import TCData
import TCWire

/// `tc data exec`
struct DataExec: ReadsLines, PrintsRecords {
    static let help = CommandHelp(
        "exec", "Run statements of the catalogue, which write.",
        examples: [
            (
                "One",
                "tc data exec --statement rename_vehicle --param id=veh_1 --param name=Rover"
            ),
            (
                "Those of a file, all or none",
                "tc data exec --atomic statements.jsonl"
            ),
        ],
        discussion: """
            A line is such as {"statement":"rename_vehicle","params":{"id":"veh_1","name":"Rover"}}.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a statement to run",
                [
                    .required("statement", .identifier, "its name in the catalogue"),
                    .optional(
                        "params", .object(RecordSchema("parameters", [], allowsOthers: true)),
                        "its parameters by name"),
                ]),
            output: RecordSchema(
                "what came of it",
                [
                    .required("status", .oneOf(["done", "exists", "unknown"]), "how it ended"),
                    .required("statement", .identifier, "its name"),
                    .required("changes", .count, "rows inserted, changed or deleted"),
                    .optional(
                        "lsn", .string,
                        "a position that has seen the change, for --min-lsn; on PostgreSQL"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var batch: BatchOptions

    @Option(help: .init("The statement of the catalogue.", valueName: "name"))
    var statement: String?

    @Option(help: .init("A parameter of it; may be given several times.", valueName: "name=value"))
    var param: [AssignedWord] = []

    var flagRecord: JSONObject? {
        guard let statement else { return nil }
        var record = JSONObject()
        record["statement"] = .string(statement)
        return record
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withData(data) { engines in
            try await context.apply(batch, engines.service) { record in
                try Self.schema.input!.check(record)
                let statement = try engines.service.catalog.statement(
                    record["statement"]?.string ?? "")
                return .statement(
                    statement,
                    try record["params"]?.object ?? param.object(statement.parameters))
            }
        }
    }
}
