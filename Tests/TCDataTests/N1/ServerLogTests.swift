import Glibc
import TCCore
import TCEngines
import TCStore
import TCWire
import Testing

@testable import TCData

/// Logs that a real PostgreSQL wrote, in each of its formats, in both ways of logging statements.
@Suite(.enabled(if: SQLBed.serverURL != nil, SQLBed.absence))
struct ServerLogTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let keyed =
        "SELECT name\n\n\tFROM things -- all of them\n\tWHERE id = $1 AND note = $2"
    private static let traced =
        "SELECT note FROM things WHERE id = $1 /*traceparent='00-\(trace)-00f067aa0ba902b7-01',"
        + "route='%2Fthings%2F%3Aid'*/"
    private static let note = "it's, $1 = 'x'\n\tand \"more\", \\ too"
    private static let last = "the last statement of the log"

    @Test(
        "a real server's logs tell the same statements, values, times and requests in each format")
    func logs() async throws {
        let server = try LoggingServer()
        try await server.run("") { database in try await work(database) }
        // The other way: one message a statement, and only those of its parts that took time.
        try await server.run(
            "?options=-clog_statement%3Dnone%20-clog_duration%3Doff%20-clog_min_duration_statement%3D0"
        ) {
            database in try await work(database)
        }
        try server.psql(
            """
            BEGIN;
            SELECT 'a''b',

                $tag$ multi
            line $tag$;
            SAVEPOINT x; SELECT 1/0;
            ROLLBACK TO x;
            SELECT name FROM things WHERE id = 3;
            COMMIT;
            """)
        for format in ["log", "csv", "json"] {
            try check(try await server.log(format, until: ServerLogTests.last), format)
        }
    }

    private func work(_ database: any Database) async throws {
        try await database.read { connection in
            for number in 0..<12 {
                let values: [SQLValue] = [.integer(Int64(number)), .text(ServerLogTests.note)]
                _ = try connection.query(ServerLogTests.keyed, values) { _ in 0 }
            }
        }
        for number in 0..<11 {
            let value = SQLValue.integer(Int64(number))
            _ = try await database.query(ServerLogTests.traced, [value]) { _ in 0 }
        }
        try await database.write { connection in
            try connection.execute("INSERT INTO things (id, note) VALUES ($1, $2)", [7, nil])
            try connection.execute("DELETE FROM things WHERE id = 7")
        }
    }

    private func check(_ log: QueryLog, _ name: String) throws {
        let formats: [String: QueryLogFormat] = [
            "log": .postgresText, "csv": .postgresCSV, "json": .postgresJSON,
        ]
        #expect(log.format == formats[name])
        #expect(log.faults == [], "\(name)")

        let keyed = log.statements.filter { log.text($0).contains("AND note = $2") }
        #expect(keyed.count == 24, "\(name)")
        #expect(Set(keyed.map(\.request)).count == 2, "a transaction of each session")
        #expect(
            keyed.map(\.parameters)
                == (0..<24).map { ["\($0 % 12)", ServerLogTests.note] }, "\(name)")
        #expect(keyed.allSatisfy { $0.milliseconds != nil })

        let traced = log.statements.filter { log.text($0).contains("traceparent") }
        #expect(traced.count == 22, "\(name)")
        #expect(Set(traced.map(\.request)) == ["trace \(ServerLogTests.trace)"])
        #expect(Set(traced.map(\.caller)) == ["/things/:id"])
        #expect(traced.allSatisfy { $0.milliseconds != nil && $0.parameters.count == 1 })

        let inserts = log.statements.filter { log.text($0).hasPrefix("INSERT INTO things (id, n") }
        #expect(inserts.map(\.parameters) == [["7", nil], ["7", nil]], "\(name)")

        let script = log.statements.filter { log.text($0).contains("multi") }
        #expect(script.count == 1 && script[0].statement.tokens.count == 5, "\(name)")
        let behind = log.statements.filter { log.text($0).contains("id = 3") }
        #expect(behind.map(\.request) == script.map(\.request), "one transaction, \(name)")

        var repeated = RepeatedStatements()
        for statement in log.statements { repeated.add(statement) }
        let found = repeated.finish().map { "\($0.count) \($0.requests) \($0.batched)" }
        #expect(
            found.contains(
                "24 2 "
                    + #"query("SELECT name, id FROM things WHERE id = ANY($1) AND note = $2", key: "id")"#
            ), "\(name): \(found)")
        #expect(
            found.contains(
                #"22 1 query("SELECT note, id FROM things WHERE id = ANY($1)", key: "id")"#),
            "\(name): \(found)")
        #expect(found.count == 2, "\(name): \(found)")
    }
}

