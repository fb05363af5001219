import ArgumentParser
import TCData
import TCWire

/// `tc data delete`
struct DataDelete: ChangesRows {
    static let help = CommandHelp(
        "delete", "Remove rows of a table by their keys.",
        examples: [
            (
                "One",
                "tc data delete --table vehicles --key id=veh_1"
            ),
            (
                "What a list names",
                "tc data list --table vehicles --filter 'soc_pct is-null true' | tc data delete --table vehicles"
            ),
        ],
        discussion: """
            A line has at least the columns of the key; others are not looked at.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(input: .row, output: outcomeSchema(.deleted, .notFound))
    }

    static let operation = CatalogTable.Operation.delete

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var batch: BatchOptions
    @OptionGroup var row: KeyOptions

    var table: String { row.table }
    var words: [AssignedWord] { row.key }
}
