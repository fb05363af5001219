import ArgumentParser

/// What a word before the flags names.
///
/// The cases say which of the two it is, since asking a type at run time which protocols it conforms
/// to searches all conformances of the program, on every start.
public enum CommandNode {
    case family(any TCFamily.Type)
    case command(any TCCommand.Type)

    var help: CommandHelp {
        switch self {
        case .family(let family): family.help
        case .command(let command): command.help
        }
    }

    /// The word itself.
    var name: String { help.name }

    /// What stands below a family; nothing below a command.
    var commands: [CommandNode] {
        switch self {
        case .family(let family): family.commands
        case .command: []
        }
    }

    var isFamily: Bool {
        switch self {
        case .family: true
        case .command: false
        }
    }

    /// As the argument parser wants it.
    var parsable: any ParsableCommand.Type {
        switch self {
        case .family(let family): family
        case .command(let command): command
        }
    }
}
