import TCCore
import TCTelemetry

/// One setting: its name in files, its variable, what it takes and what it does.
///
/// All of them stand in `Setting.table`; a command reads one with
/// `context.settings.value(.telemetryStore, flag: store)`.
public struct Setting<Value: Sendable>: Sendable {
    /// The path in a configuration file, levels separated by dots: `telemetry.store`.
    public let name: String
    /// The environment variable: `TC_TELEMETRY_STORE`.
    public let variable: String
    /// The default as a person would write it; `~` forms are spelt out where they are used.
    public let defaultText: String
    /// What the setting does, one sentence without a full stop.
    public let doc: String
    /// What a value must be, for messages: "a whole number of 1 or more".
    public let expected: String
    /// Reads a value; nil for one that cannot be used.
    public let parse: @Sendable (String) -> Value?
}

/// A setting as the table sees it, whatever its type.
struct AnySetting: Sendable {
    let name: String
    let variable: String
    let defaultText: String
    let doc: String
    let expected: String
    let accepts: @Sendable (String) -> Bool

    init<Value>(_ setting: Setting<Value>) {
        name = setting.name
        variable = setting.variable
        defaultText = setting.defaultText
        doc = setting.doc
        expected = setting.expected
        accepts = { setting.parse($0) != nil }
    }
}

extension Setting where Value == String {
    /// The folder for state.
    public static let home = Setting(
        name: "home", variable: "TC_HOME", defaultText: "$XDG_STATE_HOME/tc",
        doc: "the folder for state", expected: "a path", parse: nonEmpty)

    /// Where telemetry is kept.
    public static let telemetryStore = Setting(
        name: "telemetry.store", variable: "TC_TELEMETRY_STORE", defaultText: "parquet:$TC_HOME",
        doc: "where telemetry is kept", expected: "a URL such as parquet:DIR", parse: nonEmpty)
}

extension Setting where Value == Int {
    /// The most lines that an ingest makes durable together.
    public static let telemetryBatch = Setting(
        name: "telemetry.batch", variable: "TC_TELEMETRY_BATCH",
        defaultText: String(IngestOptions().batchRows),
        doc: "the most lines that an ingest makes durable together",
        expected: "a whole number from 1 to 4000000", parse: whole(1...4_000_000))

    /// Threads.
    public static let workers = Setting(
        name: "workers", variable: "TC_WORKERS", defaultText: "0",
        doc: "threads for heavy work; 0 takes one for each processor",
        expected: "a whole number from 0 to 256", parse: whole(0...256))
}

/// Every setting, in the order in which `tc config show` prints them.
let settingTable: [AnySetting] = [
    AnySetting(Setting<String>.home), AnySetting(Setting<Int>.workers),
    AnySetting(Setting<String>.telemetryStore), AnySetting(Setting<Int>.telemetryBatch),
]

private let nonEmpty: @Sendable (String) -> String? = { $0.isEmpty ? nil : $0 }

private func whole(_ range: ClosedRange<Int>) -> @Sendable (String) -> Int? {
    { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
}
