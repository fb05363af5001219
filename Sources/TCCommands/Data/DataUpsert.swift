import ArgumentParser
import TCData
import TCWire

/// `tc data upsert`
struct DataUpsert: ChangesRows {
    static let help = CommandHelp(
        "upsert", "Add rows to a table, or change those that are there.",
        examples: [
            (
                "One",
                "tc data upsert --table vehicles --set id=veh_1 --set owner=usr_8 --set made_at=2026-01-02"
            ),
            (
                "What another database lists",
                "tc data list --table vehicles | tc data upsert --table vehicles"
            ),
        ],
        discussion: """
            Columns that a line does not name stay as they are.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(input: .row, output: outcomeSchema(.upserted))
    }

    static let operation = CatalogTable.Operation.upsert

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var batch: BatchOptions
    @OptionGroup var row: RowOptions

    var table: String { row.table }
    var words: [AssignedWord] { row.columns }
}
