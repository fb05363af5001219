/// What a message of PostgreSQL's server log says of statements.
///
/// Messages are the English ones: `lc_messages` must be `C` or `en_…`.
enum ServerLogMessage: Equatable {
    /// A statement runs, or has run.
    case statement(sql: String, milliseconds: Double?)
    /// How long the statement took that the session ran last.
    case duration(milliseconds: Double)
    /// `$1 = '…', $2 = NULL`, as a detail of the message before.
    case parameters([String?])
    case disconnection
    /// A part of running a statement that is told of besides, or something else.
    case other

    init(severity: String, _ message: String) {
        self = .other
        switch severity {
        case "LOG": readLog(message[...])
        case "DETAIL": readDetail(message)
        default: break
        }
    }

    private mutating func readLog(_ message: Substring) {
        var rest = message
        var milliseconds: Double?
        if rest.hasPrefix("duration: "), let end = rest.firstRange(of: " ms") {
            milliseconds = Double(rest[..<end.lowerBound].dropFirst("duration: ".count))
            rest = rest[end.upperBound...].drop { $0 == " " }
            if rest.isEmpty {
                if let milliseconds { self = .duration(milliseconds: milliseconds) }
                return
            }
        }
        if rest.hasPrefix("disconnection: ") {
            self = .disconnection
        } else if rest.hasPrefix("statement: ") {
            let sql = String(rest.dropFirst("statement: ".count))
            self = .statement(sql: sql, milliseconds: milliseconds)
        } else if rest.hasPrefix("execute "), !rest.hasPrefix("execute fetch from "),
            let colon = rest.firstRange(of: ": ")
        {
            // What goes on with a result that was begun is no further statement.
            self = .statement(sql: String(rest[colon.upperBound...]), milliseconds: milliseconds)
        }
    }

    private mutating func readDetail(_ detail: String) {
        // Version 16 writes it with a capital.
        guard detail.hasPrefix("parameters: ") || detail.hasPrefix("Parameters: ") else { return }
        var values: [String?] = []
        var rest = detail.utf8.dropFirst("parameters: ".count)
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            rest = rest[equals...].dropFirst(2)
            guard rest.first == UInt8(ascii: "'") else {
                values.append(nil)
                rest = rest.drop { $0 != UInt8(ascii: ",") }
                continue
            }
            rest = rest.dropFirst()
            var value: [UInt8] = []
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "'") {
                    guard rest.first == byte else { break }
                    rest = rest.dropFirst()
                }
                value.append(byte)
            }
            values.append(String(decoding: value, as: UTF8.self))
        }
        self = .parameters(values)
    }
}
