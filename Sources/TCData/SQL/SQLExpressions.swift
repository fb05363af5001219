import TCStore

/// Expressions, as flat rows of operands with operators between them.
extension SQLParser {
    mutating func expression() throws(SQLSyntaxError) {
        try nested { (parser) throws(SQLSyntaxError) in
            repeat {
                try parser.prefixes()
                try parser.operand()
                while try parser.suffix() {}
            } while try parser.connective()
        }
    }

    /// What may stand before an operand.
    private mutating func prefixes() throws(SQLSyntaxError) {
        while true {
            if accept("NOT") { continue }
            guard kind == .operator else { return }
            let text = scanned.text(of: scanned.tokens[index])
            let isKnown = SQLFunctions.isKnown(operator: text, dialect)
            if isKnown, !SQLFunctions.standsBeforeOperand(text) { return }
            try knownOperator()
        }
    }

    /// An operator of the engine's own. Another one is a function that somebody has written.
    mutating func knownOperator() throws(SQLSyntaxError) {
        guard kind == .operator else { throw expected("an operator") }
        let text = scanned.text(of: scanned.tokens[index])
        if !SQLFunctions.isKnown(operator: text, dialect) {
            let written = scanned.excerpt(CollectionOfOne(scanned.tokens[index]))
            facts.doubt("the operator \(written) is not one of the engine's own, so it may write")
            facts.hide("the operator \(written) may read any table")
        }
        index += 1
    }

    /// What stands between two operands; false where the expression ends.
    private mutating func connective() throws(SQLSyntaxError) -> Bool {
        if kind == .operator {
            try knownOperator()
            return true
        }
        if acceptSymbol(":=") { return true }
        if accept("AT") {
            try expect("TIME", "ZONE")
            return true
        }
        if accept("IS") {
            _ = accept("NOT")
            if accept("DISTINCT") { try expect("FROM") }
            return true
        }
        let isNegated = isWord("NOT")
        let ahead = isNegated ? 1 : 0
        if isWord("SIMILAR", ahead: ahead) {
            index += ahead + 1
            try expect("TO")
            return true
        }
        let words =
            isNegated
            ? ["LIKE", "ILIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN", "IN"]
            : [
                "AND", "OR", "LIKE", "ILIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN", "IN", "ESCAPE",
                "OVERLAPS",
            ]
        guard let word = words.first(where: { isWord($0, ahead: ahead) }) else { return false }
        index += ahead + 1
        if word == "BETWEEN" { _ = accept(anyOf: ["SYMMETRIC", "ASYMMETRIC"]) }
        return true
    }

    /// What may stand behind an operand, one thing; false where there is none.
    private mutating func suffix() throws(SQLSyntaxError) -> Bool {
        if dialect == .postgres, acceptSymbol("::") {
            try type()
            return true
        }
        if dialect == .postgres, acceptSymbol("[") {
            try subscripts()
            return true
        }
        if acceptSymbol(".") {
            guard kind == .word || kind == .quotedName || isSymbol("*") else {
                throw expected("a field")
            }
            index += 1
            return true
        }
        if accept("COLLATE") {
            try path()
            return true
        }
        if accept(anyOf: ["ISNULL", "NOTNULL"]) != nil { return true }
        if isWord("NOT"), isWord("NULL", ahead: 1) {
            index += 2
            return true
        }
        return false
    }

    /// Behind `[`: an index or the bounds of a slice, each of which may be left out.
    private mutating func subscripts() throws(SQLSyntaxError) {
        if !isSymbol(":") { try expression() }
        if acceptSymbol(":"), !isSymbol("]") { try expression() }
        try expectSymbol("]")
    }

    private mutating func operand() throws(SQLSyntaxError) {
        if dialect == .sqlite, scanned.isWord(index - 1, "IN"), !isSymbol("(") {
            // `x IN t` reads the table.
            if isFunctionCall { try functionCall() } else { try tableRead() }
            return
        }
        switch kind {
        case .number, .string, .bits, .parameter, .anonymousParameter, .namedParameter: index += 1
        case .quotedName: try pathOrCall()
        case .word: try wordOperand()
        case .punctuation where acceptSymbol("("):
            if isQueryStart {
                try query()
            } else if dialect == .sqlite, isSymbol(")") {
                // An empty list behind IN.
            } else {
                try list { (parser) throws(SQLSyntaxError) in try parser.expression() }
            }
            if isQueryRest { try queryRest() }
            try expectSymbol(")")
        default: throw expected("an expression")
        }
    }

    private mutating func wordOperand() throws(SQLSyntaxError) {
        if let word = accept(anyOf: SQLParser.values) {
            if word.hasPrefix("CURRENT_T") || word.hasPrefix("LOCALTIME"), acceptSymbol("(") {
                try expression()
                try expectSymbol(")")
            } else if word == "CURRENT_SCHEMA", acceptSymbol("(") {
                try expectSymbol(")")
            }
            return
        }
        if isWord("ARRAY"), isSymbol("[", ahead: 1) {
            index += 1
            return try arrayElements()
        }
        if isWord("CASE") { return try caseOperand() }
        if dialect == .postgres, isTypedLiteral { return try typedLiteral() }
        if isSymbol("(", ahead: 1), let word = scanned.word(index),
            let separators = SQLParser.grammarCalls(dialect)[word]
        {
            index += 1
            return try arguments(separatedBy: separators)
        }
        try pathOrCall()
    }

    /// Words that are values.
    private static let values = [
        "NULL", "TRUE", "FALSE", "UNKNOWN", "DEFAULT", "CURRENT_DATE", "CURRENT_TIME",
        "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "CURRENT_USER", "SESSION_USER", "USER",
        "CURRENT_ROLE", "CURRENT_CATALOG", "CURRENT_SCHEMA",
    ]

    private mutating func arrayElements() throws(SQLSyntaxError) {
        try nested { (parser) throws(SQLSyntaxError) in
            try parser.expectSymbol("[")
            if !parser.isSymbol("]") {
                try parser.list { (parser) throws(SQLSyntaxError) in
                    if parser.isSymbol("[") {
                        try parser.arrayElements()
                    } else {
                        try parser.expression()
                    }
                }
            }
            try parser.expectSymbol("]")
        }
    }

    private mutating func caseOperand() throws(SQLSyntaxError) {
        try expect("CASE")
        if !isWord("WHEN") { try expression() }
        repeat {
            try expect("WHEN")
            try expression()
            try expect("THEN")
            try expression()
        } while isWord("WHEN")
        if accept("ELSE") { try expression() }
        try expect("END")
    }

    // MARK: Literals with a type before them

    /// `DATE '2026-01-01'`, `TIMESTAMP (3) WITH TIME ZONE '…'`, `INTERVAL '1' DAY`.
    private var isTypedLiteral: Bool {
        if index + 1 < scanned.tokens.count, scanned.tokens[index + 1].kind == .string {
            return isIdentifier
        }
        return (isWord("TIMESTAMP") || isWord("TIME"))
            && (isWord("WITH", ahead: 1) || isWord("WITHOUT", ahead: 1))
            || isWord("DOUBLE") && isWord("PRECISION", ahead: 1)
    }

    private mutating func typedLiteral() throws(SQLSyntaxError) {
        let isInterval = isWord("INTERVAL")
        if isInterval { index += 1 } else { try type() }
        guard kind == .string else { throw expected("a string") }
        index += 1
        if isInterval { try intervalFields() }
    }
}
