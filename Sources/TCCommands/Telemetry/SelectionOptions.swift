import ArgumentParser
import TCCore
import TCTelemetry

/// The flags that choose a stretch of time.
struct TimeOptions: ParsableArguments {
    @Option(
        help: .init(
            "Only messages at or after this time: RFC 3339, YYYY-MM-DD or epoch milliseconds.",
            valueName: "time"))
    var from: String?

    @Option(help: .init("Only messages before this time.", valueName: "time"))
    var to: String?

    /// The bounds as moments; nil where there is none.
    func bounds() throws -> (from: Instant?, to: Instant?) {
        let from = try from.map { try moment($0, flag: "--from") }
        let to = try to.map { try moment($0, flag: "--to") }
        if let from, let to, from > to {
            throw TCError(.usage, "--from \(from) is after --to \(to)")
        }
        return (from, to)
    }
}

/// The flags that choose rows of the store.
struct SelectionOptions: ParsableArguments {
    @Option(help: .init("Only this vehicle; may be given several times.", valueName: "id"))
    var vehicle: [String] = []

    @OptionGroup var times: TimeOptions

    @Option(help: .init("Print at most so many records.", valueName: "count"))
    var limit: Int?

    /// What the scan is asked for.
    func request(_ columns: ColumnSet) throws -> ScanRequest {
        let (from, to) = try times.bounds()
        return ScanRequest(
            vehicles: vehicle.isEmpty ? nil : vehicle, from: from, to: to, columns: columns)
    }
}

/// The columns that `--signals` names; all where it was not given.
func columns(signals: String?) throws -> ColumnSet {
    guard let signals else { return .all }
    return try ColumnSet(names: signals)
}

/// The columns of CSV and tables for what `columns(signals:)` reads.
func outputColumns(signals: String?) throws -> [String] {
    let columns = try columns(signals: signals)
    return ["vehicle_id", "ts"] + Signal.allCases.filter { columns.contains($0) }.map(\.name)
        + EnumSignal.allCases.filter { columns.contains($0) }.map(\.name)
        + (columns.isSuperset(of: .extra) ? ["extra"] : [])
}

/// The moment that a flag gives.
func moment(_ text: String, flag: String) throws -> Instant {
    guard let moment = Instant(text) else {
        throw ErrorText.badValue(
            text, of: flag, from: .flag,
            expected: "a time like 2026-01-02T03:04:05Z, 2026-01-02 or epoch milliseconds")
    }
    return moment
}

/// The duration that a flag gives.
func duration(_ text: String, flag: String) throws -> Duration {
    guard let duration = Duration(text: text) else {
        throw ErrorText.badValue(
            text, of: flag, from: .flag, expected: "a duration like 500ms, 30s, 5m or 1h30m")
    }
    return duration
}

/// The numeric signal that a flag names.
func numberSignal(_ name: String, flag: String) throws -> Signal {
    if let signal = Signal(name: name) { return signal }
    let expected =
        EnumSignal(name: name) == nil ? "a signal of the telemetry message" : "a numeric signal"
    throw TCError(
        .usage, "'\(name)' cannot be used for \(flag): it must be \(expected)",
        hint: nearest(to: name, in: Signal.names).map { "did you mean '\($0)'?" }
            ?? Signal.names.joined(separator: ", "))
}

extension CommandContext {
    /// What a query that has printed its answer ends with: an error for each file that could not be
    /// read, else `.negative` where nothing was found.
    func status(of snapshot: StoreSnapshot, found: Bool) -> ExitStatus {
        let errors = snapshot.failures.errors
        for error in errors { diagnostics.error(error) }
        if let first = errors.first { return ExitStatus(first.kind) }
        return found ? .done : .negative
    }
}
