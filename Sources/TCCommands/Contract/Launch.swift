import ArgumentParser
import Glibc
import TCCore

extension TC {
    /// The whole program: runs what the arguments say and never returns.
    ///
    /// On the main actor, so that what waits for nothing runs on the first thread and its large stack.
    @MainActor public static func launch() async -> Never {
        // Writing to a pipe whose reader has gone must return an error, not kill.
        signal(SIGPIPE, SIG_IGN)
        occupyStandardDescriptors()
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        Glibc.exit(status.rawValue)
    }

    /// Where a standard descriptor is closed, the next file to be opened would take its number, and
    /// what is printed would end up in the store. Opened the wrong way round, so that using it fails.
    private static func occupyStandardDescriptors() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    @MainActor private static func run(_ arguments: [String]) async -> ExitStatus {
        // Before a command has its own diagnostics, nothing but errors is written.
        let diagnostics = Diagnostics(
            quiet: false,
            colour: Diagnostics.environmentAllowsColour && !arguments.contains("--no-color"),
            progress: .off, uptime: { 0 }
        )
        do {
            if arguments == ["--version"] { return try show("tc \(version)\n") }
            let path = try CommandPath(arguments)
            if path.asksForHelp {
                return try show(HelpText.full(path, columns: terminalColumns()))
            }
            switch path.node {
            case .family: throw missingCommand(path)
            case .command(let command): return try await run(command, path)
            }
        } catch is ClosedPipe {
            return .done
        } catch let error as TCError {
            diagnostics.error(error)
            return ExitStatus(error.kind)
        } catch {
            diagnostics.error(ErrorText.bug("\(error)"))
            return .bug
        }
    }

    /// Parses what stands after the names and runs the command.
    @MainActor private static func run<C: TCCommand>(
        _ type: C.Type, _ path: CommandPath
    ) async throws -> ExitStatus {
        let parsed: any ParsableCommand
        do {
            parsed = try C.parseAsRoot(joinNegativeNumbers(path.rest))
        } catch {
            let text = C.message(for: error)
            // The parser throws what it wants printed too: a dump of the help for tools.
            if C.exitCode(for: error).isSuccess { return try show(text + "\n") }
            throw ErrorText.usage(text, help: path.text)
        }
        guard let command = parsed as? C else {
            throw ErrorText.bug("\(path.text) parsed as \(parsed)")
        }
        return await CommandContext.run(command, path)
    }

    /// A family without a command, or a flag before it.
    private static func missingCommand(_ path: CommandPath) -> TCError {
        if let flag = path.rest.first { return ErrorText.unknownFlag(flag, after: path.text) }
        return ErrorText.missingCommand(after: path.text, commands: HelpText.short(path))
    }

    /// `--bbox -33,151` means what `--bbox=-33,151` says: the parser would take the value for a
    /// cluster of short flags.
    static func joinNegativeNumbers(_ arguments: ArraySlice<String>) -> [String] {
        var joined: [String] = []
        for argument in arguments {
            let second = argument.utf8.dropFirst().first ?? 0
            let isNegative = argument.hasPrefix("-") && (48...57 ~= second || second == 46)
            if isNegative, let flag = joined.last, flag.hasPrefix("--"), flag.count > 2,
                !flag.contains("=")
            {
                joined[joined.count - 1] = "\(flag)=\(argument)"
            } else {
                joined.append(argument)
            }
        }
        return joined
    }

    /// Prints what was asked for on standard output.
    private static func show(_ text: String) throws -> ExitStatus {
        var file = OutputFile()
        var text = text
        try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
        try file.finish()
        return .done
    }

    /// How wide help may be: the terminal's width up to 100, 80 elsewhere.
    private static func terminalColumns() -> Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return min(max(Int(size.ws_col), 40), 100)
    }
}
