import ArgumentParser
import TCData
import TCWire

/// `tc data update`
struct DataUpdate: ChangesRows {
    static let help = CommandHelp(
        "update", "Change rows of a table by their keys.",
        examples: [
            (
                "One",
                "tc data update --table vehicles --set id=veh_1 --set name=Rover"
            ),
            (
                "Many",
                "tc data update --table vehicles changes.jsonl"
            ),
        ],
        discussion: """
            A line has the columns of the key, which say which row, and those that are to change.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(input: .row, output: outcomeSchema(.updated, .notFound))
    }

    static let operation = CatalogTable.Operation.update

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var batch: BatchOptions
    @OptionGroup var row: RowOptions

    var table: String { row.table }
    var words: [AssignedWord] { row.columns }
}
