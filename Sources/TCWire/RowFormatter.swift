import TCCore

/// Turns records into lines of columns: CSV or a table.
///
/// Which columns there are is decided from the first records, which are held until `lookAhead` of them
/// or `heldBytes` came, or until `flush`. From then on every record is written at once, so memory does
/// not grow with the result.
public protocol RowFormatter {
    /// What is ready to be written.
    var bytes: [UInt8] { get }
    /// Forgets `bytes` and keeps the room for them.
    mutating func reset()
    /// Takes the next record.
    mutating func write(_ record: JSONObject) throws(TCError)
    /// Puts everything taken until now into `bytes`.
    mutating func flush() throws(TCError)
    /// The same at the end of all records: a header comes out even where there were none.
    mutating func finish() throws(TCError)
}

/// How many records decide the columns.
let lookAhead = 1000
/// How many bytes of records, as JSON, decide the columns.
let heldBytes = 1 << 20
