/// `tc data catalog …`
struct DataCatalogFamily: TCFamily {
    static let help = CommandHelp(
        "catalog", "The queries, tables and statements that may be used.",
        examples: [
            (
                "Every fault of a catalogue, with its line",
                "tc data catalog check --catalog catalog.yaml"
            )
        ])

    static var commands: [CommandNode] { [.command(DataCatalogCheck.self)] }
}
