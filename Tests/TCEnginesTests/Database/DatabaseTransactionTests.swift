import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Transactions: all or nothing, alone or as if alone.
struct DatabaseTransactionTests {
    private struct Refused: Error, Equatable {}

    @Test(arguments: DatabaseEngine.present)
    func whatABodyThrowsUndoesWhatItDid(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        await #expect(throws: Refused()) {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                throw Refused()
            }
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 0)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aSwallowedFailureCommitsNothing(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT PRIMARY KEY)")
        let violation = ConstraintViolation(kind: .unique, name: "t_pkey")
        await #expect(throws: violation) {
            try await database.write { connection in
                try connection.execute("INSERT INTO t VALUES (1)")
                #expect(throws: violation) { try connection.execute("INSERT INTO t VALUES (1)") }
                #expect(throws: TCError(.bug, "an earlier statement of this transaction failed")) {
                    try connection.execute("INSERT INTO t VALUES (2)")
                }
            }
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 0)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aReadMayNotWrite(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE t (n BIGINT)", "INSERT INTO t VALUES (1)")
        let writes = [
            "INSERT INTO t VALUES (2)", "UPDATE t SET n = 2", "DELETE FROM t",
            "CREATE TABLE u (n BIGINT)",
            "DROP TABLE t", "INSERT INTO t VALUES (3) RETURNING n",
        ]
        for sql in writes {
            #expect(await kind { try await database.query(sql, []) { _ in } } == .notPermitted)
            #expect(
                await kind { try await database.read { try $0.execute(sql) } } == .notPermitted)
        }
        #expect(try await database.integer("SELECT sum(n) FROM t") == 1)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aReadSeesOneStateThroughout(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        let (hasRead, hasWritten) = (try Event(), try Event())
        async let counts = database.read { connection in
            let count = { try connection.first("SELECT count(*) FROM t", []) { try $0.integer(0) } }
            let first = try count()
            hasRead.happen()
            hasWritten.wait()
            return [first, try count()]
        }
        await hasRead.happened()
        try await database.execute("INSERT INTO t VALUES (1)")
        hasWritten.happen()
        #expect(try await counts == [0, 0])
        #expect(try await database.integer("SELECT count(*) FROM t") == 1)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func noIncrementIsLost(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE t (n BIGINT)", "INSERT INTO t VALUES (0)"
        ) { $0.attempts = 1000 }
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<15 {
                        try await database.write { connection in
                            let n = try connection.first("SELECT n FROM t", []) {
                                try $0.integer(0)
                            }
                            try connection.execute(
                                "UPDATE t SET n = $1", [.integer(try #require(n) + 1)])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.integer("SELECT n FROM t") == 120)
        await database.close()
    }

    /// Two doctors are on call; each may leave if another stays. Weaker isolation lets both leave.
    @Test(arguments: DatabaseEngine.present)
    func noWriteIsSkewed(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE doctors (name TEXT PRIMARY KEY, on_call BIGINT)",
            "INSERT INTO doctors VALUES ('ada', 1), ('bea', 1)")
        for _ in 0..<20 {
            try await database.execute("UPDATE doctors SET on_call = 1")
            try await withThrowingTaskGroup { group in
                for name in ["ada", "bea"] {
                    group.addTask {
                        try await database.write { connection in
                            let count = try connection.first(
                                "SELECT sum(on_call) FROM doctors", []
                            ) { try $0.integer(0) }
                            guard count == 2 else { return }
                            try connection.execute(
                                "UPDATE doctors SET on_call = 0 WHERE name = $1", [.text(name)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.integer("SELECT sum(on_call) FROM doctors") == 1)
        }
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func moneyMovedByManyAtOnceAddsUp(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: "CREATE TABLE accounts (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)",
            "INSERT INTO accounts VALUES (0, 1000), (1, 1000), (2, 1000), (3, 1000), (4, 1000)"
        ) { $0.attempts = 1000 }
        let sums = Collected<Int64>()
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    var random = SplitMix(seed: UInt64(task))
                    for _ in 0..<20 {
                        let from = Int64.random(in: 0..<5, using: &random)
                        let to = (from + Int64.random(in: 1..<5, using: &random)) % 5
                        let amount = Int64.random(in: 1...100, using: &random)
                        try await database.write { connection in
                            for (id, change) in [(from, -amount), (to, amount)] {
                                try connection.execute(
                                    "UPDATE accounts SET balance = balance + $1 WHERE id = $2",
                                    [.integer(change), .integer(id)])
                            }
                        }
                        let sum = try await database.integer("SELECT sum(balance) FROM accounts")
                        sums.add(try #require(sum))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(sums.values) == [5000])
        await database.close()
    }

    @Test(.enabled(if: DatabaseEngine.serverURL != nil, DatabaseEngine.absence))
    func aTransactionThatAlwaysCollidesIsGivenUp() async throws {
        let bed = try await DatabaseBed(.postgres)
        let database = try bed.open { $0.attempts = 3 }
        let runs = Collected<Int>()
        let error = await #expect(throws: TCError.self) {
            try await database.write { connection in
                runs.add(1)
                try connection.execute(
                    "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")
            }
        }
        #expect(error?.kind == .tryAgain)
        #expect(error?.message == "the transaction collided with others 3 times")
        #expect(runs.values.count == 3)
        await database.close()
    }
}
