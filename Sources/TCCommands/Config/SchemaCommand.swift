import ArgumentParser
import TCCore
import TCWire

/// `tc schema COMMAND`
struct SchemaCommand: TCCommand, PrintsRecords {
    static let help = CommandHelp(
        "schema", "Print the JSON Schema of what a command reads and prints.",
        examples: [
            ("What may stand in a telemetry message?", "tc schema telemetry ingest --part input"),
            ("Input, output and rejected lines in one document", "tc schema telemetry ingest"),
        ],
        discussion: """
            The schemas are of draft 2020-12. Without --part each stands under $defs as input, \
            output and errors; with it the document validates one line.
            """,
        exits: [.inputOutput])

    static var schema: CommandSchema {
        CommandSchema(output: RecordSchema("a JSON Schema", [], allowsOthers: true))
    }

    /// Which schema.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case input, output, errors
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    @Option(help: .init("Only this part.", valueName: "part"))
    var part: Part?

    @Argument(help: .init("The command, as in: telemetry ingest.", valueName: "command"))
    var words: [String]

    func run(in context: CommandContext) throws -> ExitStatus {
        let path = try CommandPath(words)
        guard case .command(let command) = path.node, path.rest.isEmpty else {
            throw ErrorText.notACommand(path)
        }
        let schema = command.schema
        var json = JSONWriter()
        if let part {
            let part = CommandSchema.Part(rawValue: part.rawValue)!
            guard schema.parts.contains(part) else {
                throw ErrorText.noSuchPart(part.rawValue, of: path.text)
            }
            schema.write(part, name: path.text, to: &json)
        } else {
            schema.write(name: path.text, to: &json)
        }
        json.newline()
        try context.output.write(lines: json.bytes)
        return .done
    }
}
