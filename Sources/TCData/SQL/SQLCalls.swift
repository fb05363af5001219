import TCStore

/// Names, calls of functions, and types.
extension SQLParser {
    /// Whether a function's name with its opening bracket comes next.
    var isFunctionCall: Bool {
        // These two are reserved and functions.
        if isSymbol("(", ahead: 1), isWord("LEFT") || isWord("RIGHT") { return true }
        guard isIdentifier else { return false }
        var ahead = 1
        // A name has at most three parts.
        while ahead < 5, isSymbol(".", ahead: ahead) { ahead += 2 }
        return isSymbol("(", ahead: ahead)
    }

    /// A column, or a call.
    mutating func pathOrCall() throws(SQLSyntaxError) {
        if isFunctionCall { try functionCall() } else { try path() }
    }

    /// `a`, `a.b.c`, `a.*`.
    mutating func path() throws(SQLSyntaxError) {
        try identifier()
        while acceptSymbol(".") {
            guard kind == .word || kind == .quotedName || isSymbol("*") else {
                throw expected("an identifier")
            }
            index += 1
        }
    }

    mutating func functionCall() throws(SQLSyntaxError) {
        let first = index
        repeat { index += 1 } while acceptSymbol(".")
        noteFunction(from: first, through: index - 1)
        try arguments()
        if accept("WITHIN") {
            try expect("GROUP")
            try expectSymbol("(")
            try expect("ORDER", "BY")
            try ordering()
            try expectSymbol(")")
        }
        if isWord("FILTER"), isSymbol("(", ahead: 1) {
            index += 2
            try expect("WHERE")
            try expression()
            try expectSymbol(")")
        }
        if isWord("OVER") {
            if isSymbol("(", ahead: 1) {
                index += 1
                try window()
            } else if index + 1 < scanned.tokens.count, scanned.name(index + 1) != nil {
                index += 2
            }
        }
    }

    private mutating func noteFunction(from first: Int, through last: Int) {
        let parts = stride(from: first, through: last, by: 2).map { scanned.name($0) }
        let written = scanned.excerpt(scanned.tokens[first...last])
        var effect = SQLFunctions.Effect.unknown
        if let name = parts[parts.count - 1],
            parts.count == 1 || parts == ["pg_catalog", name] && dialect == .postgres
        {
            effect = SQLFunctions.effect(of: name, dialect)
        }
        switch effect {
        case .reads: return
        case .volatile(let why): facts.doubt("calls \(written), which \(why)")
        case .unknown:
            facts.doubt(
                "calls \(written), which is not among the functions known to read only")
            facts.hide("the function \(written) may read any table")
        }
    }

    /// Words of the grammar that look like functions, and the words that may stand between what is
    /// in their brackets.
    static func grammarCalls(_ dialect: SQLDialect) -> [String: [String]] {
        dialect == .sqlite ? sqliteCalls : postgresCalls
    }

    private static let sqliteCalls: [String: [String]] = ["EXISTS": [], "CAST": ["AS"]]

    private static let postgresCalls: [String: [String]] = [
        "ALL": [], "ANY": [], "ARRAY": [], "CAST": ["AS"], "COALESCE": [], "EXISTS": [],
        "EXTRACT": ["FROM"], "GREATEST": [], "GROUPING": [], "LEAST": [], "NULLIF": [],
        "OVERLAY": ["PLACING", "FROM", "FOR"], "POSITION": [], "ROW": [], "SOME": [],
        "SUBSTRING": ["FROM", "FOR"], "TRIM": ["FROM"],
    ]

    /// The arguments of a call in brackets, also a query, and the order that an aggregate takes its
    /// rows in.
    mutating func arguments(separatedBy separators: [String] = []) throws(SQLSyntaxError) {
        try expectSymbol("(")
        _ = accept(anyOf: ["DISTINCT", "ALL", "BOTH", "LEADING", "TRAILING"])
        if acceptSymbol("*") || isSymbol(")") { return try expectSymbol(")") }
        if isQueryStart {
            try query()
            return try expectSymbol(")")
        }
        if separators.contains("FROM") { _ = accept("FROM") }
        repeat {
            if separators.contains("AS"), scanned.isWord(index - 1, "AS") {
                try type()
            } else {
                _ = accept("VARIADIC")
                try expression()
            }
        } while acceptSymbol(",") || accept(anyOf: separators) != nil
        if isQueryRest { try queryRest() }
        try expectSymbol(")")
    }

    // MARK: Types

    /// `bigint`, `numeric(10, 2)[]`, `timestamp(3) with time zone`, `interval day to second`.
    mutating func type() throws(SQLSyntaxError) {
        let isInterval = isWord("INTERVAL")
        try path()
        _ = accept(anyOf: ["PRECISION", "VARYING"])
        // SQLite takes any words for a type.
        while dialect == .sqlite, isIdentifier { index += 1 }
        try typeSizes()
        if isWord("WITH") || isWord("WITHOUT"), isWord("TIME", ahead: 1) {
            index += 2
            try expect("ZONE")
        }
        if isInterval { try intervalFields() }
        if accept("ARRAY"), !isSymbol("[") { return }
        while acceptSymbol("[") {
            if kind == .number { index += 1 }
            try expectSymbol("]")
        }
    }

    /// `(10, 2)`, where there are such.
    private mutating func typeSizes() throws(SQLSyntaxError) {
        guard acceptSymbol("(") else { return }
        try list { (parser) throws(SQLSyntaxError) in
            if parser.isSymbol("-") || parser.isSymbol("+") { parser.index += 1 }
            guard parser.kind == .number || parser.isIdentifier else {
                throw parser.expected("a number")
            }
            parser.index += 1
        }
        try expectSymbol(")")
    }

    /// `DAY TO SECOND (3)`, where there are such words.
    mutating func intervalFields() throws(SQLSyntaxError) {
        let fields = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]
        guard accept(anyOf: fields) != nil else { return }
        if accept("TO"), accept(anyOf: fields) == nil { throw expected("a field") }
        try typeSizes()
    }
}
