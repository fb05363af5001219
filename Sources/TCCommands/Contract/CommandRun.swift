import ArgumentParser
import Glibc
import TCCore

extension CommandContext {
    /// Runs `command` with everything that the contract gives it, and says how it ended.
    nonisolated(nonsending) static func run(
        _ command: some TCCommand, _ path: CommandPath
    ) async -> ExitStatus {
        let seams = Seams.system
        let common = command.common
        let diagnostics = Diagnostics(
            quiet: common.quiet, colour: !common.noColor && Diagnostics.environmentAllowsColour,
            progress: command.progressMode, uptime: seams.uptime)
        do {
            return try await run(command, path, diagnostics, seams)
        } catch is ClosedPipe {
            diagnostics.endProgress()
            return .done
        } catch let error as any TCErrorConvertible {
            diagnostics.error(error.tcError)
            return ExitStatus(error.tcError.kind)
        } catch {
            diagnostics.error(ErrorText.bug("\(error)"))
            return .bug
        }
    }

    private nonisolated(nonsending) static func run(
        _ command: some TCCommand, _ path: CommandPath, _ diagnostics: Diagnostics, _ seams: Seams
    ) async throws -> ExitStatus {
        let type = type(of: command)
        let input = command.inputOptions
        let flagRecord = try command.flagRecord
        if flagRecord != nil, let file = input?.files.first {
            throw ErrorText.flagsAndFile(file, path.text)
        }
        if let input, flagRecord == nil, input.files.isEmpty, isatty(STDIN_FILENO) == 1 {
            throw ErrorText.nothingToRead(path.text, examples: HelpText.short(path))
        }
        if type.stopsSafely { Interruption.askFirst() } else { Interruption.endAtOnce() }
        let settings = try Settings.load(config: command.common.config, home: command.common.home)
        let sources = (input.flatMap { $0.files.isEmpty ? nil : $0.files } ?? ["-"])
            .map { InputSource(path: $0) }
        if let errors = input?.errors, let source = sources.first(where: { $0.isFile(at: errors) })
        {
            throw ErrorText.errorsOverInput(errors, source.name)
        }
        let rejections = LineErrors(
            diagnostics: diagnostics, sources: sources,
            file: try input?.errors.map {
                try ErrorRecordFile(path: $0, secrets: path.secretNames)
            })
        let output = try openOutput(of: command)
        let context = CommandContext(
            output: output, diagnostics: diagnostics, rejections: rejections, settings: settings,
            seams: seams, sources: sources, flagRecord: flagRecord,
            summaryFormat: input?.summary ?? .text)
        do {
            let status = try await command.run(in: context)
            try output.finish()
            try rejections.finish()
            diagnostics.endProgress()
            return status == .done && rejections.total > 0 ? .inputRejected : status
        } catch {
            output.abandon(after: error)
            // The first error is the one to tell; that this file may lack its end follows from it.
            try? rejections.finish()
            throw error
        }
    }

    private static func openOutput(of command: some TCCommand) throws -> RecordOutput {
        let options = command.outputOptions
        let format = options?.format ?? .jsonl
        // Only CSV and tables need the columns; making a schema costs more than starting.
        let columns = format == .jsonl ? [] : try command.outputColumns
        if let path = options?.output {
            return RecordOutput(
                file: try OutputFile(
                    path: path, appearsWhenWhole: true,
                    isPrivate: type(of: command).schema.output?.secretNames.isEmpty == false),
                format: format, columns: columns)
        }
        return RecordOutput(file: OutputFile(), format: format, columns: columns)
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
        random: { kernelRandom.next() })
}

private let kernelRandom = KernelRandom()