extension QueryLog {
    fileprivate func text(_ logged: LoggedStatement) -> String {
        String(decoding: logged.statement.bytes, as: UTF8.self)
    }
}

/// A PostgreSQL server of this test's own, which logs every statement in every format.
private final class LoggingServer {
    private let folder: String
    private let url: String

    init() throws {
        var template = Array("/tmp/tc-server-log-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer {
            String(cString: mkdtemp($0.baseAddress!))
        }
        let settings = [
            "logging_collector=on", "log_destination=stderr,csvlog,jsonlog", "log_directory=log",
            "log_filename=server.log", "log_rotation_age=0", "log_rotation_size=0",
            "log_statement=all", "log_duration=on",
        ].map { $0.replacing("=", with: "='") + "'" }.joined(separator: "\n")
        // It starts once to be made, and again with the settings.
        url = try LoggingServer.shell(
            """
            start_postgres \(folder) && crash_postgres \(folder) &&
            printf '%s\\n' "\(settings)" >>\(folder)/data/postgresql.conf &&
            start_postgres \(folder) && printf %s "$TC_TEST_POSTGRES"
            """)
        try psql("CREATE TABLE things (id BIGINT, name TEXT, note TEXT)")
    }

    deinit {
        do {
            try LoggingServer.shell("stop_postgres \(folder)")
        } catch {
            Issue.record(error)
        }
    }

    func run(_ options: String, _ body: (any Database) async throws -> Void) async throws {
        let database = try openDatabase(url: url + options, seams: SQLBed.seams)
        try await body(database)
        await database.close()
    }

    /// Runs a script by PostgreSQL's own client; its statements may fail.
    func psql(_ script: String) throws {
        let file = "\(folder)/script.sql"
        let output = try #require(fopen(file, "w"))
        fputs(script, output)
        fclose(output)
        try LoggingServer.shell(
            "\"$postgres_bin/psql\" -q -f \(file) \(url) >/dev/null 2>&1 || true")
    }

    /// What is read of the server's log, when a last statement has got into it.
    func log(_ format: String, until last: String) async throws -> QueryLog {
        let database = try openDatabase(url: url, seams: SQLBed.seams)
        _ = try await database.query("SELECT '\(last)'", []) { _ in 0 }
        let path = "\(folder)/data/log/server.\(format)"
        // The collector writes behind; each look costs it a message and gives it time.
        for _ in 0..<100_000 {
            let log = try read(path)
            if log.statements.contains(where: { $0.statement.bytes.count == last.utf8.count + 9 }) {
                await database.close()
                return log
            }
            try await database.check()
        }
        throw TCError(.io, "\(path) never got '\(last)'")
    }

    private func read(_ path: String) throws -> QueryLog {
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0, "\(path)")
        defer { close(descriptor) }
        return try QueryLog(LineReader(descriptor: descriptor, name: path))
    }

    @discardableResult
    private static func shell(_ command: String) throws -> String {
        // A server that starts must not hold the pipe that this reads to its end.
        setenv(
            "TC_TEST_SCRIPT",
            ". Tests/Support/setup.sh && . Tests/Support/postgres.sh && \(command)", 1)
        guard let output = popen("bash -c \"$TC_TEST_SCRIPT\" 3>&- </dev/null", "r") else {
            throw TCError(.io, "cannot run bash")
        }
        var text = ""
        var buffer = [CChar](repeating: 0, count: 1024)
        while fgets(&buffer, 1024, output) != nil {
            text += String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        }
        guard pclose(output) == 0 else { throw TCError(.io, "failed: \(command)") }
        return text
    }
}
