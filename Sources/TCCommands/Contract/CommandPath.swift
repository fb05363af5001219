import ArgumentParser
import TCCore

/// Which command a command line means: the words before its flags, followed down the families.
///
/// Only the types on the way are looked at, so that starting costs the same however many commands
/// there are; the argument parser then sees one leaf, not the whole tree.
struct CommandPath {
    /// Root first; the last one is the command meant, or a family where no command follows.
    private(set) var types: [any ParsableCommand.Type] = [TC.self]
    /// As typed: `tc telemetry ingest`.
    private(set) var names: [String] = ["tc"]
    /// What stands after the names.
    private(set) var rest: ArraySlice<String>
    /// Whether the word `help` stood among the names or a help flag after them.
    private(set) var asksForHelp = false

    var command: any ParsableCommand.Type { types[types.count - 1] }
    var text: String { names.joined(separator: " ") }

    /// Throws `.usage` for a word that is no command where one must stand.
    init(_ arguments: [String]) throws {
        rest = arguments[...]
        while let family = command as? any TCFamily.Type, let word = rest.first,
            !word.hasPrefix("-")
        {
            rest.removeFirst()
            if word == "help" {
                asksForHelp = true
                continue
            }
            guard let next = family.commands.first(where: { $0.name == word }) else {
                throw ErrorText.unknownCommand(
                    word, under: names,
                    nearest: nearest(to: word, in: family.commands.map { $0.name }),
                    elsewhere: CommandPath.family(of: word, besides: names))
            }
            types.append(next)
            names.append(word)
        }
        if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            asksForHelp = true
        }
    }

    /// The names of all fields that are secret to any command of this one's family.
    ///
    /// Records go from one command to the next, so one that reaches the wrong command carries what
    /// that command's own schema does not know. Costs the schemas of the family.
    var secretNames: Set<String> { types.count > 1 ? CommandPath.secretNames(of: types[1]) : [] }

    private static func secretNames(of type: any ParsableCommand.Type) -> Set<String> {
        if let family = type as? any TCFamily.Type {
            return family.commands.reduce(into: []) { $0.formUnion(secretNames(of: $1)) }
        }
        guard let schema = (type as? any TCCommand.Type)?.schema else { return [] }
        return [schema.input, schema.output].compactMap { $0 }
            .reduce(into: []) { $0.formUnion($1.secretNames) }
    }

    /// Where a word is a command of another family: `tc ingest` is meant as `tc telemetry ingest`.
    private static func family(of word: String, besides names: [String]) -> String? {
        guard names == ["tc"] else { return nil }
        for case let family as any TCFamily.Type in TC.commands
        where family.commands.contains(where: { $0.name == word }) {
            return "tc \(family.name) \(word)"
        }
        return nil
    }
}

extension ParsableCommand {
    /// The word that names this command.
    static var name: String {
        if let command = self as? any TCCommand.Type { return command.help.name }
        if let family = self as? any TCFamily.Type { return family.help.name }
        return _commandName
    }
}
