import ArgumentParser
import TCData
import TCWire

/// `tc data insert`
struct DataInsert: ChangesRows {
    static let help = CommandHelp(
        "insert", "Add rows to a table.",
        examples: [
            (
                "One",
                "tc data insert --table vehicles --set id=veh_9 --set owner=usr_7 --set made_at=2026-01-02"
            ),
            (
                "Those of a file, all or none",
                "tc data insert --table vehicles --atomic new.jsonl"
            ),
        ],
        discussion: """
            A row that exists already is told as such and left as it is; with --atomic it undoes all.
            """,
        exits: [
            .negative, .inputRejected, .unavailable, .inputOutput, .notPermitted, .configuration,
        ])

    static var schema: CommandSchema {
        CommandSchema(input: .row, output: outcomeSchema(.inserted, .exists))
    }

    static let operation = CatalogTable.Operation.insert

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var batch: BatchOptions
    @OptionGroup var row: RowOptions

    var table: String { row.table }
    var words: [AssignedWord] { row.columns }
}
