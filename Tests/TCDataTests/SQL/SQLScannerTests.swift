import TCStore
import Testing

@testable import TCData

@Suite("SQL tokens")
struct SQLScannerTests {
    /// The tokens as `kind:text`.
    private func tokens(_ sql: String, _ dialect: SQLDialect = .postgres) throws -> [String] {
        let scanned = try SQLScanner.scan(sql, dialect: dialect)
        return scanned.tokens.map { "\($0.kind):\(scanned.text(of: $0))" }
    }

    private func error(_ sql: String, _ dialect: SQLDialect = .postgres) -> String? {
        do {
            _ = try SQLScanner.scan(sql, dialect: dialect)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("words, numbers and operators are told apart")
    func words() throws {
        #expect(
            try tokens("select größe,a$1 FROM t WHERE x>=-1.5e-3 AND y<>.5")
                == [
                    "word:select", "word:größe", "punctuation:,", "word:a$1", "word:FROM", "word:t",
                    "word:WHERE", "word:x", "operator:>=", "operator:-", "number:1.5e-3",
                    "word:AND", "word:y", "operator:<>", "number:.5",
                ])
        #expect(try tokens("a@-b") == ["word:a", "operator:@-", "word:b"])
        #expect(try tokens("0x1F 1_000 1.") == ["number:0x1F", "number:1_000", "number:1."])
        #expect(try tokens("a->>'b'", .sqlite) == ["word:a", "operator:->>", "string:'b'"])
        #expect(try tokens("") == [])
    }

    @Test("strings of every style are one token")
    func strings() throws {
        for text in [
            "'it''s'", #"E'it\'s -- '"#, "$$ ' $a$ $$", "$tag$ $$ $tag$", "U&'d\\0061t'", "N'x'",
            "'a'\n -- c ' \n 'b'", "E'a'\n'\\''", "''",
        ] {
            #expect(try tokens("\(text) x") == ["string:\(text)", "word:x"])
        }
        #expect(try tokens("B'01' X'1f'") == ["bits:B'01'", "bits:X'1f'"])
        // Without a line's end they are two.
        #expect(try tokens("'a' 'b'").count == 2)
        #expect(try tokens(#"'a\' x"#) == [#"string:'a\'"#, "word:x"])
        #expect(try tokens(#"E'a' x"#, .sqlite) == ["word:E", "string:'a'", "word:x"])
        #expect(try tokens("'a'\n'b'", .sqlite).count == 2)
    }

    @Test("identifiers in quotes of either engine's style")
    func quotedNames() throws {
        #expect(
            try tokens(#""a ""b""".c"#) == [#"quotedName:"a ""b""""#, "punctuation:.", "word:c"])
        #expect(try tokens(#"U&"d\0061ta""#) == [#"quotedName:U&"d\0061ta""#])
        #expect(
            try tokens("[a b].`c``d`", .sqlite)
                == ["quotedName:[a b]", "punctuation:.", "quotedName:`c``d`"])
        let scanned = try SQLScanner.scan(#"GRÖSSE "A""B" U&"x""#, dialect: .postgres)
        #expect((0..<3).map { scanned.name($0) } == ["grÖsse", "A\"B", nil])
        #expect(try SQLScanner.scan(#""A""#, dialect: .sqlite).name(0) == "a")
    }

    @Test("comments nest on PostgreSQL and do not on SQLite")
    func comments() throws {
        #expect(try tokens("a /* x /* y */ z */ b") == ["word:a", "word:b"])
        #expect(
            try tokens("a /* x /* y */ z", .sqlite) == ["word:a", "word:z"])
        #expect(try tokens("a -- b\nc --") == ["word:a", "word:c"])
        #expect(try tokens("a/*'*/+/*\"*/b") == ["word:a", "operator:+", "word:b"])
        #expect(try tokens("1--2") == ["number:1"])
        // A carriage return ends a comment where the engine says so, so what follows is seen.
        #expect(try tokens("-- a\rb") == ["word:b"])
        #expect(try tokens("-- a\rb", .sqlite) == [])
        let scanned = try SQLScanner.scan("a /*b*/ -- c", dialect: .postgres)
        #expect(scanned.comments.map(scanned.text) == ["/*b*/", "-- c"])
    }

    @Test("parameters are found, and casts, slices and operators are none")
    func parameters() throws {
        #expect(
            try tokens("$1 :owner::text a ? b")
                == [
                    "parameter:$1", "namedParameter::owner", "punctuation:::", "word:text",
                    "word:a",
                    "operator:?", "word:b",
                ])
        #expect(
            try tokens("? ?12 :a", .sqlite)
                == ["anonymousParameter:?", "parameter:?12", "namedParameter::a"])
        #expect(
            try tokens("a[1:n]")
                == [
                    "word:a", "punctuation:[", "number:1", "punctuation::", "word:n",
                    "punctuation:]",
                ])
        #expect(try tokens("a[(:i):b]").contains("namedParameter::i"))
        #expect(try tokens("ARRAY[:a, [:b]]").filter { $0.hasPrefix("named") }.count == 2)
        #expect(try tokens("f(a := 1)").contains("punctuation::="))
        #expect(try tokens("':a' \":b\" -- :c\n $$ :d $$").allSatisfy { !$0.hasPrefix("named") })
    }

    @Test(
        "what cannot be scanned is an error with its place",
        arguments: [
            ("SELECT 'a", "column 8: the string has no end"),
            ("a\n  \"b", "line 2, column 3: the identifier has no end"),
            ("x /* /* */", "column 3: the comment has no end"),
            ("$a$ b $A$", "column 1: the string between dollar quotes has no end"),
            (#"E'a\'"#, "column 2: the string has no end"),
            ("(a", "column 1: the bracket is not closed"),
            ("(a]", "column 3: the bracket closes none that is open"),
            ("é \\", "column 3: no token begins here"),
            ("1a", "column 2: a number must end before a letter begins"),
            ("1e", "column 3: the exponent has no digit"),
            ("$123456", "column 2: a parameter's number is at most five digits"),
            ("a : b", "column 3: a parameter's name must stand behind ':'"),
        ])
    func errors(_ sql: String, _ message: String) {
        #expect(error(sql) == message)
    }

    @Test("a NUL character, at which SQLite would stop reading, is refused")
    func nul() {
        #expect(
            error("a\0b") == "column 2: a NUL character must not stand in a statement")
    }

    @Test("length and nesting have limits")
    func limits() {
        let nested = String(repeating: "(", count: 100) + String(repeating: ")", count: 100)
        #expect(error(nested) == nil)
        #expect(error("(\(nested))") == "column 101: nests deeper than 100 brackets")
        let comments = String(repeating: "/*", count: 101) + String(repeating: "*/", count: 101)
        #expect(error(comments)?.contains("nests deeper than 100 comments") == true)
        let long = String(repeating: "a ", count: 1 << 19)
        #expect(error(long) == nil)
        #expect(error(long + "a")?.contains("at most 1048576 are allowed") == true)
    }

    @Test("random texts end, and tokens with comments cover all but blanks", arguments: 0..<8)
    func random(_ seed: UInt64) {
        var random = SQLRandom(seed)
        for round in 0..<2000 {
            let dialect: SQLDialect = random.below(2) == 0 ? .postgres : .sqlite
            let sql = SQLFragments.text(&random)
            // Whoever walks over the tokens must end too.
            _ = StatementFacts(of: sql, dialect: dialect)
            guard let scanned = try? SQLScanner.scan(sql, dialect: dialect) else { continue }
            let pieces = (scanned.tokens.map(\.range) + scanned.comments)
                .sorted { $0.lowerBound < $1.lowerBound }
            var end = 0
            for piece in pieces {
                #expect(piece.lowerBound >= end && !piece.isEmpty, "seed \(seed), \(round): \(sql)")
                #expect(scanned.bytes[end..<piece.lowerBound].allSatisfy { $0 <= 0x20 })
                end = piece.upperBound
            }
            #expect(scanned.bytes[end...].allSatisfy { $0 <= 0x20 })
        }
    }
}
