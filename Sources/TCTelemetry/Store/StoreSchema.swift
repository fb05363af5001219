import TCParquet

/// The columns of every file of the store, in order: `vehicle_id`, `ts`, the numbers in the order of
/// `Signal`, the words in the order of `EnumSignal`, `extra`.
public enum StoreSchema {
    public static let vehicleID = 0
    public static let ts = 1

    /// The column of a number.
    public static func column(_ signal: Signal) -> Int { 2 + signal.rawValue }
    /// The column of a word.
    public static func column(_ signal: EnumSignal) -> Int { 2 + Signal.count + signal.rawValue }
    public static let extra = 2 + Signal.count + EnumSignal.count

    public static let columns: [Column] =
        [
            Column(name: "vehicle_id", type: .string, isOptional: false),
            Column(name: "ts", type: .timestampMillis, isOptional: false),
        ]
        + Signal.allCases.map { Column(name: $0.name, type: .double, isOptional: true) }
        + EnumSignal.allCases.map { Column(name: $0.name, type: .string, isOptional: true) }
        + [Column(name: "extra", type: .string, isOptional: true)]
}
