import ArgumentParser
import TCCore

/// `tc completions SHELL`
struct CompletionsCommand: TCCommand {
    static let help = CommandHelp(
        "completions", "Print the completion script of a shell.",
        examples: [
            (
                "For bash",
                "dir=~/.local/share/bash-completion/completions; "
                    + "mkdir -p $dir && tc completions bash > $dir/tc"
            ),
            (
                "For zsh, with ~/.zfunc in fpath",
                "mkdir -p ~/.zfunc && tc completions zsh > ~/.zfunc/_tc"
            ),
            (
                "For fish",
                "dir=~/.config/fish/completions; mkdir -p $dir && tc completions fish > $dir/tc.fish"
            ),
        ],
        exits: [.inputOutput])

    static var schema: CommandSchema { CommandSchema() }

    /// The shells that there are scripts for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: "The shell.")
    var shell: Shell

    func run(in context: CommandContext) throws -> ExitStatus {
        let script = TC.completionScript(for: CompletionShell(rawValue: shell.rawValue)!)
        try context.output.write(lines: Array((script + "\n").utf8))
        return .done
    }
}
