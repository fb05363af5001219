import TCCore

/// Which command a command line means: the words before its flags, followed down the families.
///
/// Only the types on the way are looked at, so that starting costs the same however many commands
/// there are; the argument parser then sees one leaf, not the whole tree.
struct CommandPath {
    /// Root first; the last one is the command meant, or a family where no command follows.
    private(set) var nodes: [CommandNode] = [.family(TC.self)]
    /// As typed: `tc telemetry ingest`.
    private(set) var names: [String] = ["tc"]
    /// What stands after the names.
    private(set) var rest: ArraySlice<String>
    /// Whether the word `help` stood among the names or a help flag after them.
    private(set) var asksForHelp = false

    var node: CommandNode { nodes[nodes.count - 1] }
    var text: String { names.joined(separator: " ") }

    /// The last one is the argument parser's own, which would show nothing more.
    private static let helpFlags = ["--help", "-h", "--help-hidden"]

    /// Throws `.usage` for a word that is no command where one must stand.
    init(_ arguments: [String]) throws {
        rest = arguments[...]
        while case .family(let family) = node, let word = rest.first, !word.hasPrefix("-") {
            let commands = family.commands
            rest.removeFirst()
            if word == "help" {
                asksForHelp = true
                continue
            }
            guard let next = commands.first(where: { $0.name == word }) else {
                throw ErrorText.unknownCommand(
                    word, under: names,
                    nearest: nearest(to: word, in: commands.map(\.name)),
                    elsewhere: CommandPath.family(of: word, besides: names))
            }
            nodes.append(next)
            names.append(word)
        }
        let flags = rest.prefix { $0 != "--" }
        if flags.contains(where: CommandPath.helpFlags.contains) { asksForHelp = true }
    }

    /// The names of all fields that are secret to any command of this one's family.
    ///
    /// Records go from one command to the next, so one that reaches the wrong command carries what
    /// that command's own schema does not know. Costs the schemas of the family.
    var secretNames: Set<String> { nodes.count > 1 ? CommandPath.secretNames(of: nodes[1]) : [] }

    private static func secretNames(of node: CommandNode) -> Set<String> {
        switch node {
        case .family(let family):
            return family.commands.reduce(into: []) { $0.formUnion(secretNames(of: $1)) }
        case .command(let command):
            return [command.schema.input, command.schema.output].compactMap { $0 }
                .reduce(into: []) { $0.formUnion($1.secretNames) }
        }
    }

    /// Where a word is a command of another family: `tc ingest` is meant as `tc telemetry ingest`.
    private static func family(of word: String, besides names: [String]) -> String? {
        guard names == ["tc"] else { return nil }
        return TC.commands.first { $0.commands.contains { $0.name == word } }
            .map { "tc \($0.name) \(word)" }
    }
}
