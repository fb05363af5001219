import ArgumentParser
import TCCore
import TCWire

/// `tc config show`
struct ConfigShow: TCCommand, PrintsRecords {
    static let help = CommandHelp(
        "show", "Print every setting, its value and where it came from.",
        examples: [
            ("What is set, and where?", "tc config show --format table"),
            ("One value in a script", "tc config show | jq -r 'select(.name==\"home\").value'"),
        ],
        discussion: """
            A flag is stronger than a TC_* variable, that than the file named by --config or \
            TC_CONFIG, that than ./tc.yaml, that than $XDG_CONFIG_HOME/tc/tc.yaml, and that than \
            the default. Passwords in URLs are not shown.
            """,
        exits: [.inputOutput, .configuration])

    static var schema: CommandSchema {
        CommandSchema(
            output: RecordSchema(
                "a setting",
                [
                    .required("name", .string, "the name in configuration files"),
                    .required("value", .string, "the value in effect"),
                    .required("source", .string, "flag, env NAME, FILE:LINE or default"),
                    .required("variable", .string, "the environment variable that sets it"),
                    .required("doc", .string, "what it does"),
                ]))
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run(in context: CommandContext) throws -> ExitStatus {
        var json = JSONWriter()
        for setting in settingTable {
            let entry = try context.settings.entry(setting.name)
            json.beginObject()
            json.key("name")
            json.string(setting.name)
            json.key("value")
            json.string(
                SafeURL.mayHoldPassword(entry.text) ? SafeURL.text(entry.text) : entry.text)
            json.key("source")
            json.string(entry.source.text)
            json.key("variable")
            json.string(setting.variable)
            json.key("doc")
            json.string(setting.doc)
            json.endObject()
            json.newline()
        }
        try context.output.write(lines: json.bytes)
        return .done
    }
}
