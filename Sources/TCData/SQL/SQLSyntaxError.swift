import TCCore

/// Where a text stops being SQL that is understood here, and why.
///
/// It says nothing of what an engine would make of the text: an engine may know more.
public struct SQLSyntaxError: Error, Equatable, Sendable {
    /// Bytes of UTF-8 before the place.
    public let offset: Int
    /// Counted from 1.
    public let line: Int
    /// Counted from 1, in characters of that line.
    public let column: Int
    /// `the string has no end`; it never quotes a literal, which may be a secret.
    public let message: String

    init(_ message: String, at offset: Int, in bytes: [UInt8]) {
        self.message = message
        self.offset = offset
        var (line, column) = (1, 1)
        for byte in bytes[..<min(offset, bytes.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        (self.line, self.column) = (line, column)
    }
}

extension SQLSyntaxError: CustomStringConvertible {
    public var description: String {
        line > 1 ? "line \(line), column \(column): \(message)" : "column \(column): \(message)"
    }
}

extension SQLSyntaxError: TCErrorConvertible {
    public var tcError: TCError { TCError(.badInput, "the statement, \(self)") }
}
