import ArgumentParser
import TCCore
import TCData
import TCWire

/// `tc data get`
struct DataGet: ReadsLines, PrintsRows {
    static let help = CommandHelp(
        "get", "Rows of a table by their keys.",
        examples: [
            (
                "One",
                "tc data get --table vehicles --key id=veh_1"
            ),
            (
                "Those that a list names",
                "tc data list --table vehicles | tc data get --table vehicles"
            ),
        ],
        discussion: """
            A line has at least the columns of the key; others are not looked at. A key that has no \
            row gives no line, and the command then ends with 1 unless another had one.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            input: RecordSchema("the key of a row", [], allowsOthers: true), output: .row)
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var freshness: FreshnessOptions
    @OptionGroup var row: KeyOptions

    var flagRecord: JSONObject? { row.record }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withData(data) { engines in
            let table = try engines.service.catalog.table(row.table)
            let options = try freshness.options(ReadOptions())
            var isFound = false
            let summary = try await context.forEachRecord { record in
                let key = try context.flagRecord == nil ? record : row.key.object(table.columns)
                let page = try await engines.service.get(table, key, options)
                isFound = isFound || page.rows > 0
                try context.output.write(lines: page.lines)
            }
            if context.flagRecord == nil { context.summarise(summary) }
            return isFound ? .done : .negative
        }
    }
}
