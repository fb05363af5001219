/// Some rows of one vehicle, merged and in time order, borrowed for the length of one call.
///
/// A scan hands out each vehicle's rows in one or more of these, in time order. An absent number is
/// NaN (JSON has none, so no value is lost), an absent word is 0, an absent `extra` is empty.
public struct VehicleRows {
    /// The vehicle's id, ASCII.
    public let vehicleID: UnsafeBufferPointer<UInt8>
    public let count: Int
    /// Epoch milliseconds, strictly ascending. The scan must not have been told to leave times out.
    public var ts: UnsafePointer<Int64> { times! }
    let times: UnsafePointer<Int64>?
    /// The time of the last row. Known even where times were left out; of a vehicle's visits then
    /// only the last one's counts.
    public let newest: Int64
    /// Where in the columns the rows begin. The columns of a block are shared by all its vehicles:
    /// a table of pointers for each would cost more than most visitors do.
    let start: Int
    /// A pointer for each `Signal` raw value; nil where the scan did not ask for the column.
    let numbers: UnsafePointer<UnsafeMutablePointer<Double>?>
    /// A pointer for each `EnumSignal` raw value; nil where the scan did not ask for the column.
    let words: UnsafePointer<UnsafeMutablePointer<UInt8>?>
    /// `count + 1` offsets into `extraBytes`; nil where the scan did not ask for the column.
    let extraOffsets: UnsafePointer<UInt32>?
    /// Nil also where every text is empty.
    let extraBytes: UnsafePointer<UInt8>?

    /// The values of `signal`, NaN where absent. The scan must have asked for the column.
    public subscript(_ signal: Signal) -> UnsafePointer<Double> {
        UnsafePointer(numbers[signal.rawValue]! + start)
    }

    /// The codes of `signal`: 0 absent, else the index in `words` plus one.
    public subscript(_ signal: EnumSignal) -> UnsafePointer<UInt8> {
        UnsafePointer(words[signal.rawValue]! + start)
    }

    /// The unknown fields of a row as the text of one JSON object, `{"trip":"T1"}`; empty where
    /// there were none.
    public func extra(_ row: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(extraOffsets![row])
        return UnsafeBufferPointer(
            start: extraBytes.map { $0 + start }, count: Int(extraOffsets![row + 1]) - start)
    }
}
