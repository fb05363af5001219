import TCCore
import TCStore
import Testing

@testable import TCData

@Suite("statements repeated in a request")
struct RepeatedStatementsTests {
    private func logged(
        _ line: Int, _ request: String, _ sql: String, _ parameters: [String?] = [],
        caller: String? = nil, ms: Double? = nil, at time: Int64? = nil
    ) throws -> LoggedStatement {
        LoggedStatement(
            line: line, time: time.map { Instant(milliseconds: $0) }, request: request,
            caller: caller,
            statement: try SQLScanner.scan(sql, dialect: .postgres), parameters: parameters,
            milliseconds: ms)
    }

    private let sql = "SELECT name FROM t WHERE id = $1 AND kind = $2"

    @Test("more than ten of one request are told, with the query that replaces them")
    func repeated() throws {
        var repeated = RepeatedStatements()
        for number in 0..<11 {
            repeated.add(
                try logged(number + 1, "a", sql, ["\(number)", "x"], caller: "GET /v", ms: 0.5))
            // Interleaved, and not often enough.
            if number < 10 { repeated.add(try logged(number + 1, "b", sql, ["\(number)", "x"])) }
            repeated.add(try logged(number + 1, "c\(number)", sql, ["\(number)", "x"]))
        }
        let found = repeated.finish()
        #expect(found.count == 1)
        let first = try #require(found.first)
        #expect(first.fingerprint.text == "select name from t where id = ? and kind = ?")
        #expect(first.caller == "GET /v")
        #expect((first.requests, first.count, first.most) == (1, 11, 11))
        #expect(first.request == "a" && first.line == 1)
        #expect(first.milliseconds == 5.5)
        #expect(
            first.batched
                == .query(
                    "SELECT name, id FROM t WHERE id = ANY($1) AND kind = $2", key: "id"))
    }

    @Test("values that are written out are held against each other too")
    func literals() throws {
        var repeated = RepeatedStatements(moreThan: 2)
        for number in 0..<3 {
            repeated.add(try logged(1, "a", "SELECT * FROM t WHERE k = 'x' AND id = \(-number)"))
            repeated.add(try logged(2, "a", "SELECT * FROM u WHERE id = 7"))
            repeated.add(try logged(3, "a", "SELECT * FROM v WHERE id = $1"))
            repeated.add(
                try logged(4, "a", "SELECT * FROM w WHERE id IN (\(number == 1 ? "1, 2" : "1"))"))
            repeated.add(
                try logged(5, "a", "SELECT * FROM x WHERE a = \(number) AND b = \(number)"))
        }
        #expect(
            repeated.finish().map(\.batched) == [
                .query("SELECT * FROM t WHERE k = 'x' AND id = ANY($1)", key: "id"),
                .none("it asks for the same each time: ask once and keep the answer"),
                // What the log does not tell may differ.
                .query("SELECT * FROM v WHERE id = ANY($1)", key: "id"),
                .none("its lists of values have different lengths"),
                .none("2 values differ, and a batch has one key"),
            ])
    }

    @Test("requests with the same fault are one finding, the worst of them named")
    func severalRequests() throws {
        var repeated = RepeatedStatements(moreThan: 2)
        for (request, count) in [("a", 3), ("b", 5), ("c", 2)] {
            for number in 0..<count {
                repeated.add(try logged(number + 1, request, sql, ["\(number)", nil], ms: 1))
            }
            repeated.end(request: request)
        }
        let found = try #require(repeated.finish().first)
        #expect((found.requests, found.count, found.most, found.request) == (2, 8, 5, "b"))
        #expect(found.milliseconds == 8)
        #expect(repeated.reached == RepeatedStatements.Reached())
    }

    @Test("limits hold, and reaching one is told")
    func limits() throws {
        var limits = RepeatedStatements.Limits()
        limits.openRequests = 10
        limits.statementsPerRequest = 3
        limits.findings = 1
        var repeated = RepeatedStatements(moreThan: 1, limits: limits)
        for request in 0..<100 { repeated.add(try logged(1, "r\(request)", "SELECT 1")) }
        #expect(repeated.reached.requests == 90)
        for table in 0..<5 { repeated.add(try logged(1, "r99", "SELECT * FROM t\(table)")) }
        #expect(repeated.reached.statements == 3)
        for table in 0..<2 { repeated.add(try logged(1, "r99", "SELECT * FROM t\(table)")) }
        #expect(repeated.finish().count == 1)
        #expect(repeated.reached.findings == 1)
    }

    @Test("requests that have been quiet for a minute are over, and no limit is reached")
    func quiet() throws {
        var limits = RepeatedStatements.Limits()
        limits.openRequests = 1000
        var repeated = RepeatedStatements(moreThan: 1, limits: limits)
        // Some 600 at a time.
        for request in 0..<5000 {
            for line in 1...2 {
                let time = Int64(request * 100 + line)
                repeated.add(try logged(line, "r\(request)", "SELECT 1", at: time))
            }
        }
        #expect(repeated.finish().map(\.requests) == [5000])
        #expect(repeated.reached == RepeatedStatements.Reached())
    }

    @Test("long statements of many requests stay within the limit on bytes")
    func bytes() throws {
        var limits = RepeatedStatements.Limits()
        limits.bytes = 1 << 20
        var repeated = RepeatedStatements(limits: limits)
        let long = "SELECT " + (0..<1000).map { "c\($0)" }.joined(separator: ", ")
        for request in 0..<100 { repeated.add(try logged(1, "r\(request)", long)) }
        #expect(repeated.reached.requests > 50)
    }

    @Test("random requests are counted as a plain count does", arguments: 0..<4)
    func model(_ seed: UInt64) throws {
        var random = SQLRandom(seed)
        var repeated = RepeatedStatements(moreThan: 3)
        var counts: [String: [Int: Int]] = [:]
        var expected: [Int: (requests: Int, count: Int, most: Int)] = [:]
        func close(_ request: String) {
            for (table, count) in counts.removeValue(forKey: request) ?? [:] where count > 3 {
                let before = expected[table] ?? (0, 0, 0)
                expected[table] = (
                    before.requests + 1, before.count + count, max(before.most, count)
                )
            }
        }
        for _ in 0..<3000 {
            let request = "r\(random.below(20))"
            if random.below(30) == 0 {
                repeated.end(request: request)
                close(request)
            } else {
                let table = random.below(5)
                let sql = "SELECT * FROM t\(table) WHERE id = \(random.below(9))"
                repeated.add(try logged(1, request, sql))
                counts[request, default: [:]][table, default: 0] += 1
            }
        }
        for request in Array(counts.keys) { close(request) }
        let found = repeated.finish()
        #expect(found.count == expected.count)
        for finding in found {
            let table = try #require(
                Int(finding.fingerprint.text.split(separator: " ")[3].dropFirst()))
            let model = try #require(expected[table])
            #expect((finding.requests, finding.count, finding.most) == model, "seed \(seed)")
        }
    }
}
