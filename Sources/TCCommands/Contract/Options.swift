import ArgumentParser

/// The flags of every command.
public struct CommonOptions: ParsableArguments {
    @Option(
        help: .init("Read settings from this YAML file (TC_CONFIG).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    public var config: String?

    @Option(
        help: .init("The folder for state (TC_HOME).", valueName: "dir"), completion: .directory)
    public var home: String?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    public var quiet = false

    @Flag(name: .customLong("no-color"), help: "No colour, also not on a terminal (NO_COLOR).")
    public var noColor = false

    public init() {}
}

/// How a summary is written.
public enum SummaryFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
}

/// The flags of commands that read JSON lines.
public struct InputOptions: ParsableArguments {
    @Argument(
        help: .init("Files to read; - is standard input, also the default.", valueName: "file"),
        completion: .file())
    public var files: [String] = []

    @Option(
        help: .init(
            "Also write every rejected line to this file, as JSON lines.", valueName: "file"),
        completion: .file())
    public var errors: String?

    @Option(help: .init("How to write the summary at the end.", valueName: "format"))
    public var summary: SummaryFormat = .text

    public init() {}
}

/// The flag of what can show beforehand what it would do.
struct DryRunOptions: ParsableArguments {
    @Flag(
        name: [.customShort("n"), .long],
        help: "Change nothing; print what would be done.")
    var dryRun = false
}

/// How records are written.
public enum RecordFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case jsonl, table, csv
}

/// The flags of commands that print records.
public struct OutputOptions: ParsableArguments {
    @Option(help: .init("How to print records.", valueName: "format"))
    public var format: RecordFormat = .jsonl

    @Option(
        name: .shortAndLong,
        help: .init(
            "Write to this file instead of standard output; it appears when whole.",
            valueName: "file"),
        completion: .file())
    public var output: String?

    public init() {}
}

/// When progress is shown.
public enum ProgressMode: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// On a terminal, after a second.
    case auto
    /// One JSON line on standard error for every durable step, for machines.
    case json
    case off
}

/// The flags of commands that show progress.
public struct ProgressOptions: ParsableArguments {
    @Option(
        help: .init(
            "Show progress: on a terminal (auto), as JSON lines on standard error, or never.",
            valueName: "mode"))
    public var progress: ProgressMode = .auto

    public init() {}
}
