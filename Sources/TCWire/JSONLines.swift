import TCCore

/// One line of JSON lines: its object, or why it has none.
public struct JSONLine {
    /// Counted from 1; blank lines count.
    public let number: Int
    /// The line as it came, without its end; valid only during the call that it was passed to. Empty
    /// where it is too long to be kept.
    public let bytes: UnsafeBufferPointer<UInt8>
    public let record: Result<JSONObject, LineFault>
}

extension LineReader {
    /// Calls `body` for each line that is not blank, read as a JSON object.
    ///
    /// The arguments and errors are those of `forEachLine`.
    public func forEachRecord(
        beforeWaiting: () throws -> Void = {}, _ body: (JSONLine) throws -> Void
    ) throws {
        try forEachLine(beforeWaiting: beforeWaiting) { line in
            let record = line.fault.map { .failure($0) } ?? LineReader.record(line.bytes)
            try body(JSONLine(number: line.number, bytes: line.bytes, record: record))
        }
    }

    private static func record(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Result<JSONObject, LineFault> {
        do throws(JSONError) {
            let value = try JSONReader.parse(bytes)
            if case .object(let object) = value { return .success(object) }
            return .failure(
                LineFault(
                    reason: .wrongType,
                    message: "a record must be a JSON object, got \(value.kindName)"))
        } catch {
            return .failure(LineFault(reason: error.reason, message: error.description))
        }
    }
}
