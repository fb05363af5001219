import ArgumentParser
import TCCore

/// What `--help` prints: examples first, the exit statuses last, the flags between them as the
/// argument parser lists them.
enum HelpText {
    /// The help of the command at the end of `path`, for a screen of `columns`.
    static func full(_ path: CommandPath, columns: Int) -> String {
        let help = path.node.help
        var text = "\(path.text): \(lowercasedFirst(help.summary))\n\n" + examples(help)
        switch path.node {
        case .family(let family):
            text += "\nUSAGE: \(path.text) COMMAND …\n\nCOMMANDS:\n" + list(family.commands)
            text += "\n'\(path.text) COMMAND --help' tells more about one.\n"
        case .command(let command):
            text += "\n" + flags(of: command, path, columns: columns)
            if !help.discussion.isEmpty { text += "\n" + wrap(help.discussion, columns) + "\n" }
            text +=
                "\nEXIT STATUS:\n"
                + help.exits.map { status in
                    let number = String(status.rawValue)
                    return "  \(number)\(spaces(5 - number.count))\(status.meaning)\n"
                }.joined()
        }
        return text
    }

    /// The few lines for somebody who gave a command nothing to do, each to stand on standard error.
    static func short(_ path: CommandPath) -> [String] {
        let text =
            switch path.node {
            case .family(let family): list(family.commands)
            case .command(let command): examples(command.help)
            }
        return text.split(separator: "\n").map(String.init)
    }

    private static func examples(_ help: CommandHelp) -> String {
        "EXAMPLES:\n"
            + help.examples.map { "  # \($0.purpose)\n  \($0.line)\n" }.joined(separator: "\n")
    }

    private static func list(_ commands: [CommandNode]) -> String {
        let width = (commands.map { $0.name.count }.max() ?? 0) + 2
        return commands.map { command in
            "  \(command.name)\(spaces(width - command.name.count))"
                + "\(command.help.summary)\n"
        }.joined()
    }

    /// The argument parser's usage line and lists of arguments and options. It knows only the leaf,
    /// so its name is put in full, and its overview, which stands above the examples, is cut.
    private static func flags(
        of command: any TCCommand.Type, _ path: CommandPath, columns: Int
    ) -> String {
        let text = command.helpMessage(columns: columns)
        guard let usage = text.firstRange(of: "USAGE: tc \(command.help.name)"),
            let end = text[usage.upperBound...].firstRange(of: "\n\n")
        else { return text }
        let flags = text[usage.upperBound..<end.lowerBound]
        return wrapUsage("USAGE: \(path.text)\(flags)", columns)
            + commonLast(text[end.lowerBound...])
    }

    /// The flags that many commands share, which say least about this one.
    private static let common = [
        "--errors", "--summary", "--progress", "--format", "-o, --output", "--config", "--home",
        "-q, --quiet", "--no-color", "-h, --help",
    ]

    /// Moves shared flags behind the command's own, which the reader came for.
    private static func commonLast(_ text: Substring) -> String {
        guard let heading = text.firstRange(of: "OPTIONS:\n") else { return String(text) }
        var own = ""
        var shared = ""
        var isShared = false
        for line in text[heading.upperBound...].split(separator: "\n") {
            // An entry begins with its flag in the third column; what is further in belongs to it.
            if line.hasPrefix("  -") {
                isShared = common.contains { line.dropFirst(2).hasPrefix($0) }
            }
            if isShared { shared += line + "\n" } else { own += line + "\n" }
        }
        let before = text[..<heading.lowerBound]
        if own.isEmpty { return before + "OPTIONS:\n" + shared }
        return before + "OPTIONS:\n" + own + "\nCOMMON OPTIONS:\n" + shared
    }

    /// Breaks a usage line before a bracket, so that no flag is torn from its value.
    private static func wrapUsage(_ text: String, _ columns: Int) -> String {
        var lines = [""]
        for part in text.replacing(" [", with: "\n[").split(separator: "\n") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(part)
            } else if last.count + 1 + part.count <= columns {
                lines[lines.count - 1] += " \(part)"
            } else {
                lines.append("       \(part)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func lowercasedFirst(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }

    private static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: max(1, count))
    }

    /// Breaks paragraphs at spaces so that no line is longer than `columns`.
    static func wrap(_ text: String, _ columns: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
            var lines: [String] = [""]
            for word in paragraph.split(separator: " ") {
                let last = lines[lines.count - 1]
                if last.isEmpty {
                    lines[lines.count - 1] = String(word)
                } else if last.count + 1 + word.count <= columns {
                    lines[lines.count - 1] += " \(word)"
                } else {
                    lines.append(String(word))
                }
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
