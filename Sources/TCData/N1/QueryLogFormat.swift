import TCWire

/// The formats of query logs that can be read.
public enum QueryLogFormat: String, Sendable, CaseIterable {
    /// Our own lines, `QueryLogRecord`.
    case jsonLines = "jsonl"
    /// PostgreSQL's `log_destination = 'stderr'` with a `log_line_prefix` that begins with
    /// `'%m [%p] '`, as it does unless somebody changes it.
    case postgresText = "stderr"
    /// PostgreSQL's `csvlog`.
    case postgresCSV = "csvlog"
    /// PostgreSQL's `jsonlog`, from version 15 on.
    case postgresJSON = "jsonlog"

    /// What a log is whose first line this is; nil where it is none of them.
    init?(firstLine line: UnsafeBufferPointer<UInt8>) {
        if line.first == UInt8(ascii: "{") {
            guard case .object(let object)? = try? JSONReader.parse(line) else { return nil }
            self = object["error_severity"] == nil ? .jsonLines : .postgresJSON
        } else if ServerLogEntry(text: line, line: 1) != nil {
            self = .postgresText
        } else if line.count > 24, line[4] == UInt8(ascii: "-"), line[13] == UInt8(ascii: ":"),
            line.prefix(40).contains(UInt8(ascii: ","))
        {
            self = .postgresCSV
        } else {
            return nil
        }
    }
}
