import ArgumentParser
import TCCore

/// `tc config show`
struct ConfigShow: TCCommand, PrintsRecords {
    static let help = CommandHelp(
        "show", "Print every setting, its value and where it came from.",
        examples: [
            ("What is set, and where?", "tc config show --format table"),
            ("One value in a script", "tc config show | jq -r 'select(.name==\"home\").value'"),
        ],
        exits: [.configuration])

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
        .done
    }
}
