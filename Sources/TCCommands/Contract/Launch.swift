import ArgumentParser
import Glibc
import TCCore

extension TC {
    /// The whole program: parses the arguments, runs the command, and never returns.
    public static func launch() -> Never {
        // Writing to a pipe whose reader has gone must return an error, not kill.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        Glibc.exit(start(arguments))
    }

    static func start(_ arguments: [String]) -> Int32 {
        do {
            var command = try TC.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch {
            let code = TC.exitCode(for: error)
            if code.isSuccess {
                print(TC.message(for: error))
                return 0
            }
            if let exit = error as? ExitCode { return exit.rawValue }
            let d = Diagnostics(quiet: false, colour: false, progress: .off, uptime: { 0 })
            d.error(ErrorText.usage(TC.message(for: error), help: ["tc"]))
            return ExitStatus.usage.rawValue
        }
    }
}

extension CommandContext {
    /// Runs `command` with everything that the contract gives it, and says how it ended.
    static func run(_ command: some TCCommand) -> ExitStatus {
        let seams = Seams.system
        let common = command.common
        let progress = (command as? any ShowsProgress)?.progress.progress ?? .off
        let diagnostics = Diagnostics(
            quiet: common.quiet, colour: !common.noColor && getenv("NO_COLOR") == nil,
            progress: progress, uptime: seams.uptime)
        do {
            return try run(command, diagnostics, seams)
        } catch is ClosedPipe {
            return .done
        } catch let error as TCError {
            diagnostics.error(error)
            return ExitStatus(error.kind)
        } catch {
            diagnostics.error(TCError(.bug, "\(error)", hint: ErrorText.bug))
            return .bug
        }
    }

    private static func run(
        _ command: some TCCommand, _ diagnostics: Diagnostics, _ seams: Seams
    ) throws -> ExitStatus {
        let input = (command as? any ReadsLines)?.input
        let sources = (input?.files ?? []).map { InputSource(path: $0) }
        if type(of: command).stopsSafely {
            Interruption.askFirst()
        } else {
            Interruption.endAtOnce()
        }
        let settings = try Settings.load(config: command.common.config, home: command.common.home)
        let options = (command as? any PrintsRecords)?.output
        let output = RecordOutput(
            file: try options?.output.map { try OutputFile(path: $0, appearsWhenWhole: true) }
                ?? OutputFile(),
            format: options?.format ?? .jsonl,
            columns: type(of: command).schema.output?.fields.map(\.name) ?? [])
        let rejections = LineErrors(
            diagnostics: diagnostics,
            sources: sources.isEmpty ? [InputSource(path: "-")] : sources,
            file: try input?.errors.map { try ErrorRecordFile(path: $0) })
        let context = CommandContext(
            output: output, diagnostics: diagnostics, rejections: rejections, settings: settings,
            seams: seams, sources: sources.isEmpty ? [InputSource(path: "-")] : sources,
            summaryFormat: input?.summary ?? .text)
        do {
            let status = try command.run(in: context)
            try output.finish()
            try rejections.finish()
            diagnostics.endProgress()
            return status == .done && rejections.total > 0 ? .inputRejected : status
        } catch {
            output.abandon()
            throw error
        }
    }
}

extension Seams {
    /// The machine's own clocks and randomness; only the composition root uses it.
    static let system = Seams(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Instant(
                milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        uptime: {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        },
        random: {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        })
}
