/// Why lines are rejected: the codes that summaries count by and error records carry. They never
/// change meaning.
public enum RejectionReason: String, Sendable, CaseIterable {
    /// Not one JSON value by RFC 8259.
    case jsonSyntax = "json_syntax"
    /// Arrays or objects nested deeper than the limit.
    case tooDeep = "too_deep"
    /// Longer than a line may be.
    case lineTooLong = "line_too_long"
    /// Bytes that are not UTF-8.
    case badUTF8 = "bad_utf8"
    /// Valid JSON of another kind than the field, or the line, must be.
    case wrongType = "wrong_type"
    /// A number or a time outside the accepted range.
    case outOfRange = "out_of_range"
    /// `vehicle_id` or `ts` is absent, or one of `lat` and `lon` without the other.
    case missingField = "missing_field"
    /// An id of the wrong length or with bytes that ids do not have.
    case badVehicleID = "bad_vehicle_id"
    /// Neither whole epoch milliseconds nor RFC 3339, or a date that does not exist.
    case badTime = "bad_time"
    /// Not one of the field's words.
    case unknownWord = "unknown_word"
}

/// What is wrong with one line.
struct LineFault: Equatable {
    var reason: RejectionReason
    /// The sentence for people: the field, what it must be, what it was.
    var message: String

    static func field(
        _ reason: RejectionReason, _ name: String, mustBe expected: String,
        got value: UnsafeBufferPointer<UInt8>
    ) -> LineFault {
        LineFault(reason: reason, message: "'\(name)' must be \(expected), got \(printable(value))")
    }

    static func missing(_ name: String) -> LineFault {
        LineFault(reason: .missingField, message: "'\(name)' is missing")
    }

    static func missing(_ name: String, beside other: String) -> LineFault {
        LineFault(
            reason: .missingField,
            message: "'\(name)' is missing beside '\(other)': a place has both or neither")
    }

    static func tooLong(_ bytes: Int) -> LineFault {
        LineFault(
            reason: .lineTooLong,
            message: "the line has \(bytes) bytes, more than \(LineLimits.bytes)")
    }

    /// The text of a value for a message: at most 60 bytes, on one line, whatever it holds.
    static func printable(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let limit = 60
        var text = ""
        for scalar in String(decoding: bytes.prefix(limit + 4), as: UTF8.self).unicodeScalars {
            if text.utf8.count + scalar.utf8.count > limit { break }
            let isControl = scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
            text += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        return bytes.count > limit ? text + "…" : text
    }
}

/// A rejected line as the parser hands it on.
struct RejectedLine {
    /// Which input, from 0, and the line's number in it, from 1.
    var source: Int
    var line: Int
    /// The row of the batch that it would have had: the order of reports.
    var row: Int
    var fault: LineFault
    /// The line without its newline; empty where it is too long, or nobody wants it.
    var input: [UInt8]
}
