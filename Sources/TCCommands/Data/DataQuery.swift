import ArgumentParser
import TCCore
import TCData
import TCWire

/// `tc data query`
struct DataQuery: ReadsLines, PrintsRows {
    static let help = CommandHelp(
        "query", "Ask a query of the catalogue, or a statement that only reads.",
        examples: [
            (
                "A page of it",
                "tc data query --query vehicles_by_owner --param owner=usr_7"
            ),
            (
                "All pages, with where each came from",
                "tc data query --query vehicles_by_owner --param owner=usr_7 --all --meta"
            ),
            (
                "Without a catalogue",
                "tc data query --sql 'SELECT count(*) AS vehicles FROM vehicles'"
            ),
        ],
        discussion: """
            Lines such as {"query":"vehicles_by_owner","params":{"owner":"usr_7"},"limit":50} ask one \
            after another. At most 100 rows make a page; the next one begins behind the last row, so \
            that a row which is inserted meanwhile neither comes twice nor pushes another out.

            A statement of --sql runs only if it certainly reads, in a transaction that cannot write.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema(
                "a question",
                [
                    .optional("query", .identifier, "the query's name in the catalogue"),
                    .optional("sql", .string, "a statement that only reads, instead of a query"),
                    .optional(
                        "params", .object(RecordSchema("parameters", [], allowsOthers: true)),
                        "the query's parameters by name"),
                ] + RecordSchema.Field.pageFields),
            output: .row)
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var pages: PageOptions

    @Option(help: .init("The query of the catalogue.", valueName: "name"))
    var query: String?

    @Option(help: .init("A parameter of it; may be given several times.", valueName: "name=value"))
    var param: [AssignedWord] = []

    @Option(help: .init("A statement that only reads, instead of a query.", valueName: "statement"))
    var sql: String?

    var flagRecord: JSONObject? {
        var record = JSONObject()
        record["query"] = query.map { .string($0) }
        record["sql"] = sql.map { .string($0) }
        return record.isEmpty ? nil : record
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withData(data) { engines in
            let service = engines.service
            var isFound = false
            let summary = try await context.forEachRecord { record in
                try Self.schema.input!.check(record)
                let options = try pages.options(record)
                switch (record["query"]?.string, record["sql"]?.string) {
                case (let name?, nil):
                    let query = try service.catalog.query(name)
                    let parameters =
                        try record["params"]?.object ?? param.object(query.parameters)
                    let found = try await context.print(pages, options) {
                        try await service.query(query, parameters, $0)
                    }
                    isFound = isFound || found
                case (nil, let sql?):
                    let found = try await context.print(pages, options) {
                        try await service.read(sql: sql, $0)
                    }
                    isFound = isFound || found
                default:
                    throw TCError(.badInput, "either 'query' or 'sql' must be given")
                }
            }
            if context.flagRecord == nil { context.summarise(summary) }
            return isFound ? .done : .negative
        }
    }
}
