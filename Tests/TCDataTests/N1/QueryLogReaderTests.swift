import Glibc
import TCCore
import TCStore
import TCWire
import Testing

@testable import TCData

@Suite("query logs")
struct QueryLogReaderTests {
    @Test("our own lines: what they must hold and may hold")
    func ownLines() {
        let log = QueryLog(
            #"""
            {"ts":"2026-01-02T03:04:05.678Z","trace":"a1","caller":"GET /v","sql":"SELECT $1, $2","params":["x",null],"ms":1.5}

            {"trace":"a1","sql":"SELECT 1","other":[1]}
            {"sql":"SELECT 1"}
            {"trace":"a1"}
            {"trace":"a1","sql":"SELECT 'x"}
            {"trace":1,"sql":"SELECT 1"}
            {"trace":"a1","sql":"SELECT 1","params":{}}
            [1]
            {"trace":"a1","sql":"SELECT 1","ts":"yesterday"}
            {"ts":1,"trace":"b","sql":"SELECT $1","params":[{"a":1.50}]}
            """#)
        #expect(log.format == .jsonLines)
        #expect(
            log.statements.map(QueryLog.summary) == [
                "1 trace a1 | GET /v | SELECT $1, $2 | x, NULL | 1.5",
                "3 trace a1 | - | SELECT 1 |  | -",
                #"11 trace b | - | SELECT $1 | {"a":1.50} | -"#,
            ])
        #expect(
            log.faults.map(\.tcError.message) == [
                "line 4: 'trace' is missing: it tells requests apart",
                "line 5: 'sql' is missing",
                "line 6: the statement cannot be read: column 8: the string has no end",
                "line 7: 'trace' must be a string, got a number",
                "line 8: 'params' must be an array, got an object",
                "line 9: a record must be a JSON object, got an array",
                "line 10: 'ts' must be RFC 3339 or whole epoch milliseconds",
            ])
    }

    @Test("a record reads as it was written")
    func record() throws {
        let record = QueryLogRecord(
            time: Instant(milliseconds: 1_700_000_000_123), trace: "t", caller: "c\"",
            sql: "SELECT\n1", parameters: [.string("a"), .null, .number(JSONNumber(7))],
            milliseconds: 0.25)
        var writer = JSONWriter()
        record.write(to: &writer)
        let object = try #require(JSONReader.parse(writer.bytes).object)
        #expect(try QueryLogRecord(object) == record)
    }

    private let text = """
        2026-01-02 03:04:05.000 UTC [7] LOG:  execute <unnamed>: BEGIN
        2026-01-02 03:04:05.001 UTC [8] LOG:  statement: SELECT 'a
        \tb' -- c
        \tFROM t
        2026-01-02 03:04:05.002 UTC [7] LOG:  execute s1/p1: SELECT * FROM t WHERE a = $1 AND b = $2
        2026-01-02 03:04:05.002 UTC [8] LOG:  duration: 2.500 ms
        2026-01-02 03:04:05.003 UTC [7] DETAIL:  parameters: $1 = 'it''s, $2 = ''', $2 = NULL
        2026-01-02 03:04:05.004 UTC [7] LOG:  duration: 0.125 ms
        2026-01-02 03:04:05.005 UTC [7] LOG:  duration: 0.1 ms  bind s1: SELECT * FROM t WHERE a = $1
        2026-01-02 03:04:05.005 UTC [7] DETAIL:  parameters: $1 = 'of the bind'
        2026-01-02 03:04:05.006 UTC [7] LOG:  duration: 0.3 ms  execute s1: SELECT 2
        2026-01-02 03:04:05.007 UTC [7] LOG:  execute fetch from s1/p1: SELECT 3
        2026-01-02 03:04:05.007 UTC [7] ERROR:  relation "t" does not exist at character 15
        2026-01-02 03:04:05.007 UTC [7] STATEMENT:  SELECT 4
        2026-01-02 03:04:05.008 UTC [7] LOG:  statement: ROLLBACK TO SAVEPOINT x
        2026-01-02 03:04:05.008 UTC [7] LOG:  statement: COMMIT
        2026-01-02 03:04:05.009 UTC [7] LOG:  statement: SELECT 5
        this is nothing
        2026-01-02 03:04:05.010 UTC [7] LOG:  statement: SELECT 'x
        2026-01-02 03:04:06.009 UTC [7] LOG:  statement: SELECT 6
        2026-01-02 03:04:07.010 UTC [7] LOG:  statement: SELECT 7
        2026-01-02 03:04:07.011 UTC [7] LOG:  disconnection: session time: 0:00:02
        2026-01-02 03:04:07.011 UTC [7] LOG:  statement: SELECT 8
        """

    @Test("PostgreSQL's text: a statement's parts come together, session by session")
    func postgresText() {
        let log = QueryLog(text)
        #expect(log.format == .postgresText)
        #expect(
            log.statements.sorted { $0.line < $1.line }.map(QueryLog.summary) == [
                "2 session 8, transaction 1 | - | SELECT ?b' -- c\nFROM t |  | 2.5"
                    .replacing("?", with: "'a\n"),
                "5 session 7, transaction 1 | - | SELECT * FROM t WHERE a = $1 AND b = $2 | it's, $2 = ', NULL | 0.125",
                "11 session 7, transaction 1 | - | SELECT 2 |  | 0.3",
                "15 session 7, transaction 1 | - | ROLLBACK TO SAVEPOINT x |  | -",
                "17 session 7, transaction 2 | - | SELECT 5 |  | -",
                "20 session 7, transaction 2 | - | SELECT 6 |  | -",
                // A second of silence parts what no transaction holds together.
                "21 session 7, transaction 3 | - | SELECT 7 |  | -",
                "23 session 7, transaction 1 | - | SELECT 8 |  | -",
            ])
        #expect(
            log.faults.map(\.tcError.message) == [
                "line 18: expected an entry of PostgreSQL's log (stderr format with "
                    + "log_line_prefix '%m [%p] ')",
                "line 19: the statement cannot be read: column 8: the string has no end",
            ])
        #expect(
            log.ended == [
                "session 7, transaction 1", "session 7, transaction 2", "session 7, transaction 3",
                "session 8, transaction 1", "session 7, transaction 1",
            ])
    }

    @Test("a prefix may go on, as Debian's does with user and database")
    func longerPrefix() {
        let log = QueryLog(
            """
            2026-01-02 03:04:05.000 CET [7] tc@fleet LOG:  statement: SELECT $1 AS "LOG:  x"
            2026-01-02 03:04:05.000 CET [7] tc@fleet DETAIL:  parameters: $1 = 'a:  b'
            """)
        #expect(
            log.statements.map(QueryLog.summary)
                == [#"1 session 7, transaction 1 | - | SELECT $1 AS "LOG:  x" | a:  b | -"#])
    }

    @Test("sqlcommenter's comments name the trace and the place")
    func comments() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let log = QueryLog(
            """
            2026-01-02 03:04:05.000 UTC [7] LOG:  statement: SELECT 1 /*route='%2Fv%2F%3Aid',traceparent='00-\(trace)-00f067aa0ba902b7-01'*/
            2026-01-02 03:04:05.000 UTC [7] LOG:  statement: /*action='show',controller='it\\'s'*/ SELECT 2
            2026-01-02 03:04:05.000 UTC [7] LOG:  statement: SELECT '/*traceparent=''00-\(trace)-00f067aa0ba902b7-01''*/'
            2026-01-02 03:04:05.000 UTC [7] LOG:  statement: SELECT 4 /* traceparent='00-00000000000000000000000000000000-00f067aa0ba902b7-01' */
            """)
        #expect(
            log.statements.map { "\($0.request) | \($0.caller ?? "-")" } == [
                "trace \(trace) | /v/:id", "session 7, transaction 1 | it's#show",
                "session 7, transaction 1 | -", "session 7, transaction 1 | -",
            ])
        #expect(log.faults.isEmpty)
    }

    @Test("what is no query log says so, line by line")
    func nothing() {
        let log = QueryLog("hello\nworld")
        #expect(log.format == nil)
        #expect(log.faults.map(\.line) == [1, 2])
        #expect(log.faults[0].message.hasPrefix("expected a line of a query log"))
    }

    @Test("an entry without an end, and one too long, cost bounded memory and are told")
    func limits() {
        let line = "\t" + String(repeating: "x", count: 1 << 19)
        let long = Array(repeating: line, count: 9).joined(separator: "\n")
        let log = QueryLog(
            """
            2026-01-02 03:04:05.000 UTC [7] LOG:  statement: SELECT 1
            \(long)
            2026-01-02 03:04:05.000 UTC [7] LOG:  statement: SELECT 2
            """)
        #expect(log.statements.map(\.line) == [11])
        #expect(
            log.faults.map(\.tcError.message) == ["line 1: the entry has more than 4194304 bytes"])
        let columns = (0..<26).map { "\($0)" }.joined(separator: ",")
        let open = QueryLog("2026-01-02 03:04:05.000 UTC,\"x\n\(columns)", format: .postgresCSV)
        #expect(open.faults.map(\.line) == [1])
    }

    @Test("sessions past the limit are forgotten, the longest silent first, and that is told")
    func sessionLimit() {
        let lines = (0..<100).map {
            "2026-01-02 03:04:05.000 UTC [\($0)] LOG:  statement: SELECT \($0)"
        }
        let log = QueryLog(lines.joined(separator: "\n"), sessionLimit: 10)
        #expect(log.statements.map(\.line) == Array(1...100))
        #expect(log.forgottenSessions == 90)
        #expect(log.ended.count == 100)
    }

    @Test("long statements that wait for more in many sessions are not all held")
    func pendingBytes() {
        var sessions = ServerLogSessions(limit: 1000, pendingBytes: 1 << 20)
        let sql = "statement: SELECT '" + String(repeating: "x", count: 1 << 13) + "'"
        var statements = 0
        for number in 0..<300 {
            let entry = ServerLogEntry(
                line: number, time: nil, session: "\(number)", severity: "LOG", message: sql)
            sessions.take(entry) { if case .statement = $0 { statements += 1 } }
        }
        #expect(sessions.forgotten > 100 && statements == sessions.forgotten)
    }

    @Test("logs with random damage are read to their end", arguments: 0..<6)
    func damage(_ seed: UInt64) {
        var random = SQLRandom(seed)
        for format in QueryLogFormat.allCases {
            var bytes = Array(text.utf8)
            for _ in 0..<random.below(60) {
                let place = random.below(bytes.count)
                switch random.below(3) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: "\"'\n\t,[=".utf8, at: place)
                }
            }
            let log = QueryLog(
                String(decoding: bytes, as: UTF8.self), format: random.below(2) == 0 ? nil : format)
            #expect(log.statements.count + log.faults.count > 0, "seed \(seed)")
        }
    }
}

/// What a reader finds in a text.
struct QueryLog {
    private(set) var statements: [LoggedStatement] = []
    private(set) var ended: [String] = []
    private(set) var faults: [QueryLogFault] = []
    let format: QueryLogFormat?
    let forgottenSessions: Int

    init(
        _ text: String, format: QueryLogFormat? = nil,
        sessionLimit: Int = QueryLogReader.maximumSessions
    ) {
        var reader = QueryLogReader(format: format, dialect: .postgres, sessionLimit: sessionLimit)
        var events: [QueryLogEvent] = []
        for (index, line) in text.utf8.split(separator: 10, omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty
        {
            Array(line).withUnsafeBufferPointer { bytes in
                reader.read(LineReader.Line(number: index + 1, bytes: bytes, fault: nil)) {
                    events.append($0)
                }
            }
        }
        self.init(&reader, &events)
    }

    /// What stands in a file.
    init(_ lines: LineReader) throws {
        var reader = QueryLogReader()
        var events: [QueryLogEvent] = []
        try lines.forEachLine { line in reader.read(line) { events.append($0) } }
        self.init(&reader, &events)
    }

    private init(_ reader: inout QueryLogReader, _ events: inout [QueryLogEvent]) {
        reader.finish { events.append($0) }
        format = reader.format
        forgottenSessions = reader.forgottenSessions
        for event in events {
            switch event {
            case .statement(let statement): statements.append(statement)
            case .requestEnded(let request): ended.append(request)
            case .fault(let fault): faults.append(fault)
            }
        }
    }

    static func summary(_ logged: LoggedStatement) -> String {
        let parameters = logged.parameters.map { $0 ?? "NULL" }.joined(separator: ", ")
        let sql = String(decoding: logged.statement.bytes, as: UTF8.self)
        return
            "\(logged.line) \(logged.request) | \(logged.caller ?? "-") | \(sql) | \(parameters) | "
            + (logged.milliseconds.map { "\($0)" } ?? "-")
    }
}
