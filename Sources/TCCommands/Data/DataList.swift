import ArgumentParser
import TCCore
import TCData
import TCWire

/// `tc data list`
struct DataList: PrintsRows {
    static let help = CommandHelp(
        "list", "The rows of a table, filtered and in order.",
        examples: [
            (
                "Whose battery is low?",
                "tc data list --table vehicles --filter 'soc_pct lt 20'"
            ),
            (
                "All of them, newest first",
                "tc data list --table vehicles --order -made_at --all"
            ),
        ],
        discussion: """
            A filter is COLUMN OPERATOR VALUE with eq, ne, lt, le, gt, ge, in (a JSON list), like \
            (% for any characters, _ for one; case matters) or is-null (true or false); all filters \
            must hold. Rows come in the table's order, or in that of --order, column by column, - \
            before a column for the highest first; the key stands behind it.
            """,
        exits: [.negative, .inputRejected, .unavailable, .inputOutput, .configuration])

    static var schema: CommandSchema { CommandSchema(output: .row) }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var pages: PageOptions

    @Option(help: .init("The table of the catalogue.", valueName: "name"))
    var table: String

    @Option(
        help: .init(
            "Only rows of which this holds; may be given several times.", valueName: "condition"))
    var filter: [String] = []

    @Option(
        parsing: .unconditional,
        help: .init("The order of the rows, as columns with commas.", valueName: "columns"))
    var order: String?

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withData(data) { engines in
            let table = try engines.service.catalog.table(table)
            let request = ListRequest(
                filters: try filter.map { try RowFilter(text: $0, of: table) },
                order: order.map { order in
                    KeysetOrder(order.split(separator: ",").map { .init(text: String($0)) })
                })
            let isFound = try await context.print(pages, try pages.options(JSONObject())) {
                try await engines.service.list(table, request, $0)
            }
            return isFound ? .done : .negative
        }
    }
}
