import TCCore

/// Writes records as CSV by RFC 4180, with a header.
///
/// The columns are the given ones, then the further fields of the first records in order of appearance.
/// A field that comes up later and has no column is an error, since leaving it out would lose data; a
/// null and an absent field are an empty cell, an empty string is `""`, and arrays and objects are JSON.
/// Lines end in LF, not in the standard's CRLF: every reader takes it, and awk, cut and sort do not
/// trip over a carriage return in the last column.
public struct CSVWriter: RowFormatter {
    public private(set) var bytes: [UInt8] = []
    private var columns: ColumnNames
    private var held: [[JSONValue?]] = []
    /// Bytes of the held records, about.
    private var heldSize = 0
    private var headerIsOut = false
    private var rowCount = 0

    /// - Parameter columns: those that are there in any case, in this order; may be empty.
    public init(columns: [String] = []) {
        self.columns = ColumnNames(columns)
    }

    public mutating func reset() { bytes.removeAll(keepingCapacity: true) }

    /// Throws `.badInput` for a field that has no column; the record is then not written.
    public mutating func write(_ record: JSONObject) throws(TCError) {
        rowCount += 1
        var row = [JSONValue?](repeating: nil, count: columns.names.count)
        var guess = 0
        for member in record.members {
            if let column = columns.column(of: member.key, guess: guess) {
                row[column] = member.value
                guess = column + 1
            } else if !headerIsOut {
                columns.add(member.key)
                row.append(member.value)
                guess = row.count
            } else {
                throw TCError(
                    .badInput,
                    "record \(rowCount) has the field '\(member.key)', which is not among the "
                        + "columns of the CSV that has begun",
                    hint: "use --format jsonl, which takes records of any fields")
            }
        }
        guard !headerIsOut else { return append(row) }
        held.append(row)
        heldSize += record.approximateSize
        if held.count >= lookAhead || heldSize >= heldBytes { flush() }
    }

    public mutating func flush() {
        if !held.isEmpty { finish() }
    }

    public mutating func finish() {
        if !headerIsOut, !columns.names.isEmpty {
            append(columns.names.map { .string($0) })
            headerIsOut = true
        }
        for row in held { append(row) }
        held = []
    }

    private mutating func append(_ row: [JSONValue?]) {
        let start = bytes.count
        for (column, value) in row.enumerated() {
            if column > 0 { bytes.append(UInt8(ascii: ",")) }
            if let value, !value.isNull { append(value) }
        }
        // Rows held before the last columns appeared are shorter.
        for column in row.count..<max(row.count, columns.names.count) where column > 0 {
            bytes.append(UInt8(ascii: ","))
        }
        // A blank line would be no record.
        if bytes.count == start { bytes.append(contentsOf: "\"\"".utf8) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ value: JSONValue) {
        let start = bytes.count
        value.appendCell(to: &bytes)
        let needsQuotes =
            bytes.count == start
            || bytes[start...].contains {
                $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
            }
        guard needsQuotes else { return }
        let cell = Array(bytes[start...])
        bytes.removeSubrange(start...)
        bytes.append(UInt8(ascii: "\""))
        for byte in cell {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension JSONObject {
    /// Bytes as JSON, counted for holding records within a limit.
    var approximateSize: Int {
        members.reduce(2) { $0 + $1.key.utf8.count + 4 + $1.value.approximateSize }
    }
}

extension JSONValue {
    fileprivate var approximateSize: Int {
        switch self {
        case .null, .bool: 5
        case .number(let number): number.text.utf8.count
        case .string(let text): text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + $1.approximateSize + 1 }
        case .object(let object): object.approximateSize
        }
    }
}
