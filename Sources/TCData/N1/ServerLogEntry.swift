import TCCore
import TCWire

/// One message of PostgreSQL's server log, whatever format it stood in.
struct ServerLogEntry {
    let line: Int
    /// By the server's own clock and time zone: only differences mean anything.
    let time: Instant?
    /// What tells the sessions of one log apart.
    let session: String
    /// `LOG`, `DETAIL`, `ERROR` …
    let severity: String
    let message: String
    /// The message's detail, in formats that keep the two together.
    var detail: String?
    /// What the client calls itself.
    var application: String?
}

extension ServerLogEntry {
    /// Reads the first line of an entry as `log_line_prefix = '%m [%p] '` begins it:
    /// `2026-01-02 03:04:05.678 UTC [4711] LOG:  …`. More may stand before the severity, such as
    /// Debian's `%q%u@%d `. Nil for another line.
    init?(text: some Sequence<UInt8>, line: Int) {
        let bytes = Array(text)
        guard let time = ServerLogEntry.time(bytes[...]),
            let open = bytes.prefix(64).firstIndex(of: UInt8(ascii: "[")),
            let close = bytes[open...].prefix(24).firstIndex(of: UInt8(ascii: "]")),
            bytes[(open + 1)..<close].allSatisfy(isDigit), close + 2 < bytes.count,
            let colon = bytes[close...].prefix(256).firstRange(of: ":  ".utf8)?.lowerBound
        else { return nil }
        let severity = bytes[close..<colon].split(separator: UInt8(ascii: " ")).last ?? []
        self.init(
            line: line, time: time,
            session: String(decoding: bytes[(open + 1)..<close], as: UTF8.self),
            severity: String(decoding: severity, as: UTF8.self),
            message: String(
                decoding: bytes[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self))
    }

    /// Reads a record of `csvlog`; nil where a column that is needed is not there.
    init?(csv bytes: [UInt8], line: Int) {
        // Server versions append columns, and have not moved these.
        let columns = ServerLogEntry.columns(bytes)
        guard columns.count >= 23, let time = ServerLogEntry.time(columns[0].utf8) else {
            return nil
        }
        self.init(
            line: line, time: time, session: columns[5], severity: columns[11],
            message: columns[13], detail: columns[14].isEmpty ? nil : columns[14],
            application: columns[22].isEmpty ? nil : columns[22])
    }

    /// Reads an object of `jsonlog`; nil where a key that is needed is not there.
    init?(json object: JSONObject, line: Int) {
        guard let severity = object["error_severity"]?.string,
            let session = object["session_id"]?.string
        else { return nil }
        self.init(
            line: line, time: ServerLogEntry.time((object["timestamp"]?.string ?? "").utf8),
            session: session, severity: severity, message: object["message"]?.string ?? "",
            detail: object["detail"]?.string, application: object["application_name"]?.string)
    }

    /// `2026-01-02 03:04:05.678 …`; nil where there is no such time.
    private static func time(_ text: some Sequence<UInt8>) -> Instant? {
        var bytes = Array(text.prefix(23))
        guard bytes.count == 23, bytes[10] == UInt8(ascii: " ") else { return nil }
        bytes[10] = UInt8(ascii: "T")
        bytes.append(UInt8(ascii: "Z"))
        return bytes.withUnsafeBufferPointer { Instant(rfc3339: $0) }
    }

    /// The columns of a record, without their quotes (RFC 4180).
    private static func columns(_ bytes: [UInt8]) -> [String] {
        var columns: [String] = []
        var column: [UInt8] = []
        var isQuoted = false
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                // A quote inside stands twice, and so is passed twice.
                if isQuoted, index > 0, bytes[index - 1] == byte { column.append(byte) }
            case UInt8(ascii: ",") where !isQuoted:
                columns.append(String(decoding: column, as: UTF8.self))
                column.removeAll(keepingCapacity: true)
            default: column.append(byte)
            }
        }
        return columns + [String(decoding: column, as: UTF8.self)]
    }
}
