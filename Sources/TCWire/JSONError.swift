import TCCore

/// Where a text stops being JSON, and what was expected there.
public struct JSONError: Error, Equatable, Sendable {
    /// Bytes before the place.
    public let offset: Int
    /// Counted from 1, in lines of the text.
    public let line: Int
    /// Counted from 1, in characters of that line.
    public let column: Int
    /// `expected ':' after the key, got '}'`.
    public let message: String
    /// `.jsonSyntax`, `.tooDeep` or `.badUTF8`.
    public let reason: RejectionReason

    /// - Parameter text: what was read, to find line and column in.
    init(
        _ message: String, _ reason: RejectionReason, at offset: Int,
        in text: UnsafeBufferPointer<UInt8>
    ) {
        self.offset = offset
        self.reason = reason
        self.message = message
        var line = 1
        var column = 1
        for byte in text[..<offset] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }

    /// The same as every layer throws it: `column 12: expected …`.
    public var error: TCError { TCError(.badInput, description) }
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        line > 1 ? "line \(line), column \(column): \(message)" : "column \(column): \(message)"
    }
}
