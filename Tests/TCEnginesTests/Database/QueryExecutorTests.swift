import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Tasks on the thread that takes the answers.
@Suite(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence))
struct QueryExecutorTests {
    @Test func tasksRunWhereTheAnswersCome() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT PRIMARY KEY)") {
            $0.poolSize = 4
            $0.waitLimit = .seconds(60)
        }
        let executor = try #require(database.queryExecutor)
        try await withThrowingTaskGroup { group in
            for task in 0..<16 {
                group.addTask(executorPreference: executor) {
                    for step in 0..<50 {
                        let n = Int64(task * 50 + step)
                        try await database.execute("INSERT INTO t VALUES ($1)", [.integer(n)])
                        #expect(
                            try await database.integer(
                                "SELECT n FROM t WHERE n = $1", [.integer(n)])
                                == n)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 800)
        await database.close()
    }

    @Test func suchATaskOutlivesTheDatabase() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try bed.open()
        try await withTaskExecutorPreference(database.queryExecutor) {
            try await database.check()
            await database.close()
            #expect(await kind { try await database.check() } == .unavailable)
            for _ in 0..<100 { await Task.yield() }
        }
    }

    @Test func suchATaskMayComeBeforeTheFirstCall() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try bed.open()
        let sum = await withTaskExecutorPreference(database.queryExecutor) {
            await withTaskGroup { group in
                for n in 0..<100 {
                    group.addTask {
                        await Task.yield()
                        return n
                    }
                }
                return await group.reduce(0, +)
            }
        }
        #expect(sum == 4950)
        await database.close()
    }

    @Test func anEndlessStatementOfSuchATaskIsCancelled() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try bed.open {
            $0.poolSize = 2
            $0.writeReserve = 0
        }
        // Prepared on both connections, so that no lane is needed for them.
        let endless = "SELECT pg_sleep(CAST($1 AS BIGINT))"
        @Sendable func linger(_ seconds: Int64) async throws {
            _ = try await database.query(endless, [.integer(seconds)]) { _ in }
        }
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 { group.addTask { try await linger(1) } }
            try await group.waitForAll()
        }
        let task = Task(executorPreference: database.queryExecutor) { try await linger(3600) }
        while try await database.integer(
            "SELECT count(*) FROM pg_stat_activity WHERE query = $1 AND state = 'active'",
            [.text(endless)]) == 0
        { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await database.check()
        await database.close()
    }
}
