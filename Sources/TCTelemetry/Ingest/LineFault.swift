import TCCore

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
