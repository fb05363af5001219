import TCStore
import Testing

@testable import TCData

@Suite("the query that replaces many")
struct BatchedQueryTests {
    private func batched(
        _ sql: String, _ varying: [Int] = [0], _ dialect: SQLDialect = .postgres
    ) throws -> BatchedQuery {
        BatchedQuery(try SQLScanner.scan(sql, dialect: dialect), varying: varying)
    }

    /// The query for a statement, with the key's name behind a bar.
    private func text(
        _ sql: String, _ varying: [Int] = [0], _ dialect: SQLDialect = .postgres
    ) throws -> String {
        switch try batched(sql, varying, dialect) {
        case .query(let query, let key): "\(query) | \(key)"
        case .none(let reason): "none: \(reason)"
        }
    }

    @Test(
        "PostgreSQL takes an array of keys",
        arguments: [
            (
                "SELECT name FROM t WHERE id = $1",
                "SELECT name, id FROM t WHERE id = ANY($1) | id"
            ),
            ("SELECT * FROM t WHERE id=$1;", "SELECT * FROM t WHERE id = ANY($1) | id"),
            (
                "SELECT t.id AS x, name FROM t WHERE id = $1::bigint AND deleted IS NULL",
                "SELECT t.id AS x, name FROM t WHERE id = ANY($1::bigint[]) AND deleted IS NULL | id"
            ),
            (
                "select a.x\nfrom a join b on a.i = b.i -- why\nwhere $1 = b.key and a.y = 'z' order by a.x",
                "select a.x, b.key from a join b on a.i = b.i where b.key = ANY($1) and a.y = 'z' order by a.x | b.key"
            ),
            (
                "SELECT a.* FROM a JOIN b USING (i) WHERE b.k = $1",
                "SELECT a.*, b.k FROM a JOIN b USING (i) WHERE b.k = ANY($1) | b.k"
            ),
            (
                "SELECT b.*, a.x FROM a JOIN b USING (i) WHERE b.k = $1",
                "SELECT b.*, a.x FROM a JOIN b USING (i) WHERE b.k = ANY($1) | b.k"
            ),
            (
                "SELECT DISTINCT kind FROM t WHERE owner IN ($1) FOR UPDATE",
                "SELECT DISTINCT kind, owner FROM t WHERE owner = ANY($1) FOR UPDATE | owner"
            ),
            (
                "SELECT lower(id) FROM t WHERE \"Key\" = $1",
                "SELECT lower(id), \"Key\" FROM t WHERE \"Key\" = ANY($1) | \"Key\""
            ),
        ])
    func postgres(_ sql: String, _ expected: String) throws { #expect(try text(sql) == expected) }

    @Test("values that are written out become the next parameter")
    func literals() throws {
        #expect(
            try text("SELECT id FROM t WHERE a = $1 AND id = -5", [1])
                == "SELECT id FROM t WHERE a = $1 AND id = ANY($2) | id")
        #expect(
            try text("SELECT id FROM t WHERE n BETWEEN 1 AND 2 AND id = 'x'", [2])
                == "SELECT id FROM t WHERE n BETWEEN 1 AND 2 AND id = ANY($1) | id")
    }

    @Test("SQLite takes a JSON array of keys")
    func sqlite() throws {
        #expect(
            try text("SELECT name FROM t WHERE id = ?", [0], .sqlite)
                == "SELECT name, id FROM t WHERE id IN (SELECT value FROM json_each(?)) | id")
    }

    @Test(
        "where none certainly gives the same, it says why",
        arguments: [
            ("INSERT INTO t VALUES ($1)", [0], "it changes rows"),
            ("WITH a AS (SELECT 1) SELECT * FROM a WHERE x = $1", [1], "common table expression"),
            ("SELECT * FROM t WHERE id = $1", [], "ask once"),
            ("SELECT * FROM t WHERE a = $1 AND b = $2", [0, 1], "2 values differ"),
            ("SELECT * FROM t WHERE a = $1 LIMIT 1", [0], "LIMIT would count"),
            ("SELECT count(*) FROM t WHERE a = $1", [0], "count would go over"),
            ("SELECT a FROM t WHERE a = $1 GROUP BY a", [0], "groups rows"),
            ("SELECT rank() OVER (ORDER BY b) FROM t WHERE a = $1", [0], "a window"),
            ("SELECT * FROM t WHERE a = $1 OR b = 1", [0], "OR stands beside"),
            ("SELECT * FROM t WHERE a > $1", [0], "'column = value'"),
            ("SELECT * FROM t WHERE lower(a) = $1", [0], "'column = value'"),
            ("SELECT * FROM t WHERE a = $1 + 1", [0], "'column = value'"),
            ("SELECT * FROM t WHERE a = $1 AND b = $1", [0], "2 values"),
            ("SELECT $1 FROM t WHERE b = 2", [0], "not in a condition of WHERE"),
            ("SELECT * FROM t WHERE x IN (SELECT y FROM u WHERE a = $1)", [0], "'column = value'"),
            ("SELECT * FROM t WHERE a = $1 UNION SELECT 1", [0], "it has UNION"),
            ("SELECT f($1)", [0], "no WHERE"),
            ("SELECT DISTINCT ON (a) a FROM t WHERE a = $1", [0], "DISTINCT ON"),
            ("SELECT FORM t x y z WHERE a = $1", [0], "cannot be parsed"),
            ("SET x = 1", [0], "no SELECT"),
            ("SELECT FROM t WHERE a = $1", [0], "selects no column"),
        ])
    func underivable(_ sql: String, _ varying: [Int], _ reason: String) throws {
        let varying = sql.contains("b = $1") ? [0, 1] : varying
        #expect(try text(sql, varying).contains("none: ") && text(sql, varying).contains(reason))
    }

    /// Statements with one key, over the tables of the corpus.
    private static let statements = [
        "SELECT kind, n FROM events WHERE vehicle = $1",
        "SELECT * FROM events WHERE vehicle = $1 AND n > 1",
        "SELECT v.name, e.kind FROM vehicles v JOIN events e ON e.vehicle = v.id WHERE v.id = $1",
        "SELECT DISTINCT kind FROM events WHERE $1 = events.vehicle ORDER BY kind",
        "SELECT name AS n FROM vehicles AS v WHERE v.id IN ($1) AND name IS NOT NULL",
        "SELECT e.* FROM events e, vehicles v WHERE e.vehicle = v.id AND v.id = $1 AND e.n BETWEEN 0 AND 9",
    ]

    @Test("on SQLite it gives the rows that the many give")
    func sameRowsSQLite() async throws {
        try await sameRows(try await SQLBed.open(.sqlite, "batched"), "[1, 2, 3, 4]")
    }

    @Test(
        "on PostgreSQL it gives the rows that the many give",
        .enabled(if: SQLBed.serverURL != nil, SQLBed.absence))
    func sameRowsPostgres() async throws {
        try await sameRows(try await SQLBed.open(.postgres, "batched"), "{1, 2, 3, 4}")
    }

    private func sameRows(_ database: any Database, _ keys: String) async throws {
        let dialect = database.dialect
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO vehicles (id, owner, name) VALUES
                (2, 'u1', 'b'), (3, 'u2', NULL), (5, 'u1', 'e')
                """)
            try connection.execute(
                """
                INSERT INTO events (vehicle, kind, n) VALUES
                (2, 'on', 1), (2, 'on', 3), (3, 'off', 0), (5, 'on', 4)
                """)
        }
        for sql in BatchedQueryTests.statements {
            guard case .query(let query, let key) = try batched(sql, [0], dialect) else {
                Issue.record("no query for \(sql)")
                continue
            }
            var single: [String] = []
            for value in 1...4 {
                let rows = try await rows(of: sql, [.integer(Int64(value))], database)
                // The key comes with the row where it did not before.
                single += rows.map { row in
                    query.contains(", \(key) FROM") ? "\(row) \(value)" : row
                }
            }
            let literal = query.replacing("$1", with: "'\(keys)'")
            let batch = try await rows(of: String(literal), [], database)
            #expect(batch.sorted() == single.sorted(), "\(query)")
            #expect(!single.isEmpty, "\(sql)")
        }
        await database.close()
    }

    private func rows(
        of sql: String, _ parameters: [SQLValue], _ database: any Database
    ) async throws -> [String] {
        try await database.query(sql, parameters) { row in
            try (0..<row.columnCount).map { column in
                switch try row.value(column) {
                case .null: "null"
                case .integer(let value): "\(value)"
                case .real(let value): "\(value)"
                case .text(let text): text
                case .bytes(let bytes): "\(bytes)"
                }
            }.joined(separator: " ")
        }
    }
}
