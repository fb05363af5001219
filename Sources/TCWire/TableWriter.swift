import TCCore

/// Writes records as a table for people: aligned columns, numbers to the right.
///
/// The first records decide which columns there are and how wide; the order is that of the preferred
/// names, then that of appearance. A later cell that is wider pushes its row to the right, and a later
/// field without a column follows its row as `name=value`, so nothing is cut off or left out. Absent and
/// null are `-`, arrays and objects JSON. Control characters are escaped: data cannot move the cursor.
public struct TableWriter: RowFormatter {
    public private(set) var bytes: [UInt8] = []
    private let preferred: [String]
    private var columns = ColumnNames([])
    private var widths: [Int] = []
    private var alignsRight: [Bool] = []
    private var held: [JSONObject] = []
    private var heldSize = 0
    private var headerIsOut = false

    /// - Parameter columns: the order of those that turn up.
    public init(columns: [String] = []) {
        preferred = columns
    }

    public mutating func reset() { bytes.removeAll(keepingCapacity: true) }

    public mutating func write(_ record: JSONObject) {
        guard !headerIsOut else { return append(record) }
        held.append(record)
        heldSize += record.approximateSize
        if held.count >= lookAhead || heldSize >= heldBytes { flush() }
    }

    public mutating func flush() {
        guard !held.isEmpty else { return }
        decide()
        append(cells: columns.names.map { TableWriter.escaped(Array($0.utf8)) }, others: [])
        headerIsOut = true
        for record in held { append(record) }
        held = []
    }

    /// No records make no table: an empty one would tell nothing.
    public mutating func finish() { flush() }

    private mutating func decide() {
        let present = ColumnNames(held.flatMap(\.keys))
        columns = ColumnNames(
            preferred.filter { present.column(of: $0, guess: 0) != nil } + present.names)
        widths = columns.names.map { displayWidth(TableWriter.escaped(Array($0.utf8))) }
        alignsRight = Array(repeating: true, count: widths.count)
        for record in held {
            var guess = 0
            for member in record.members where !member.value.isNull {
                guard let column = columns.column(of: member.key, guess: guess) else { continue }
                guess = column + 1
                if member.value.number == nil { alignsRight[column] = false }
                widths[column] = max(widths[column], displayWidth(TableWriter.cell(member.value)))
            }
        }
    }

    private mutating func append(_ record: JSONObject) {
        var cells = [[UInt8]](repeating: [UInt8(ascii: "-")], count: columns.names.count)
        var others: [[UInt8]] = []
        var guess = 0
        for member in record.members {
            if let column = columns.column(of: member.key, guess: guess) {
                if !member.value.isNull { cells[column] = TableWriter.cell(member.value) }
                guess = column + 1
            } else {
                others.append(
                    TableWriter.escaped(Array(member.key.utf8)) + [UInt8(ascii: "=")]
                        + TableWriter.cell(member.value))
            }
        }
        append(cells: cells, others: others)
    }

    private mutating func append(cells: [[UInt8]], others: [[UInt8]]) {
        var padding = 0
        for (column, cell) in cells.enumerated() {
            let missing = max(0, widths[column] - displayWidth(cell))
            // Padding waits for the next cell, so that no line ends in spaces.
            let before = padding + (alignsRight[column] ? missing : 0)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: before))
            bytes.append(contentsOf: cell)
            padding = (alignsRight[column] ? 0 : missing) + 2
        }
        for other in others {
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
            bytes.append(contentsOf: other)
            padding = 2
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func cell(_ value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        value.appendCell(to: &bytes)
        return bytes.isEmpty ? Array("\"\"".utf8) : escaped(bytes)
    }

    /// Control characters, and those that turn the direction of text around, as `\n` or `\u{1B}`.
    private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return bytes }
        var result: [UInt8] = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".utf8)
            case "\t": result.append(contentsOf: "\\t".utf8)
            case "\r": result.append(contentsOf: "\\r".utf8)
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}", "\u{200F}",
                "\u{2028}"..."\u{202E}",
                "\u{2066}"..."\u{2069}":
                let hex = String(scalar.value, radix: 16, uppercase: true)
                result.append(contentsOf: "\\u{\(hex)}".utf8)
            default: result.append(contentsOf: UTF8.encode(scalar)!)
            }
        }
        return result
    }
}
