import Glibc
import TCCore
import TCEngines
import TCStore
import Testing

@testable import TCData

/// What the tests of SQL text ask engines with.
enum SQLBed {
    static let serverURL = getenv("TC_TEST_POSTGRES").map { String(cString: $0) }
    static let absence: Comment =
        "TC_TEST_POSTGRES is not set: source Tests/Support/postgres.sh and call start_postgres"

    /// Clocks and randomness that need not be good.
    static let seams = Seams(
        now: { Instant(milliseconds: 0) },
        uptime: {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        },
        random: { UInt64.random(in: 0...UInt64.max) })

    /// A database with the corpus's tables and nothing else.
    ///
    /// - Parameter name: of the schema on the server that all tests share; one for each test.
    static func open(_ dialect: SQLDialect, _ name: String) async throws -> any Database {
        var url = "sqlite::memory:"
        if dialect == .postgres {
            let server = try #require(serverURL)
            let schema = "\(name)_\(getpid())"
            let database = try openDatabase(url: server, seams: seams)
            try await database.write { try $0.execute("CREATE SCHEMA \(schema)") }
            await database.close()
            url = "\(server)?options=-csearch_path%3D\(schema)"
        }
        let database = try openDatabase(url: url, seams: seams)
        try await database.write { connection in
            for statement in StatementCorpus.schema(dialect) { try connection.execute(statement) }
        }
        return database
    }
}

/// Random texts that look enough like SQL to get far.
enum SQLFragments {
    private static let fragments = [
        "select", "from", "where", "with", "as", "(", ")", "[", "]", ",", ";", ".", "a", "t",
        "\"q\"",
        "'s'", "'", "\"", "$1", "$$", "$t$", ":n", "::", ":", "?", "E'\\''", "U&'x'", "--", "\n",
        "/*", "*/", "1", "1.5", "*", "+", "-", "=", "and", "or", "not", "in", "is", "null", "case",
        "when", "then", "end", "group by", "order by", "limit", "union", "for update", "for",
        "into",
        "values", "insert into", "update", "set", "delete from", "exists", "count(*)", "over",
        "lateral", "join", "on", "using", "é", "\0", "\\", "`", "[x]", "array", "cast", "explain",
        "between", "interval", "any", "returning", "window", "x'0'", "$", "\r",
    ]

    static func text(_ random: inout SQLRandom) -> String {
        (0..<random.below(40)).map { _ in fragments[random.below(fragments.count)] }
            .joined(separator: random.below(3) == 0 ? "" : " ")
    }

    /// One of the texts with a run of its tokens replaced by a run of another's: often an operand
    /// for an operand.
    static func splice(_ texts: [String], _ random: inout SQLRandom) -> String {
        let pieces = (0..<2).compactMap { _ -> ScannedSQL? in
            try? SQLScanner.scan(texts[random.below(texts.count)], dialect: .postgres)
        }
        guard pieces.count == 2 else { return "" }
        func run(_ statement: ScannedSQL) -> Range<Int> {
            let count = statement.tokens.count
            let first = random.below(count)
            // To the end of the brackets that open here, or a few tokens.
            var (last, depth) = (first, 0)
            let length = random.below(6)
            while last < count - 1, depth > 0 || last < first + length {
                if statement.isSymbol(last, "(") { depth += 1 }
                if statement.isSymbol(last, ")") { depth -= 1 }
                last += 1
            }
            return statement.tokens[first].range
                .lowerBound..<statement.tokens[last].range.upperBound
        }
        let hole = run(pieces[0])
        return pieces[0].text(0..<hole.lowerBound) + " " + pieces[1].text(run(pieces[1])) + " "
            + pieces[0].text(hole.upperBound..<pieces[0].bytes.count)
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SQLRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(limit))
    }
}
