import ArgumentParser
import Glibc
import Synchronization
import TCCore
import TCTelemetry

/// `tc telemetry ingest`
struct Ingest: ReadsLines, ShowsProgress {
    static let help = CommandHelp(
        "ingest", "Check telemetry messages and store them durably.",
        examples: [
            ("A file", "tc telemetry ingest fleet.jsonl"),
            (
                "A simulated fleet",
                "tc telemetry simulate --vehicles 100 --duration 10m | tc telemetry ingest"
            ),
            (
                "Keep what was rejected, with the reasons, to mend and ingest again",
                "tc telemetry ingest --errors bad.jsonl fleet.jsonl"
            ),
        ],
        discussion: """
            Lines are stored in batches. A batch becomes durable, as one Parquet file for each day \
            in it, when it has --batch lines or takes 256 MiB, or when --max-delay has passed since \
            its first line, whichever comes first; so a slow feed is safe within seconds, and a \
            fast one makes few files. 'tc telemetry compact' merges small files.

            Two messages of one vehicle at one millisecond are one row: the later line wins field \
            by field. So ingesting a file twice changes nothing, and after a failure the same \
            command completes what is missing.

            A line that is rejected is reported with its number, the field and the reason; the \
            others are stored and the exit status is 65. SIGINT stores what was read and ends \
            with 130.
            """,
        exits: [
            .inputRejected, .inputOutput, .tryAgain, .notPermitted, .configuration, .interrupted,
        ])

    static var schema: CommandSchema {
        CommandSchema(input: .telemetryMessage(timesIn: true))
    }

    static var stopsSafely: Bool { true }

    @OptionGroup var common: CommonOptions
    @OptionGroup var input: InputOptions
    @OptionGroup var progress: ProgressOptions
    @OptionGroup var store: StoreOptions

    @Option(
        help: .init(
            "Store at most this many lines together (TC_TELEMETRY_BATCH).", valueName: "lines"))
    var batch: String?

    @Option(
        help: .init(
            "Store what has come after this time at the latest.", valueName: "duration"))
    var maxDelay = "5s"

    func run(in context: CommandContext) throws -> ExitStatus {
        var options = IngestOptions()
        options.workers = try context.workerCount
        options.batchRows = try context.settings.value(.telemetryBatch, flag: batch)
        let delay = try duration(maxDelay, flag: "--max-delay")
        guard delay >= .milliseconds(100) else {
            throw ErrorText.badValue(
                maxDelay, of: "--max-delay", from: .flag, expected: "100ms or more")
        }
        options.maxDelay = Double(delay.milliseconds) / 1000
        let store = try TelemetryStore(url: context.storeURL(store))
        for source in context.sources { try source.check() }

        let ingest = TelemetryIngest(
            store: store, options: options, uptime: context.seams.uptime)
        let report = IngestReport(context)
        let inputs = context.sources.map { source in
            IngestInput(name: source.name) { try source.open() }
        }
        let counts: IngestCounts
        do {
            counts = try ingest.run(inputs, observer: report) { Interruption.wasRequested }
        } catch {
            report.tellWhatIsDurable()
            throw error
        }
        context.summarise(
            Summary(
                read: counts.read, accepted: counts.accepted,
                extra: [("rows", counts.rows), ("files", counts.files), ("bytes", counts.bytes)]))
        return context.interrupted() ? .interrupted : .done
    }
}

/// Passes on what an ingest tells.
private final class IngestReport: IngestObserver {
    private let rejections: LineErrors
    private let diagnostics: Diagnostics
    private let sources: [InputSource]
    private let last = Mutex<IngestProgress?>(nil)

    init(_ context: CommandContext) {
        rejections = context.rejections
        diagnostics = context.diagnostics
        sources = context.sources
    }

    var wantsDetails: Bool { rejections.wantsDetails }

    func rejected(_ rejection: IngestRejection) throws {
        try rejection.text.withUnsafeBufferPointer { text in
            try rejections.report(
                Rejection(
                    line: rejection.line, source: rejection.input,
                    code: rejection.reason.rawValue, message: rejection.message, input: text))
        }
    }

    func durable(_ progress: IngestProgress) throws {
        try rejections.flush()
        diagnostics.durable([
            ("read", progress.counts.read), ("accepted", progress.counts.accepted),
            ("rejected", progress.counts.rejected), ("rows", progress.counts.rows),
            ("files", progress.counts.files), ("bytes", progress.counts.bytes),
            // Inputs before this one are durable to their ends.
            ("input", progress.input + 1), ("line", progress.line),
        ])
        last.withLock { $0 = progress }
    }

    func read(lines: Int, bytes: Int) {
        diagnostics.progress {
            "\(lines) lines, \(bytes >> 20) MiB read, "
                + "\(Int(Double(lines) / max(diagnostics.elapsed, 0.001))) lines/s"
        }
    }

    /// After a failure: from where the input is not stored.
    func tellWhatIsDurable() {
        guard let progress = last.withLock({ $0 }) else {
            diagnostics.note("nothing was stored")
            return
        }
        diagnostics.note(
            "stored before that: \(sources[progress.input].name) up to line \(progress.line), "
                + "\(progress.counts.accepted) messages in all; "
                + "the same command completes the rest")
    }
}

extension InputSource {
    /// Fails before anything is stored where a named input is not there or is a folder.
    fileprivate func check() throws(TCError) {
        guard path != "-" else { return }
        guard access(path, R_OK) == 0 else { throw .system(errno, "cannot open '\(path)'") }
        var info = stat()
        if stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR {
            throw TCError(.io, "cannot read '\(path)': it is a folder")
        }
    }
}
