import TCStore
import Testing

@testable import TCData

@Suite("reads and others")
struct StatementClassTests {
    @Test("each statement of the corpus gets its class and its reason")
    func corpus() {
        for entry in StatementCorpus.entries {
            switch (StatementClass(of: entry.sql, dialect: entry.dialect), entry.doubt) {
            case (.certainlyRead, nil): break
            case (.notCertainlyRead(let reason), let doubt?) where reason.contains(doubt): break
            case (let found, let doubt):
                Issue.record("\(entry): got \(found), expected \(doubt ?? "a read")")
            }
        }
        #expect(Set(StatementCorpus.entries.map { "\($0.dialect) \($0.sql)" }).count >= 200)
    }

    @Test("a reason is a sentence about the statement")
    func reasons() {
        func reason(_ sql: String) -> StatementClass { StatementClass(of: sql, dialect: .postgres) }
        #expect(
            reason("SELECT 1 FROM t FOR NO KEY UPDATE")
                == .notCertainlyRead("locks the rows that it reads (FOR NO KEY UPDATE)"))
        #expect(
            reason("WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d")
                == .notCertainlyRead("changes rows (DELETE)"))
        #expect(
            reason("SELECT mine.f(1)")
                == .notCertainlyRead(
                    "calls mine.f, which is not among the functions known to read only"))
        #expect(
            reason("SELECT *\nFORM t")
                == .notCertainlyRead(
                    "cannot be parsed: line 2, column 1: expected the end of the statement, got "
                        + "'FORM'"))
    }

    @Test("a reason is short, and tells no literal")
    func shortReasons() {
        let long = String(repeating: "secret", count: 10_000)
        for sql in [
            "SELECT \(long)()", "SELECT 1 \(String(repeating: "=", count: 60_000)) 2", "\(long) x",
            "SELECT 1 2 '\(long)'", "SELECT 1 x '\(long)'", "SELECT 1 x \"\(long)\"",
            "PRAGMA \(long)", "SELECT \(long).\(long)(1)", "SELECT 1 AS a \(long)",
        ] {
            for dialect in [SQLDialect.sqlite, .postgres] {
                guard case .notCertainlyRead(let reason) = StatementClass(of: sql, dialect: dialect)
                else {
                    Issue.record("a read: \(sql.prefix(40))")
                    continue
                }
                #expect(reason.count < 200)
                #expect(!sql.contains("'") && !sql.contains("\"") || !reason.contains("secret"))
            }
        }
    }

    @Test("a read with anything that writes put into it is no read", arguments: 0..<4)
    func mutated(_ seed: UInt64) throws {
        var random = SQLRandom(seed)
        let reads = StatementCorpus.entries.filter {
            $0.doubt == nil && $0.dialect == .postgres && !$0.sql.hasPrefix("EXPLAIN")
                && !$0.sql.hasPrefix("SHOW")
        }
        // Each stands where an expression may, or makes the text unreadable.
        let poison = [
            "(SELECT id FROM vehicles FOR UPDATE)", "nextval('numbers')", "mine(1)",
            "(WITH d AS (DELETE FROM t RETURNING 1) SELECT * FROM d)", "public.f()", "'", "$$",
            "((SELECT 1) FOR SHARE)", "(1 === 2)", ";", "(SELECT 1 INTO x)",
        ]
        for _ in 0..<400 {
            let entry = reads[random.below(reads.count)]
            let scanned = try SQLScanner.scan(entry.sql, dialect: .postgres)
            let values = scanned.tokens.filter { $0.kind == .number }
            guard !values.isEmpty else { continue }
            let place = values[random.below(values.count)].range
            let sql =
                scanned.text(0..<place.lowerBound) + poison[random.below(poison.count)]
                + scanned.text(place.upperBound..<scanned.bytes.count)
            #expect(
                StatementClass(of: sql, dialect: .postgres) != .certainlyRead,
                "seed \(seed): \(sql)")
        }
    }

    @Test("a long statement costs no more for each of its bytes than a short one")
    func long() {
        // Quadratic work would take minutes here, and the suite's limit would end it.
        let list = (0..<100_000).map { "\($0)" }.joined(separator: ", ")
        #expect(
            StatementClass(of: "SELECT id FROM t WHERE id IN (\(list))", dialect: .postgres)
                == .certainlyRead)
        let conditions = (0..<50_000).map { "a = \($0)" }.joined(separator: " OR ")
        #expect(
            StatementClass(of: "SELECT id FROM t WHERE \(conditions)", dialect: .sqlite)
                == .certainlyRead)
    }

    @Test("nesting is limited before the stack is")
    func nesting() {
        for (open, close) in [
            ("(", ")"), ("CASE WHEN 1 THEN ", " END"), ("(SELECT ", ")"), ("lower(", ")"),
        ] {
            for (depth, isRead) in [(95, true), (20_000, false)] {
                let sql =
                    "SELECT " + String(repeating: open, count: depth) + "1"
                    + String(repeating: close, count: depth)
                #expect(
                    (StatementClass(of: sql, dialect: .postgres) == .certainlyRead) == isRead,
                    "\(depth) times \(open)")
            }
        }
    }
}
