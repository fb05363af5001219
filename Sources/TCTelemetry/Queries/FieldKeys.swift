import TCCore

/// The message's field names as constants, in the order of `Signal` and `EnumSignal`: a `String`
/// would be retained and released for every number written.
enum FieldKeys {
    static let numbers: [StaticString] = [
        "soc_pct", "lat", "lon", "alt_m", "heading_deg", "speed_kph", "accel_mps2", "odometer_km",
        "range_km", "battery_c", "battery_kw", "ambient_c", "cabin_c", "target_c", "charge_kw",
        "charge_kwh",
    ]
    static let words: [StaticString] = ["hvac", "gear", "charge"]
    /// The words of each `EnumSignal` as JSON text, in the order of their codes.
    static let quotedWords: [[StaticString]] = [
        ["\"off\"", "\"heat\"", "\"cool\"", "\"auto\"", "\"defrost\""],
        ["\"P\"", "\"R\"", "\"N\"", "\"D\""],
        ["\"idle\"", "\"connected\"", "\"charging\"", "\"complete\"", "\"fault\""],
    ]
}

extension ColumnSet {
    /// Reads what `--signals` gives: names of signals, and `extra` for all other fields, separated
    /// by commas. `lat` and `lon` are one place and come together.
    public init(names text: String) throws(TCError) {
        var columns: ColumnSet = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part)
            if let signal = Signal(name: name) {
                columns.insert(ColumnSet(signal))
            } else if let signal = EnumSignal(name: name) {
                columns.insert(ColumnSet(signal))
            } else if name == "extra" {
                columns.insert(.extra)
            } else {
                throw .unknownSignal(name, among: ColumnSet.names)
            }
        }
        // Half a place is not a valid message.
        if !columns.isDisjoint(with: .place) { columns.formUnion(.place) }
        self = columns
    }

    /// Every name that `init(names:)` knows.
    public static let names = Signal.names + EnumSignal.allCases.map(\.name) + ["extra"]
}

extension TCError {
    /// The usage error of a name that is none of `names`, with the nearest one as a hint.
    static func unknownSignal(_ name: String, among names: [String]) -> TCError {
        TCError(
            .usage, "unknown signal '\(name)'",
            hint: nearest(to: name, in: names).map { "did you mean '\($0)'?" }
                ?? "the signals are \(names.joined(separator: ", "))")
    }
}
