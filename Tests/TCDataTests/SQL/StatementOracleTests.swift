import TCCore
import TCEngines
import TCStore
import Testing

@testable import TCData

/// The engines themselves say whether what we call a read is one.
@Suite("reads, asked of the engines")
struct StatementOracleTests {
    private static func reads(_ dialect: SQLDialect) -> [String] {
        // Parameters would need values of the right types, and make no difference to the question.
        StatementCorpus.entries
            .filter { $0.dialect == dialect && $0.doubt == nil && !$0.sql.contains("$1") }
            .map(\.sql)
    }

    @Test("SQLite's sqlite3_stmt_readonly agrees, and each runs")
    func sqlite() async throws {
        let database = try await SQLBed.open(.sqlite, "reads")
        for sql in StatementOracleTests.reads(.sqlite) {
            do {
                // The driver refuses here what the library does not call read-only.
                _ = try await database.query(sql, []) { _ in 0 }
            } catch {
                Issue.record("\(sql): \(error)")
            }
        }
        await database.close()
    }

    @Test(
        "PostgreSQL runs each in a transaction that is read-only",
        .enabled(if: SQLBed.serverURL != nil, SQLBed.absence))
    func postgresReadOnly() async throws {
        let database = try await SQLBed.open(.postgres, "reads_only")
        for sql in StatementOracleTests.reads(.postgres) {
            do {
                _ = try await database.query(sql, []) { _ in 0 }
            } catch {
                Issue.record("\(sql): \(error)")
            }
        }
        await database.close()
    }

    @Test(
        "PostgreSQL gives none of them a transaction's number, a sequence's value or a lock",
        .enabled(if: SQLBed.serverURL != nil, SQLBed.absence))
    func postgresEffects() async throws {
        let database = try await SQLBed.open(.postgres, "reads_effects")
        for sql in StatementOracleTests.reads(.postgres) {
            let effects = try await effects(of: sql, database)
            // Planning a write locks its table in the mode of a writer, and nothing in it.
            let isPlan =
                sql.hasPrefix("EXPLAIN")
                && ["INSERT", "UPDATE", "DELETE"].contains { sql.contains($0) }
            #expect(effects == ["none", isPlan ? effects[1] : "0", "false"], "\(sql)")
        }
        // What does have an effect is seen to have it.
        let row = "SELECT * FROM vehicles WHERE id = 1 FOR NO KEY UPDATE"
        #expect(try await effects(of: row, database)[0] != "none")
        #expect(try await effects(of: "SELECT pg_advisory_xact_lock(7)", database)[1] == "1")
        #expect(try await effects(of: "SELECT nextval('numbers')", database)[2] == "true")
        await database.close()
    }

    /// The number of the transaction that a statement ran in, where it got one, how many locks it
    /// holds beyond a reader's, and whether the sequence has given a value.
    private func effects(of sql: String, _ database: any Database) async throws -> [String] {
        try await database.write { connection in
            _ = try connection.query(sql, []) { _ in 0 }
            return try connection.first(
                """
                SELECT coalesce(pg_current_xact_id_if_assigned()::text, 'none'),
                    (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()
                        AND (locktype = 'advisory' OR locktype = 'relation' AND mode NOT IN
                            ('AccessShareLock', 'SIReadLock')))::text,
                    (SELECT is_called FROM numbers)::text
                """, []
            ) { row in [try row.text(0), try row.text(1), try row.text(2)] } ?? []
        }
    }

    @Test(
        "a text made of pieces of reads and writes that is called a read has no effect either",
        .enabled(if: SQLBed.serverURL != nil, SQLBed.absence), arguments: 0..<2)
    func postgresSpliced(_ seed: UInt64) async throws {
        var random = SQLRandom(seed)
        let database = try await SQLBed.open(.postgres, "spliced_\(seed)")
        let texts = StatementCorpus.entries
            .filter { $0.dialect == .postgres && !$0.sql.contains("$1") }.map(\.sql)
        var (ran, called) = (0, 0)
        for _ in 0..<(isFullRun ? 1500 : 500) {
            let sql = SQLFragments.splice(texts, &random)
            guard StatementClass(of: sql, dialect: .postgres) == .certainlyRead else { continue }
            called += 1
            // Most are wrong for another reason: a column that is not there.
            if let effects = try? await effects(of: sql, database) {
                ran += 1
                let isPlan = sql.uppercased().contains("EXPLAIN")
                #expect(effects == ["none", isPlan ? effects[1] : "0", "false"], "\(seed): \(sql)")
            }
        }
        #expect(called > 10 && ran > 0, "seed \(seed): \(called) called reads, \(ran) ran")
        await database.close()
    }

    @Test(
        "no function and no operator that is trusted has a volatile variant",
        .enabled(if: SQLBed.serverURL != nil, SQLBed.absence))
    func functions() async throws {
        let database = try openDatabase(url: #require(SQLBed.serverURL), seams: SQLBed.seams)
        let volatile = try await database.query(
            """
            SELECT DISTINCT p.proname FROM pg_proc p
            WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.provolatile = 'v'
            UNION SELECT DISTINCT o.oprname FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
            WHERE p.provolatile = 'v'
            """, []
        ) { try $0.text(0) }
        let known = try await database.query(
            """
            SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
            UNION SELECT oprname FROM pg_operator
            """, []
        ) { try $0.text(0) }
        #expect(volatile.contains("nextval"))
        for name in volatile {
            #expect(!SQLFunctions.postgresReading.contains(name), "\(name)")
            #expect(!SQLFunctions.isKnown(operator: name, .postgres), "\(name)")
        }
        // A misspelt name would trust a stranger's function.
        let strangers = SQLFunctions.postgresReading.subtracting(known)
        #expect(strangers == [], "\(strangers.sorted())")
        await database.close()
    }
}
