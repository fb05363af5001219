import TCCore
import TCStore
import TCWire

/// What a column or a parameter holds, and how it stands in JSON and in SQL.
///
/// Two engines share what SQL has to offer: truth is kept as 0 or 1 on SQLite, times as whole epoch
/// milliseconds on both.
public enum ColumnType: String, Sendable, CaseIterable {
    case text
    /// 64 bits, exact.
    case integer
    case real
    case boolean
    /// Base64url in JSON, without padding.
    case bytes
    /// Kept as epoch milliseconds; RFC 3339 in UTC out, that or whole milliseconds in.
    case time
    /// Any JSON, kept as its text.
    case json

    /// A value as a parameter of a statement.
    ///
    /// - Parameter name: of the column or parameter, for messages.
    /// - Throws: `bad_input` for a value of another kind; null is the caller's to allow.
    func sqlValue(_ value: JSONValue, of name: String) throws(TCError) -> SQLValue {
        switch (self, value) {
        case (_, .null): return .null
        case (.text, .string(let text)):
            guard !text.utf8.contains(0) else {
                throw TCError(.badInput, "'\(name)' must be text without a NUL character")
            }
            return .text(text)
        case (.integer, .number(let number)):
            if let whole = number.int64 { return .integer(whole) }
        case (.real, .number(let number)):
            if let real = number.double { return .real(real) }
        case (.boolean, .bool(let flag)): return .integer(flag ? 1 : 0)
        case (.bytes, .string(let text)):
            if let bytes = Base64URL.decode(text) { return .bytes(bytes) }
        case (.time, .string(let text)):
            if let time = Instant(text) { return .integer(time.milliseconds) }
        case (.time, .number(let number)):
            if let whole = number.int64 { return .integer(whole) }
        case (.json, _):
            var writer = JSONWriter()
            writer.value(value)
            return .text(writer.withBytes { String(decoding: $0, as: UTF8.self) })
        default: break
        }
        throw TCError(.badInput, "'\(name)' must be \(expected), got \(value.kindName)")
    }

    /// A word of a command line or of a URL, where only text can stand, as a value of this type; one
    /// that is none stays text, and `sqlValue` then refuses it.
    public func json(_ word: String) -> JSONValue {
        switch self {
        case .text, .bytes: return .string(word)
        case .time: return Int64(word).map { .number(JSONNumber($0)) } ?? .string(word)
        case .integer, .real, .boolean, .json:
            return (try? JSONReader.parse(word)) ?? .string(word)
        }
    }

    /// What a value must be, for messages.
    var expected: String {
        switch self {
        case .text: "text"
        case .integer: "a whole number of 64 bits"
        case .real: "a number"
        case .boolean: "true or false"
        case .bytes: "bytes in base64url"
        case .time: "a time in RFC 3339 or epoch milliseconds"
        case .json: "JSON"
        }
    }

    /// Appends a value that a column of this type held.
    ///
    /// - Throws: `configuration` for one that such a column cannot hold: the catalogue is wrong.
    func write(_ value: SQLValue, of name: String, to writer: inout JSONWriter) throws(TCError) {
        switch (self, value) {
        case (_, .null): writer.null()
        case (.text, .text(let text)): writer.string(text)
        case (.integer, .integer(let whole)): writer.int(whole)
        case (.real, .real(let real)): writer.double(real)
        case (.real, .integer(let whole)): writer.double(Double(whole))
        case (.boolean, .integer(let flag)) where flag == 0 || flag == 1: writer.bool(flag == 1)
        case (.bytes, .bytes(let bytes)): writer.string(Base64URL.encode(bytes))
        case (.time, .integer(let milliseconds)):
            writer.instant(Instant(milliseconds: milliseconds))
        case (.json, .text(let text)):
            guard let json = try? JSONReader.parse(text) else {
                throw TCError(.configuration, "column '\(name)' is no JSON")
            }
            writer.value(json)
        default:
            throw TCError(
                .configuration,
                "column '\(name)' is declared as \(rawValue) and holds "
                    + ColumnType.describe(value))
        }
    }

    /// Appends a value of a column that nobody declared.
    static func writeUndeclared(_ value: SQLValue, to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .integer(let whole): writer.int(whole)
        case .real(let real): writer.double(real)
        case .text(let text): writer.string(text)
        case .bytes(let bytes): writer.string(Base64URL.encode(bytes))
        }
    }

    private static func describe(_ value: SQLValue) -> String {
        switch value {
        case .null: "null"
        case .integer: "a whole number"
        case .real: "a number"
        case .text: "text"
        case .bytes: "bytes"
        }
    }
}

/// A column or a parameter: what it holds, and whether it may hold nothing. In a catalogue `text` is
/// never null and `text?` may be.
public struct ColumnDeclaration: Sendable, Equatable {
    public let name: String
    public let type: ColumnType
    public let isNullable: Bool

    /// The value as a parameter.
    ///
    /// - Throws: `bad_input` for a value of another type, and for null where none may be.
    func sqlValue(_ value: JSONValue) throws(TCError) -> SQLValue {
        let converted = try type.sqlValue(value, of: name)
        guard converted != .null || isNullable else {
            throw TCError(.badInput, "'\(name)' must be \(type.expected), got null")
        }
        return converted
    }
}
