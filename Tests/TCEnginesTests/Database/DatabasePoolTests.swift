import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Waiting for a connection, and no longer wanting the answer.
struct DatabasePoolTests {
    @Test(arguments: DatabaseEngine.present)
    func twoHundredTasksShareFiveConnections(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT PRIMARY KEY)") {
            $0.poolSize = 5
        }
        let changes = Collected<Int>()
        try await withThrowingTaskGroup { group in
            for n in 0..<200 {
                group.addTask {
                    try await database.write {
                        try $0.execute("INSERT INTO t VALUES ($1)", [.integer(Int64(n))])
                    }
                    let found = try await database.read { connection in
                        changes.add(1)
                        defer { changes.add(-1) }
                        return try connection.first(
                            "SELECT n FROM t WHERE n = $1", [.integer(Int64(n))]
                        ) { try $0.integer(0) }
                    }
                    #expect(found == Int64(n))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 200)
        let running = changes.values.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
        #expect((1...5).contains(running.max() ?? 0))
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func callsAreServedInTheOrderInWhichTheyCame(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open {
            $0.poolSize = 1
            $0.waitLimit = .seconds(60)
        }
        let hold = try await Hold(database)
        let order = Collected<Int>()
        await withThrowingTaskGroup { group in
            for n in 0..<20 {
                let waits = waiting(database)
                group.addTask { try await database.write { _ in order.add(n) } }
                while waiting(database) == waits { await Task.yield() }
            }
            hold.letGo()
        }
        try await hold.end()
        #expect(order.values == Array(0..<20))
        await database.close()
    }

    /// A call that keeps the only connection that writes.
    private final class Hold {
        private let mayGo: Event
        private let call: Task<Void, any Error>

        init(_ database: any Database) async throws {
            let (isHeld, mayGo) = (try Event(), try Event())
            self.mayGo = mayGo
            // Waited for by `end`.
            call = Task {
                try await database.write { _ in
                    isHeld.happen()
                    mayGo.wait()
                }
            }
            await isHeld.happened()
        }

        func letGo() { mayGo.happen() }

        func end() async throws {
            letGo()
            try await call.value
        }
    }

    /// How many calls wait for a connection.
    private func waiting(_ database: any Database) -> Int { database.poolStatus?.waiting ?? 0 }

    @Test(arguments: DatabaseEngine.present)
    func aWaitIsBoundedAndSaysWhatItWaitedFor(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open {
            $0.poolSize = 1
            $0.waitLimit = .milliseconds(200)
        }
        let hold = try await Hold(database)
        let error = await #expect(throws: TCError.self) { try await database.write { _ in } }
        #expect(error?.kind == .tryAgain)
        let message = try #require(error?.message)
        #expect(
            message.hasPrefix("waited ") && message.contains("ms for one of the 1 connections "))
        try await hold.end()
        try await database.write { _ in }
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func onlySoManyCallsMayWait(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open {
            $0.poolSize = 1
            $0.waitLimit = .seconds(60)
            $0.queueLimit = 1
        }
        let hold = try await Hold(database)
        async let first: Void = database.write { _ in }
        while waiting(database) == 0 { await Task.yield() }
        let error = await #expect(throws: TCError.self) { try await database.write { _ in } }
        #expect(error?.kind == .tryAgain)
        #expect(error?.message.hasPrefix("1 calls wait for the 1 connections ") == true)
        try await hold.end()
        try await first
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aCancelledCallNoLongerWaits(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open {
            $0.poolSize = 1
            $0.waitLimit = .seconds(60)
        }
        let hold = try await Hold(database)
        let task = Task { try await database.write { _ in Issue.record("a cancelled call ran") } }
        while waiting(database) == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await hold.end()
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aCancelledStatementStopsAndNothingHasHappened(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") { $0.poolSize = 1 }
        let hasBegun = try Event()
        let task = Task {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                hasBegun.happen()
                try connection.execute(endlessSQL)
            }
        }
        await hasBegun.happened()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await database.integer("SELECT count(*) FROM t") == 0)
        if engine == .postgres {
            let count = try await database.integer(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE state = 'active' AND query LIKE 'WITH RECURSIVE%' AND pid <> pg_backend_pid()
                    AND query LIKE '%' || current_schema()
                """)
            #expect(count == 0)
        }
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await database.write { _ in Issue.record("a cancelled call ran") }
        }
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aStatementMayNotTakeTooLong(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let patient = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        let database = try bed.open { $0.statementTimeout = .milliseconds(500) }
        let error = await #expect(throws: TCError.self) {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.execute(endlessSQL)
            }
        }
        #expect(error?.kind == .tryAgain)
        #expect(error?.message.contains("500ms") == true)
        #expect(await kind { try await database.integer(endlessSQL) } == .tryAgain)
        #expect(try await patient.integer("SELECT count(*) FROM t") == 0)
        await database.close()
        await patient.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func closingLetsWhatRunsEndAndRefusesTheRest(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") {
            $0.poolSize = 1
            $0.waitLimit = .seconds(60)
        }
        let (isHeld, mayGo) = (try Event(), try Event())
        async let held: Void = database.write { connection in
            isHeld.happen()
            mayGo.wait()
            try connection.execute("INSERT INTO t VALUES (1)")
        }
        await isHeld.happened()
        async let waits = kind { try await database.write { _ in } }
        while waiting(database) == 0 { await Task.yield() }
        async let closed: Void = database.close()
        #expect(await waits == .unavailable)
        mayGo.happen()
        try await held
        await closed
        #expect(await kind { try await database.check() } == .unavailable)
        let again = try bed.open()
        #expect(try await again.integer("SELECT count(*) FROM t") == 1)
        await again.close()
    }
}
