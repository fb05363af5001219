import TCStore

/// Walks over one statement by the engines' grammar and gathers facts about it.
///
/// It knows less than an engine does, on purpose: whatever it does not know is an error, and what
/// cannot be parsed is no read. It may take what an engine would refuse, such as a function's
/// missing argument, since such a statement does nothing. The order of operators is of no interest,
/// so an expression is a flat row of operands with operators between. Each token is visited once.
struct SQLParser {
    let scanned: ScannedSQL
    var facts = StatementFacts()
    /// The next token.
    var index = 0
    /// The names of common table expressions that can be seen here, innermost last.
    var commonTables: [String] = []
    private var depth = 0

    init(_ scanned: ScannedSQL) { self.scanned = scanned }

    var dialect: SQLDialect { scanned.dialect }
    var isAtEnd: Bool { index >= scanned.tokens.count }

    /// The next token's kind; nil at the end.
    var kind: SQLToken.Kind? { isAtEnd ? nil : scanned.tokens[index].kind }

    // MARK: Steps

    func isWord(_ word: String, ahead: Int = 0) -> Bool { scanned.isWord(index + ahead, word) }
    func isSymbol(_ symbol: String, ahead: Int = 0) -> Bool {
        scanned.isSymbol(index + ahead, symbol)
    }

    /// Steps over the word where it is the next token, and says whether it was.
    mutating func accept(_ word: String) -> Bool {
        guard isWord(word) else { return false }
        index += 1
        return true
    }

    /// Steps over the first of these words that is the next token, and says which one it was.
    mutating func accept(anyOf words: [String]) -> String? {
        guard let word = words.first(where: { isWord($0) }) else { return nil }
        index += 1
        return word
    }

    mutating func acceptSymbol(_ symbol: String) -> Bool {
        guard isSymbol(symbol) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ words: String...) throws(SQLSyntaxError) {
        for word in words where !accept(word) { throw expected(word) }
    }

    mutating func expectSymbol(_ symbol: String) throws(SQLSyntaxError) {
        guard acceptSymbol(symbol) else { throw expected("'\(symbol)'") }
    }

    /// Steps over an identifier; a reserved word is none.
    mutating func identifier(_ what: String = "an identifier") throws(SQLSyntaxError) {
        guard isIdentifier else { throw expected(what) }
        index += 1
    }

    /// Whether an identifier that is no reserved word comes next.
    var isIdentifier: Bool {
        switch kind {
        case .quotedName: true
        case .word: !SQLKeywords.isReserved(scanned.word(index) ?? "")
        default: false
        }
    }

    /// Steps over one thing after another, as long as commas stand between.
    mutating func list(
        _ element: (inout SQLParser) throws(SQLSyntaxError) -> Void
    ) throws(SQLSyntaxError) {
        repeat { try element(&self) } while acceptSymbol(",")
    }

    /// `(a, b)`, names only.
    mutating func nameList() throws(SQLSyntaxError) {
        try expectSymbol("(")
        try list { (parser) throws(SQLSyntaxError) in try parser.identifier() }
        try expectSymbol(")")
    }

    /// Goes one level deeper for as long as `body` runs: brackets are limited by the scanner,
    /// `CASE` within `CASE` only here.
    mutating func nested(
        _ body: (inout SQLParser) throws(SQLSyntaxError) -> Void
    ) throws(SQLSyntaxError) {
        depth += 1
        guard depth <= 3 * SQLScanner.maximumNesting else { throw failure("nests too deep") }
        try body(&self)
        depth -= 1
    }

    func failure(_ message: String) -> SQLSyntaxError {
        let place = isAtEnd ? scanned.bytes.count : scanned.tokens[index].range.lowerBound
        return SQLSyntaxError(message, at: place, in: scanned.bytes)
    }

    func expected(_ what: String) -> SQLSyntaxError { failure("expected \(what), got \(found)") }

    /// What comes next, for a message: a literal by its kind alone, since it may be a secret.
    private var found: String {
        switch kind {
        case nil: "the end"
        case .string: "a string"
        case .number: "a number"
        case .bits: "a bit string"
        // To SQLite it may be a string.
        case .quotedName: "a name in quotes"
        default: "'\(scanned.excerpt(CollectionOfOne(scanned.tokens[index])))'"
        }
    }
}
