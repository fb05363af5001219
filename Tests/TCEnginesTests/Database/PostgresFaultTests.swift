import TCCore
import TCStore
import Testing

@testable import TCEngines

/// What a server and the way to it can do to a call.
@Suite(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence))
struct PostgresFaultTests {
    private let processId = "SELECT pg_backend_pid()"

    private func terminate(_ process: Int64?, _ database: any Database) async throws {
        let process = SQLValue(process)
        #expect(
            try await database.integer("SELECT pg_terminate_backend(CAST($1 AS int))", [process])
                == 1)
        while try await database.integer(
            "SELECT count(*) FROM pg_stat_activity WHERE pid = $1", [process]) != 0
        { await Task.yield() }
    }

    @Test func aSessionThatIsKilledFailsOnlyWhatWasInFlight() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") { $0.poolSize = 1 }
        let other = try bed.open()
        let (hasBegun, isKilled) = (try Event(), try Event())
        let process = Collected<Int64>()
        async let result = kind {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                process.add(try connection.first(processId, []) { try $0.integer(0) } ?? 0)
                hasBegun.happen()
                isKilled.wait()
                try connection.execute("INSERT INTO t VALUES (2)")
            }
        }
        await hasBegun.happened()
        try await terminate(process.values.first, other)
        isKilled.happen()
        #expect(await result == .unavailable)
        try await database.execute("INSERT INTO t VALUES (3)")
        #expect(try await database.integer("SELECT sum(n) FROM t") == 3)
        await database.close()
        await other.close()
    }

    @Test func aSessionThatWasKilledWhileIdleIsReplacedQuietly() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") { $0.poolSize = 1 }
        let other = try bed.open()
        try await terminate(try await database.integer(processId), other)
        #expect(try await database.integer("SELECT count(*) FROM t") == 0)
        try await terminate(try await database.integer(processId), other)
        try await database.execute("INSERT INTO t VALUES (1)")
        try await terminate(try await database.integer(processId), other)
        let count = try await database.read {
            try $0.first("SELECT count(*) FROM t", []) { try $0.integer(0) }
        }
        #expect(count == 1)
        await database.close()
        await other.close()
    }

    @Test func aCommitWhoseEndIsNotKnownSaysSo() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try await bed.opened(
            with: "CREATE TABLE t (n BIGINT)",
            """
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
            """,
            """
            CREATE CONSTRAINT TRIGGER die AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.n = 13) EXECUTE FUNCTION die()
            """)
        let error = await #expect(throws: UnknownOutcome.self) {
            try await database.execute("INSERT INTO t VALUES (13)")
        }
        #expect(error?.tcError.kind == .unavailable)
        try await database.execute("INSERT INTO t VALUES (1)")
        #expect(try await database.integer("SELECT sum(n) FROM t") == 1)
        await database.close()
    }

    @Test func nothingOfASessionReachesTheNextCaller() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") { $0.poolSize = 1 }
        @Sendable func settings() async throws -> [String] {
            try await database.query(
                """
                SELECT concat_ws(' ', current_setting('search_path'), current_setting('work_mem'),
                    current_setting('default_transaction_read_only'), pg_backend_pid(),
                    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND
                        pid = pg_backend_pid()), to_regclass('pg_temp.mine'),
                    (SELECT count(*) FROM pg_listening_channels()))
                """, []
            ) { try $0.text(0) }
        }
        let before = try await settings()
        let changes = [
            "SET search_path TO nowhere", "SELECT set_config('work_mem', '1MB', false)",
            "SET default_transaction_read_only TO off", "SELECT pg_advisory_lock(7)",
            "CREATE TEMP TABLE mine (n BIGINT)", "LISTEN mine", "SET ROLE pg_monitor",
        ]
        for change in changes {
            try await database.write { try $0.execute(change) }
            #expect(try await settings() == before, "\(change)")
            // A single read may change as much, but for what a transaction that reads refuses.
            guard change.hasPrefix("S") else { continue }
            _ = try await database.query(change, []) { _ in }
            #expect(try await settings() == before, "\(change), alone")
        }
        await database.close()
    }

    @Test func noErrorShowsThePassword() async throws {
        let server = try #require(DatabaseEngine.serverURL)
        let place = try #require(server.split(separator: "@").last)
        let wrong = try openDatabase(url: "postgres://tc:hunter2@\(place)", seams: .machine)
        let error = await #expect(throws: TCError.self) { try await wrong.check() }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains("hunter2") == false)
        await wrong.close()
        let bad = [
            "postgres://tc:hunter2@[::1/x", "postgres://tc:hunter2@h/x?nonsense=1",
            "postgres://tc:hunter2@h/x?replicas=a",
            "mysql://tc:hunter2@h/x", "postgres://tc:hunter2%ZZ@h/x",
        ]
        for url in bad {
            let error = #expect(throws: TCError.self) {
                try openDatabase(url: url, seams: .machine)
            }
            #expect(error?.kind == .configuration, "\(url)")
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test func aServerThatIsNotThereIsUnavailableAtOnce() async throws {
        // Nothing listens on the port for "no port".
        let database = try openDatabase(
            url: "postgres://tc:hunter2@127.0.0.1:1/x", seams: .machine)
        let error = await #expect(throws: TCError.self) { try await database.check() }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.hasPrefix("cannot connect to '127.0.0.1:1/x': ") == true)
        await database.close()
    }

    @Test func aServerThatComesBackIsUsedAgain() async throws {
        let server = try TestServer()
        let bed = try await DatabaseBed(.postgres, server: server.url)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        try server.crash()
        #expect(
            await kind { try await database.execute("INSERT INTO t VALUES (2)") } == .unavailable)
        #expect(await kind { try await database.check() } == .unavailable)
        try server.start()
        try await database.execute("INSERT INTO t VALUES (4)")
        #expect(try await database.integer("SELECT sum(n) FROM t") == 5)
        await database.close()
    }

    @Test func aPausedServerGivesTimeOutsAndThenGoesOn() async throws {
        let server = try TestServer()
        let bed = try await DatabaseBed(.postgres, server: server.url)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") {
            $0.poolSize = 2
            $0.waitLimit = .milliseconds(300)
            $0.connectTimeout = .seconds(3)
            $0.statementTimeout = .seconds(1)
        }
        try await database.execute("INSERT INTO t VALUES (1)")
        try server.pause()
        let kinds = await withTaskGroup(of: TCError.Kind?.self) { group in
            for _ in 0..<30 { group.addTask { await kind { try await database.check() } } }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(kinds.isSubset(of: [.unavailable, .tryAgain]))
        #expect(kinds.contains(.unavailable) && kinds.contains(.tryAgain))
        let cancelled = Task { try await database.check() }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        try server.resume()
        try await database.execute("INSERT INTO t VALUES (2)")
        #expect(try await database.integer("SELECT sum(n) FROM t") == 3)
        await database.close()
    }

    @Test func aCancellationThatThePausedServerDoesNotHearEndsTheCall() async throws {
        let server = try TestServer()
        let bed = try await DatabaseBed(.postgres, server: server.url)
        let database = try bed.open { $0.poolSize = 1 }
        let (hasBegun, isPaused) = (try Event(), try Event())
        let task = Task {
            try await database.read { connection in
                try connection.execute("SELECT 1")
                hasBegun.happen()
                isPaused.wait()
                try connection.execute("SELECT 2")
            }
        }
        await hasBegun.happened()
        try server.pause()
        isPaused.happen()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try server.resume()
        try await database.check()
        await database.close()
    }

    @Test func whatWasAcknowledgedSurvivesACrashOfTheServer() async throws {
        let server = try TestServer()
        let bed = try await DatabaseBed(.postgres, server: server.url)
        let database = try await bed.opened(with: "CREATE TABLE acknowledged (n BIGINT)")
        let process = try AcknowledgingProcess(bed.url)
        var told = process.numbers(300)
        try server.crash()
        told += process.numbers(.max)
        try server.start()
        let kept = Set(
            try await database.query("SELECT n FROM acknowledged", []) { try $0.integer(0) })
        #expect(told.count >= 300)
        #expect(told.filter { !kept.contains($0) }.isEmpty)
        await database.close()
    }
}
