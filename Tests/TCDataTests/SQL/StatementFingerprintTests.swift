import TCStore
import Testing

@testable import TCData

@Suite("fingerprints of statements")
struct StatementFingerprintTests {
    private func text(_ sql: String, _ dialect: SQLDialect = .postgres) throws -> String {
        try StatementFingerprint(of: sql, dialect: dialect).text
    }

    @Test(
        "values, lists, blanks and comments are folded",
        arguments: [
            ("SELECT * FROM T WHERE a=1", "select * from t where a = ?"),
            ("select *\n from t -- x\n where a = $1 /* y */;", "select * from t where a = ?"),
            (
                "SELECT a FROM t WHERE b IN (1,2, $3) AND c = -1",
                "select a from t where b in (?) and c = ?"
            ),
            ("SELECT a - 1, a.b, f(a, 'x', 2), -a", "select a - ?, a.b, f(a, ?, ?), - a"),
            (
                "INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), ($1, $2)",
                "insert into t(a, b) values (?)"
            ),
            (
                "INSERT INTO t VALUES (1, now()), (2, now()), (3, DEFAULT)",
                "insert into t values (?, now()), (?, default)"
            ),
            (
                "SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4))",
                "select * from t where (a, b) in ((?))"
            ),
            (
                "SELECT * FROM t WHERE a = ANY(ARRAY[1,2,3])",
                "select * from t where a = any (array[?])"
            ),
            (
                "SELECT * FROM t WHERE a IN (SELECT 1, 2 FROM u)",
                "select * from t where a in (select ?, ? from u)"
            ),
            (
                "SELECT 'a'::text, E'\\'', $$b$$, \"Q\"[1:2] LIMIT 5 OFFSET 10",
                "select ?::text, ?, ?, \"Q\"[?:?] limit ? offset ?"
            ),
            ("", ""),
        ])
    func folded(_ sql: String, _ expected: String) throws { #expect(try text(sql) == expected) }

    @Test("the hash of a text never changes")
    func stable() throws {
        let print = try StatementFingerprint(
            of: "SELECT name FROM t WHERE id = 7", dialect: .postgres)
        #expect(print.text == "select name from t where id = ?")
        #expect(String(print.hash, radix: 16) == "6b46696c993c119a")
    }

    @Test("a fingerprint of a fingerprint is itself, and holds no value", arguments: 0..<4)
    func idempotent(_ seed: UInt64) throws {
        var random = SQLRandom(seed)
        for _ in 0..<500 {
            let sql = SQLFragments.text(&random)
            guard let scanned = try? SQLScanner.scan(sql, dialect: .sqlite) else { continue }
            let first = StatementFingerprint(scanned)
            guard let again = try? SQLScanner.scan(first.text, dialect: .sqlite) else {
                Issue.record("seed \(seed): \(first.text) of \(sql)")
                continue
            }
            #expect(StatementFingerprint(again).text == first.text, "seed \(seed): \(sql)")
            #expect(again.tokens.allSatisfy { !$0.kind.isValue || $0.kind == .anonymousParameter })
        }
    }
}
