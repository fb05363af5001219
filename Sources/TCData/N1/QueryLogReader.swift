import TCCore
import TCStore
import TCWire

/// Reads a query log line by line, ours or PostgreSQL's, in bounded memory.
///
/// PostgreSQL writes what is needed with `log_statement = 'all'` and `log_duration = on`, or with
/// `log_min_duration_statement = 0`. Requests are told apart by the trace that ours names and that
/// a `traceparent` in a statement's comment gives, as sqlcommenter writes it; else by session and
/// transaction.
public struct QueryLogReader {
    /// What one entry may hold: a statement, its parameters, and what a log says besides.
    public static let maximumEntryBytes = 4 << 20
    /// Sessions of a server that may be open at once.
    public static let maximumSessions = 10_000

    /// Which one is read; nil until the first line has told.
    public private(set) var format: QueryLogFormat?
    /// How many sessions were forgotten because more than `maximumSessions` were open, or because
    /// the statements that waited for their parameters and times took more than 64 MiB: what they
    /// did afterwards counts as another request.
    public var forgottenSessions: Int { sessions.forgotten }

    private let dialect: SQLDialect
    private var sessions: ServerLogSessions
    /// An entry of several lines that may go on.
    private var entry: [UInt8] = []
    private var entryLine = 0
    private var entryIsTooLong = false
    /// Whether what was read of the entry ends between quotes.
    private var isQuoted = false

    /// - Parameters:
    ///   - format: nil lets the first line tell.
    ///   - dialect: of our own log; PostgreSQL's are in its own.
    public init(format: QueryLogFormat? = nil, dialect: SQLDialect = .postgres) {
        self.init(format: format, dialect: dialect, sessionLimit: QueryLogReader.maximumSessions)
    }

    init(format: QueryLogFormat?, dialect: SQLDialect, sessionLimit: Int) {
        self.format = format
        self.dialect = dialect
        sessions = ServerLogSessions(limit: sessionLimit)
    }

    /// Takes the next line, and hands on what it completes.
    public mutating func read(_ line: LineReader.Line, _ found: (QueryLogEvent) -> Void) {
        if let fault = line.fault {
            return found(.fault(QueryLogFault(line: line.number, message: fault.message)))
        }
        if format == nil { format = QueryLogFormat(firstLine: line.bytes) }
        switch format {
        case nil:
            found(
                .fault(
                    QueryLogFault(
                        line: line.number,
                        message: "expected a line of a query log: a JSON object with 'trace' and "
                            + "'sql', or PostgreSQL's stderr format with log_line_prefix "
                            + "'%m [%p] ', csvlog or jsonlog")))
        case .jsonLines?: readRecord(line, found)
        case .postgresJSON?: readJSON(line, found)
        case .postgresText?: readText(line, found)
        case .postgresCSV?: readCSV(line, found)
        }
    }

    /// Ends the log: hands on what waited for more.
    public mutating func finish(_ found: (QueryLogEvent) -> Void) {
        if !entry.isEmpty || entryIsTooLong {
            if format == .postgresCSV { finishCSV(found) } else { finishText(found) }
        }
        sessions.finish(found)
    }

    // MARK: Formats

    private func readRecord(_ line: LineReader.Line, _ found: (QueryLogEvent) -> Void) {
        do {
            let record = try QueryLogRecord(line.record.get())
            let statement = try SQLScanner.scan(record.sql, dialect: dialect)
            found(
                .statement(
                    LoggedStatement(
                        line: line.number, time: record.time, request: "trace \(record.trace)",
                        caller: record.caller, statement: statement,
                        parameters: record.parameters.map(QueryLogReader.text),
                        milliseconds: record.milliseconds)))
        } catch {
            let message =
                (error as? LineFault)?.message ?? (error as? SQLSyntaxError)
                .map { "the statement cannot be read: \($0)" }
                ?? (error as? TCError)?.message ?? "\(error)"
            found(.fault(QueryLogFault(line: line.number, message: message)))
        }
    }

    /// What two equal values have in common.
    private static func text(_ value: JSONValue) -> String? {
        if value.isNull { return nil }
        if let text = value.string { return text }
        var writer = JSONWriter()
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private mutating func readJSON(_ line: LineReader.Line, _ found: (QueryLogEvent) -> Void) {
        switch line.record {
        case .failure(let fault):
            found(.fault(QueryLogFault(line: line.number, message: fault.message)))
        case .success(let object):
            take(ServerLogEntry(json: object, line: line.number), line.number, found)
        }
    }

    private mutating func readText(_ line: LineReader.Line, _ found: (QueryLogEvent) -> Void) {
        // The server begins each further line of an entry with a tab.
        if line.bytes.first == 0x09, !entry.isEmpty || entryIsTooLong {
            append(line.bytes.dropFirst(), after: 0x0A)
            return
        }
        if !entry.isEmpty || entryIsTooLong { finishText(found) }
        entryLine = line.number
        append(line.bytes[...], after: nil)
    }

    private mutating func finishText(_ found: (QueryLogEvent) -> Void) {
        guard let bytes = takeEntry(found) else { return }
        take(ServerLogEntry(text: bytes, line: entryLine), entryLine, found)
    }

    private mutating func readCSV(_ line: LineReader.Line, _ found: (QueryLogEvent) -> Void) {
        if !isQuoted { entryLine = line.number }
        append(line.bytes[...], after: isQuoted ? 0x0A : nil)
        for byte in line.bytes where byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        if !isQuoted { finishCSV(found) }
    }

    private mutating func finishCSV(_ found: (QueryLogEvent) -> Void) {
        isQuoted = false
        guard let bytes = takeEntry(found) else { return }
        take(ServerLogEntry(csv: bytes, line: entryLine), entryLine, found)
    }

    private mutating func take(
        _ entry: ServerLogEntry?, _ line: Int, _ found: (QueryLogEvent) -> Void
    ) {
        guard let entry else {
            return found(
                .fault(
                    QueryLogFault(
                        line: line, message: "expected an entry of PostgreSQL's log (\(hint))")))
        }
        sessions.take(entry, found)
    }

    private var hint: String {
        switch format {
        case .postgresText?: "stderr format with log_line_prefix '%m [%p] '"
        case .postgresCSV?: "csvlog, 23 columns or more"
        default: "jsonlog, with 'error_severity' and 'session_id'"
        }
    }

    // MARK: Entries of several lines

    private mutating func append(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, after separator: UInt8?
    ) {
        guard entry.count + bytes.count < QueryLogReader.maximumEntryBytes, !entryIsTooLong else {
            entryIsTooLong = true
            entry = []
            return
        }
        if let separator { entry.append(separator) }
        entry += bytes
    }

    /// The entry that is complete; nil, and told, where it was too long.
    private mutating func takeEntry(_ found: (QueryLogEvent) -> Void) -> [UInt8]? {
        defer {
            entry = []
            entryIsTooLong = false
        }
        guard entryIsTooLong else { return entry }
        found(
            .fault(
                QueryLogFault(
                    line: entryLine,
                    message: "the entry has more than \(QueryLogReader.maximumEntryBytes) bytes")))
        return nil
    }
}
