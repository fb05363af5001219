import ArgumentParser
import TCCore
import TCWire

/// One subcommand of `tc`: its flags, its help, its record schemas and one call.
///
/// A command is one file and one line in its family's list. The contract does the rest: it reads
/// the settings, opens the output, turns errors into `tc: ` lines and exit statuses, counts rejected
/// lines, and gives `tc schema`, `--help`, the completions and the suggestions what they show.
///
/// ```swift
/// struct Last: TCCommand, PrintsRecords {
///     static let help = CommandHelp(
///         "last", "The last known value of every signal of every vehicle.",
///         examples: [
///             ("Where is each vehicle now?", "tc telemetry last --format table"),
///             ("One vehicle, with the time of each value",
///                 "tc telemetry last --vehicle veh_7 --times"),
///         ],
///         exits: [.done, .negative, .usage, .inputOutput])
///
///     static var schema: CommandSchema {
///         CommandSchema(output: RecordSchema("the last values of a vehicle", [
///             .required("vehicle_id", .string, "the vehicle"),
///             .optional("soc_pct", .number(0...100), unit: "%", "battery state of charge"),
///         ]))
///     }
///
///     @OptionGroup var common: CommonOptions
///     @OptionGroup var output: OutputOptions
///
///     @Option(help: "Only this vehicle; may be repeated.")
///     var vehicle: [String] = []
///
///     @Option(help: "Where the telemetry is (TC_TELEMETRY_STORE).")
///     var store: String?
///
///     func run(in context: CommandContext) throws -> ExitStatus {
///         let url = try context.settings.value(.telemetryStore, flag: store)
///         let lines = try lastValues(url, vehicle)
///         try lines.withUnsafeBufferPointer { try context.output.write(lines: $0) }
///         return lines.isEmpty ? .negative : .done
///     }
/// }
/// ```
///
/// Conform to `PrintsRecords` to print records, to `ReadsLines` to read JSON lines and to
/// `ShowsProgress` to show progress; each asks for the option group that carries its flags.
public protocol TCCommand: ParsableCommand {
    /// What `--help`, the man page and the completions say.
    static var help: CommandHelp { get }

    /// What `tc schema` prints for this command.
    static var schema: CommandSchema { get }

    /// Whether the first SIGINT or SIGTERM only sets `CommandContext.interrupted()`, which the
    /// command then watches, ending with its work in a safe state; a second signal kills. Without it
    /// the first signal ends the command at once, which is right for whatever changes nothing.
    static var stopsSafely: Bool { get }

    /// Declare as `@OptionGroup var common: CommonOptions`.
    var common: CommonOptions { get }

    /// Does the work. Throws `TCError`; what it returns is the exit status, except that a command
    /// that is done and has rejected lines ends with `.inputRejected`.
    ///
    /// A command that waits for nothing but files leaves `async` out. It runs on the program's first
    /// thread up to its first `await` of something that runs elsewhere.
    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus

    // What the protocols below declare, as the contract reads it: asking a value at run time which
    // protocols it conforms to searches all conformances of the program, on every start.

    /// `input` of what reads lines.
    var inputOptions: InputOptions? { get }
    /// What the flags ask about, in the form of a line of input; nil to read lines.
    var flagRecord: JSONObject? { get throws }
    /// `output` of what prints records.
    var outputOptions: OutputOptions? { get }
    /// `progress` of what shows it.
    var progressMode: ProgressMode { get }
    /// As `PrintsRecords` says.
    var outputColumns: [String] { get throws }
}

/// A command whose results are records on standard output.
public protocol PrintsRecords: TCCommand {
    /// Declare as `@OptionGroup var output: OutputOptions`.
    var output: OutputOptions { get }
}

extension PrintsRecords {
    public var outputOptions: OutputOptions? { output }

    /// The columns of CSV and tables, in order. One named `extra` takes all fields that have no
    /// column of their own, as a JSON object.
    ///
    /// Unless the command says otherwise, the fields of its schema, and `extra` where the schema
    /// allows others.
    public var outputColumns: [String] {
        get throws {
            guard let record = Self.schema.output else { return [] }
            return record.fields.map(\.name) + (record.allowsOthers ? ["extra"] : [])
        }
    }
}

/// A command that reads JSON lines from standard input or the files named.
public protocol ReadsLines: TCCommand {
    /// Declare as `@OptionGroup var input: InputOptions`.
    var input: InputOptions { get }
}

extension ReadsLines {
    public var inputOptions: InputOptions? { input }
}

/// A command that can run for more than a second and says how far it is.
public protocol ShowsProgress: TCCommand {
    /// Declare as `@OptionGroup var progress: ProgressOptions`.
    var progress: ProgressOptions { get }
}

extension ShowsProgress {
    public var progressMode: ProgressMode { progress.progress }
}

extension TCCommand {
    public static var stopsSafely: Bool { false }
    public var inputOptions: InputOptions? { nil }
    public var flagRecord: JSONObject? { nil }
    public var outputOptions: OutputOptions? { nil }
    public var progressMode: ProgressMode { .off }
    public var outputColumns: [String] { [] }

    public static var configuration: CommandConfiguration {
        // Naming a command above keeps the parser from looking, with two parses more, for a flag that
        // asks for completions: `tc completions` gives them.
        CommandConfiguration(
            commandName: help.name, _superCommandName: "tc", abstract: help.summary)
    }
}

/// A family: a word that stands before its subcommands, `tc telemetry …`.
public protocol TCFamily: ParsableCommand {
    /// What `--help` says.
    static var help: CommandHelp { get }

    /// The subcommands, in the order in which `--help` lists them.
    static var commands: [CommandNode] { get }
}

extension TCFamily {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: help.name, abstract: help.summary, subcommands: commands.map(\.parsable))
    }
}

/// The words of a command: what it is called, what it does, how it is used, how it ends.
public struct CommandHelp: Sendable {
    /// As typed: `ingest`.
    public let name: String
    /// One sentence, ended with a full stop.
    public let summary: String
    /// The first thing that `--help` shows: what one wants, and the line that does it.
    public let examples: [(purpose: String, line: String)]
    /// Paragraphs after the options; may be empty.
    public let discussion: String
    /// The exit statuses that can occur. `.done` and `.usage` always can and need not be named.
    public let exits: [ExitStatus]

    public init(
        _ name: String, _ summary: String, examples: [(String, String)], discussion: String = "",
        exits: [ExitStatus] = []
    ) {
        self.name = name
        self.summary = summary
        self.examples = examples.map { (purpose: $0.0, line: $0.1) }
        self.discussion = discussion
        self.exits = Set(exits + [.done, .usage]).sorted { $0.rawValue < $1.rawValue }
    }
}
