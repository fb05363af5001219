import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite struct ColumnTypeTests {
    /// JSON, the value that a statement gets, and the JSON that comes back.
    static let pairs: [(ColumnType, String, SQLValue, String)] = [
        (.text, #""é""#, .text("é"), #""é""#),
        (.integer, "9223372036854775807", .integer(.max), "9223372036854775807"),
        (.integer, "1e3", .integer(1000), "1000"),
        (.real, "0.1", .real(0.1), "0.1"), (.real, "3", .real(3), "3.0"),
        (.boolean, "true", .integer(1), "true"), (.boolean, "false", .integer(0), "false"),
        (.bytes, #""AP8""#, .bytes([0, 255]), #""AP8""#),
        (
            .time, #""2026-01-02T03:04:05.006Z""#, .integer(1_767_323_045_006),
            #""2026-01-02T03:04:05.006Z""#
        ),
        (.time, "1767323045006", .integer(1_767_323_045_006), #""2026-01-02T03:04:05.006Z""#),
        (.json, #"{"a":[1,2.50]}"#, .text(#"{"a":[1,2.50]}"#), #"{"a":[1,2.50]}"#),
        (.text, "null", .null, "null"), (.json, "null", .null, "null"),
    ]

    @Test(arguments: pairs)
    func `values go in and come out`(
        type: ColumnType, json: String, value: SQLValue, back: String
    ) throws {
        #expect(try type.sqlValue(JSONReader.parse(json), of: "x") == value)
        var writer = JSONWriter()
        try type.write(value, of: "x", to: &writer)
        let text = writer.withBytes { String(decoding: $0, as: UTF8.self) }
        let (found, wanted) = (try JSONReader.parse(text), try JSONReader.parse(back))
        #expect(found == wanted || found.number?.double == wanted.number?.double)
    }

    @Test(arguments: [
        (ColumnType.text, "1", "'x' must be text, got a number"),
        (.text, #""a\u0000b""#, "'x' must be text without a NUL character"),
        (.integer, "1.5", "'x' must be a whole number of 64 bits, got a number"),
        (.integer, "9223372036854775808", "'x' must be a whole number of 64 bits, got a number"),
        (.integer, #""1""#, "'x' must be a whole number of 64 bits, got a string"),
        (.real, "1e999", "'x' must be a number, got a number"),
        (.boolean, "1", "'x' must be true or false, got a number"),
        (.bytes, #""***""#, "'x' must be bytes in base64url, got a string"),
        (
            .time, #""yesterday""#,
            "'x' must be a time in RFC 3339 or epoch milliseconds, got a string"
        ),
        (.integer, "{}", "'x' must be a whole number of 64 bits, got an object"),
    ])
    func `values of another type are refused`(
        type: ColumnType, json: String, message: String
    ) throws {
        let value = try JSONReader.parse(json)
        #expect(throws: TCError(.badInput, message)) { try type.sqlValue(value, of: "x") }
    }

    @Test(arguments: [
        (ColumnType.text, "12", SQLValue.text("12")), (.integer, "12", .integer(12)),
        (.boolean, "true", .integer(1)), (.time, "2026-01-02", .integer(1_767_312_000_000)),
        (.real, "-1.5", .real(-1.5)), (.json, "[1]", .text("[1]")),
    ])
    func `a word of a command line is read as the column's type`(
        type: ColumnType, word: String, value: SQLValue
    ) throws {
        #expect(try type.sqlValue(type.json(word), of: "x") == value)
    }

    @Test func `null stands only where it may`() throws {
        let must = ColumnDeclaration(name: "x", type: .text, isNullable: false)
        #expect(throws: TCError(.badInput, "'x' must be text, got null")) {
            try must.sqlValue(.null)
        }
        let may = ColumnDeclaration(name: "x", type: .text, isNullable: true)
        #expect(try may.sqlValue(.null) == .null)
    }

    @Test func `what a column cannot hold is the catalogue's fault`() {
        var writer = JSONWriter()
        #expect(
            throws: TCError(
                .configuration, "column 'x' is declared as boolean and holds a whole number")
        ) { try ColumnType.boolean.write(.integer(2), of: "x", to: &writer) }
    }
}
