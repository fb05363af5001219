/// `tc data …`
struct DataFamily: TCFamily {
    static let help = CommandHelp(
        "data", "One way to the databases: named queries, tables, pages and changes.",
        examples: [
            (
                "The vehicles of somebody, a page",
                "tc data query --catalog catalog.yaml --query vehicles_by_owner --param owner=usr_7"
            ),
            ("What is wrong with a catalogue?", "tc data catalog check --catalog catalog.yaml"),
        ])

    /// One line a subcommand, in the order of a first reading.
    static var commands: [CommandNode] {
        [
            .family(DataCatalogFamily.self),
            .command(DataQuery.self),
            .command(DataList.self),
            .command(DataGet.self),
            .command(DataInsert.self),
            .command(DataUpsert.self),
            .command(DataUpdate.self),
            .command(DataDelete.self),
            .command(DataExec.self),
            .command(DataMigrate.self),
            .command(DataStatus.self),
            .command(DataInvalidate.self),
            .command(DataRepeated.self),
            .command(DataServe.self),
        ]
    }
}
