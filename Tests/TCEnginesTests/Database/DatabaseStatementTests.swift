import TCCore
import TCStore
import Testing

@testable import TCEngines

/// Statements, and what they may not do.
struct DatabaseStatementTests {
    @Test(arguments: DatabaseEngine.present)
    func aConstraintIsToldByItsName(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(
            with: """
                CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE,
                    age BIGINT CONSTRAINT users_age_positive CHECK (age > 0), tenant TEXT, nick TEXT,
                    UNIQUE (tenant, nick))
                """,
            "CREATE UNIQUE INDEX users_by_age ON users (age, tenant)",
            "CREATE TABLE tags (name TEXT)",
            "CREATE UNIQUE INDEX tags_lower_name ON tags (lower(name))",
            "INSERT INTO tags VALUES ('Blue')",
            "CREATE TABLE cars (id BIGINT PRIMARY KEY, owner TEXT NOT NULL REFERENCES users (id))",
            "INSERT INTO users VALUES ('u1', 'a@x', 30, 't', 'Nick')")
        let insert = "INSERT INTO users VALUES ($1, $2, $3, $4, $5)"
        let cases: [(String, [SQLValue], ConstraintViolation)] = [
            (insert, ["u1", "b@x", 1, nil, nil], .init(kind: .unique, name: "users_pkey")),
            (insert, ["u2", "a@x", 1, nil, nil], .init(kind: .unique, name: "users_email_key")),
            (
                insert, ["u2", "b@x", 1, "t", "Nick"],
                .init(kind: .unique, name: "users_tenant_nick_key")
            ),
            (insert, ["u2", "b@x", 30, "t", "N"], .init(kind: .unique, name: "users_by_age")),
            (
                "INSERT INTO tags VALUES ($1)", ["bLUE"],
                .init(kind: .unique, name: "tags_lower_name")
            ),
            (insert, ["u2", "b@x", 0, nil, nil], .init(kind: .check, name: "users_age_positive")),
            (insert, ["u2", nil, 1, nil, nil], .init(kind: .notNull, name: "users.email")),
            (
                "INSERT INTO cars VALUES ($1, $2)", [1, "nobody"],
                .init(
                    kind: .foreignKey, name: engine == .sqlite ? nil : "cars_owner_fkey")
            ),
        ]
        for (sql, values, expected) in cases {
            await #expect(throws: expected) { try await database.execute(sql, values) }
        }
        #expect(try await database.integer("SELECT count(*) FROM users") == 1)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func changesAreCountedAndReturned(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (k TEXT PRIMARY KEY, n BIGINT)")
        let upsert = """
            INSERT INTO t VALUES ($1, $2)
            ON CONFLICT (k) DO UPDATE SET n = t.n + excluded.n RETURNING n
            """
        let counts = try await database.write { connection in
            let returned = try [SQLValue](arrayLiteral: 1, 10).flatMap {
                try connection.query(upsert, ["a", $0]) { try $0.integer(0) }
            }
            #expect(returned == [1, 11])
            return [
                try connection.execute("INSERT INTO t VALUES ('b', 1), ('c', 2)"),
                try connection.execute("INSERT INTO t VALUES ('b', 1) ON CONFLICT DO NOTHING"),
                try connection.execute("UPDATE t SET n = n + 1 WHERE n < $1", [5]),
                try connection.execute("CREATE TABLE other (n BIGINT)"),
                try connection.execute("SELECT n FROM t"),
                try connection.execute("WITH x AS (SELECT 1) SELECT * FROM x"),
                try connection.execute("  -- all\n /* of */ DELETE FROM t"),
            ]
        }
        #expect(counts == [2, 0, 2, 0, 0, 0, 3])
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aBatchIsManyOrNone(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (k BIGINT PRIMARY KEY, b BYTEA)")
        let insert = "INSERT INTO t VALUES ($1, $2)"
        // More than goes in one round trip, by count and by bytes.
        let rows = (0..<3000).map {
            [SQLValue.integer(Int64($0)), .bytes(Array(repeating: 7, count: 2000))]
        }
        #expect(try await database.write { try $0.execute(insert, batch: rows) } == 3000)
        #expect(try await database.write { try $0.execute(insert, batch: []) } == 0)
        let broken = (3000..<5000).map { [SQLValue.integer($0 == 4700 ? 5 : Int64($0)), nil] }
        await #expect(throws: ConstraintViolation(kind: .unique, name: "t_pkey")) {
            try await database.write { try $0.execute(insert, batch: broken) }
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 3000)
        let changes = try await database.write {
            try $0.execute("UPDATE t SET b = NULL WHERE k < $1", batch: [[10], [0], [20]])
        }
        #expect(changes == 30)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aRowClosureMayNotUseTheConnection(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        try await database.execute("INSERT INTO t VALUES (1), (2)")
        await #expect(
            throws: TCError(.bug, "a connection must not be used while it hands out a row")
        ) {
            try await database.read { connection in
                try connection.query("SELECT n FROM t") { _ in
                    try connection.execute("SELECT 1")
                }
            }
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 2)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func whatARowClosureThrowsEndsNoTransaction(_ engine: DatabaseEngine) async throws {
        struct Refused: Error {}
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        try await database.write { connection in
            #expect(throws: Refused.self) {
                try connection.query("INSERT INTO t VALUES (1), (2) RETURNING n") { _ in
                    throw Refused()
                }
            }
        }
        #expect(try await database.integer("SELECT count(*) FROM t") == 2)
        await database.close()
    }

    @Test(
        arguments: DatabaseEngine.present,
        ["BEGIN", "commit", " /* x */ ROLLBACK", "SAVEPOINT a", "-- c\nEND"])
    func aStatementMayNotEndTheTransaction(_ engine: DatabaseEngine, _ sql: String) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try bed.open()
        #expect(await kind { try await database.write { try $0.execute(sql) } } == .bug)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func thereIsOneStatementAtATime(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)")
        #expect(
            await kind {
                try await database.execute("INSERT INTO t VALUES (1); DROP TABLE t")
            } == .bug)
        #expect(try await database.integer("SELECT count(*) FROM t;") == 0)
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aStatementThatIsWrongIsToldWithItsTextAndWithoutValues(
        _ engine: DatabaseEngine
    )
        async throws
    {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT, s TEXT)")
        let error = await #expect(throws: TCError.self) {
            try await database.execute("INSERT INTO missing VALUES ($1)", ["secret-value"])
        }
        #expect(error?.kind == .bug)
        #expect(error?.message.contains("INSERT INTO missing") == true)
        #expect(error?.message.contains("secret-value") == false)
        if engine == .postgres {
            let refused = await #expect(throws: TCError.self) {
                try await database.execute("INSERT INTO t (n) VALUES ($1)", ["secret-value"])
            }
            #expect(refused?.kind == .badInput)
            #expect(refused?.message.contains("secret-value") == false)
        }
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func preparedStatementsComeAndGoWithinTheirLimit(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") {
            $0.poolSize = 1
            $0.statementLimit = 3
        }
        try await database.execute("INSERT INTO t VALUES (1)")
        for _ in 0..<3 {
            for n in 0..<7 {
                #expect(
                    try await database.integer("SELECT n + \(n) FROM t WHERE n = $1", [1])
                        == Int64(1 + n))
            }
        }
        if engine == .postgres {
            let kept = try await database.integer("SELECT count(*) FROM pg_prepared_statements")
            #expect(kept == 3)
        }
        await database.close()
    }

    @Test(arguments: DatabaseEngine.present)
    func aChangedSchemaDoesNotBreakWhatWasPrepared(_ engine: DatabaseEngine) async throws {
        let bed = try await DatabaseBed(engine)
        let database = try await bed.opened(with: "CREATE TABLE t (n BIGINT)") { $0.poolSize = 1 }
        try await database.execute("INSERT INTO t VALUES (1)")
        let other = try bed.open()
        @Sendable func columns(_ row: any SQLRow) -> Int { row.columnCount }
        for expected in 1...3 {
            let found = try await database.query("SELECT * FROM t", [], columns)
            let inRead = try await database.read { try $0.query("SELECT * FROM t", columns) }
            let inWrite = try await database.write { connection in
                _ = try connection.execute("UPDATE t SET n = n + 1")
                return try connection.query("SELECT * FROM t", columns)
            }
            #expect([found, inRead, inWrite] == [[expected], [expected], [expected]])
            try await other.execute("ALTER TABLE t ADD COLUMN c\(expected) TEXT")
        }
        #expect(try await database.integer("SELECT n FROM t") == 4)
        await database.close()
        await other.close()
    }
}
