import TCStore
import Testing

@testable import TCData

@Suite("tables of a statement")
struct TableReferencesTests {
    private func tables(_ sql: String, _ dialect: SQLDialect = .postgres) -> String? {
        guard let tables = TableReferences(of: sql, dialect: dialect) else { return nil }
        let read = tables.read.map(\.description).joined(separator: " ")
        let written = tables.written.map(\.description).joined(separator: " ")
        return written.isEmpty ? read : "\(read) > \(written)"
    }

    @Test(
        "what is read and what is written",
        arguments: [
            ("SELECT 1", ""),
            (
                "SELECT * FROM a, s.b JOIN c ON true LEFT JOIN LATERAL (SELECT * FROM d) x ON true",
                "a s.b c d"
            ),
            ("SELECT * FROM A, \"A\", db.public.b", "a A public.b"),
            (
                "SELECT (SELECT 1 FROM a) FROM b WHERE EXISTS (SELECT 1 FROM c) ORDER BY (SELECT 1 FROM d)",
                "a b c d"
            ),
            ("SELECT * FROM a UNION (SELECT * FROM b UNION TABLE c)", "a b c"),
            ("SELECT * FROM (a JOIN b USING (x)), ONLY (c)", "a b c"),
            ("SELECT a.x FROM t a JOIN t b ON a.y = b.y", "t"),
            ("WITH a AS (SELECT * FROM t) SELECT * FROM a JOIN u ON true", "t u"),
            ("WITH a AS (SELECT * FROM a) SELECT * FROM a", "a"),
            ("WITH RECURSIVE a AS (SELECT 1 UNION SELECT * FROM a) SELECT * FROM a, s.a", "s.a"),
            ("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a", "a"),
            ("WITH a AS (SELECT 1) SELECT * FROM b WHERE x IN (SELECT * FROM a)", "b"),
            ("INSERT INTO t SELECT * FROM u", "u > t"),
            (
                "INSERT INTO s.t (a) VALUES ((SELECT max(a) FROM t)) ON CONFLICT DO NOTHING",
                "t > s.t"
            ),
            ("UPDATE t SET a = (SELECT 1 FROM u) FROM v WHERE t.x = v.x", "u v > t"),
            ("DELETE FROM t USING u WHERE t.x IN (SELECT x FROM v)", "u v > t"),
            ("WITH d AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM d", " > t u"),
            ("WITH t AS (SELECT 1) DELETE FROM t", " > t"),
            ("INSERT INTO t VALUES (gen_random_uuid(), nextval('s'))", " > t"),
            ("EXPLAIN SELECT * FROM t", "t"),
            ("SELECT * FROM t, generate_series(1, 2), unnest(t.a)", "t"),
            ("SELECT * INTO u FROM t FOR UPDATE", "t > u"),
        ])
    func told(_ sql: String, _ expected: String) { #expect(tables(sql) == expected) }

    @Test("SQLite tells no names apart by case, and reads the table behind IN")
    func sqlite() {
        #expect(tables("SELECT * FROM [A b], `C`, \"D\" WHERE x IN E", .sqlite) == "a b c d e")
        #expect(tables("WITH a AS (SELECT * FROM A) SELECT * FROM A", .sqlite) == "")
        #expect(tables("REPLACE INTO T SELECT 1", .sqlite) == " > t")
    }

    @Test(
        "what cannot be told for certain is not told",
        arguments: [
            "SELECT * FROM mine(1)", "SELECT mine(x) FROM t",
            "SELECT * FROM dblink('a', 'b') AS t(x int)",
            "SELECT * FROM t WHERE a === b", "CALL f()", "MERGE INTO t USING u ON true", "SELECT (",
            "SELECT * FROM U&\"x\"", "SELECT 1; SELECT 2", "SHOW ALL", "EXECUTE a", "TRUNCATE t",
            "",
        ])
    func hidden(_ sql: String) {
        #expect(tables(sql) == nil)
        #expect(TableReferences.reasonForNone(of: sql, dialect: .postgres)?.isEmpty == false)
    }
}
