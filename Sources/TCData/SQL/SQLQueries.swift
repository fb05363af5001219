import TCStore

/// Queries: what gives rows without being told to change any.
extension SQLParser {
    /// Whether a query comes next that no bracket stands before.
    var isQueryStart: Bool {
        isWord("SELECT") || isWord("VALUES") || isWord("WITH")
            || isWord("TABLE") && dialect == .postgres
    }

    /// `[WITH …] SELECT …`, with what orders, limits and locks its rows. Behind `WITH` it may also
    /// be a statement that writes.
    mutating func query() throws(SQLSyntaxError) {
        try nested { (parser) throws(SQLSyntaxError) in
            let outer = parser.commonTables.count
            if parser.accept("WITH") { try parser.commonTableList() }
            if parser.isWriteStart {
                try parser.write()
            } else {
                try parser.queryTerm()
                try parser.queryRest()
            }
            parser.commonTables.removeSubrange(outer...)
        }
    }

    private mutating func commonTableList() throws(SQLSyntaxError) {
        // SQLite lets an expression see itself without the word.
        let isRecursive = accept("RECURSIVE") || dialect == .sqlite
        try list { (parser) throws(SQLSyntaxError) in
            let name = parser.scanned.name(parser.index)
            try parser.identifier("the name of a common table expression")
            guard let name else { throw parser.failure("a name with Unicode escapes") }
            if parser.isSymbol("(") { try parser.nameList() }
            try parser.expect("AS")
            if parser.accept("NOT") {
                try parser.expect("MATERIALIZED")
            } else {
                _ = parser.accept("MATERIALIZED")
            }
            guard parser.commonTables.count < 1000 else {
                throw parser.failure("has more than 1000 common table expressions")
            }
            if isRecursive { parser.commonTables.append(name) }
            try parser.expectSymbol("(")
            if parser.isWriteStart {
                try parser.write()
            } else {
                try parser.query()
            }
            try parser.expectSymbol(")")
            // Inside itself, without RECURSIVE, the name means the table.
            if !isRecursive { parser.commonTables.append(name) }
        }
    }

    private mutating func queryTerm() throws(SQLSyntaxError) {
        if acceptSymbol("(") {
            try query()
            try expectSymbol(")")
        } else if accept("SELECT") {
            try selection()
        } else if accept("VALUES") {
            try list { (parser) throws(SQLSyntaxError) in
                try parser.expectSymbol("(")
                try parser.list { (parser) throws(SQLSyntaxError) in try parser.expression() }
                try parser.expectSymbol(")")
            }
        } else if dialect == .postgres, accept("TABLE") {
            let isOnly = accept("ONLY")
            try tableRead()
            if !isOnly { _ = acceptSymbol("*") }
        } else {
            throw expected("a query")
        }
    }

    /// What may follow the first part of a query: further parts and what is said of all rows.
    mutating func queryRest() throws(SQLSyntaxError) {
        while accept(anyOf: ["UNION", "INTERSECT", "EXCEPT"]) != nil {
            _ = accept(anyOf: ["ALL", "DISTINCT"])
            try queryTerm()
        }
        while let word = accept(anyOf: ["ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"]) {
            switch word {
            case "ORDER":
                try expect("BY")
                try ordering()
            case "LIMIT":
                if !accept("ALL") {
                    try expression()
                    if acceptSymbol(",") { try expression() }
                }
            case "OFFSET":
                try expression()
                _ = accept(anyOf: ["ROW", "ROWS"])
            case "FETCH":
                guard accept(anyOf: ["FIRST", "NEXT"]) != nil else { throw expected("FIRST") }
                if !isWord("ROW"), !isWord("ROWS") { try expression() }
                guard accept(anyOf: ["ROW", "ROWS"]) != nil else { throw expected("ROWS") }
                if !accept("ONLY") { try expect("WITH", "TIES") }
            default: try locking()
            }
        }
    }

    /// Whether what comes next goes on with a query in brackets.
    var isQueryRest: Bool {
        ["UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"]
            .contains { isWord($0) }
    }

    /// Behind `FOR`: rows are locked, which writes to them.
    private mutating func locking() throws(SQLSyntaxError) {
        let start = index
        if accept("NO") {
            try expect("KEY", "UPDATE")
        } else if accept("KEY") {
            try expect("SHARE")
        } else if accept(anyOf: ["UPDATE", "SHARE"]) == nil {
            throw expected("UPDATE or SHARE")
        }
        let words = (start..<index).compactMap { scanned.word($0) }.joined(separator: " ")
        facts.doubt("locks the rows that it reads (FOR \(words))")
        if accept("OF") {
            try list { (parser) throws(SQLSyntaxError) in
                _ = try parser.tableName()
            }
        }
        if accept("SKIP") { try expect("LOCKED") } else { _ = accept("NOWAIT") }
    }

    /// Behind `SELECT`.
    private mutating func selection() throws(SQLSyntaxError) {
        if accept("DISTINCT") {
            if accept("ON") {
                try expectSymbol("(")
                try list { (parser) throws(SQLSyntaxError) in try parser.expression() }
                try expectSymbol(")")
            }
        } else {
            _ = accept("ALL")
        }
        if !isWord("FROM"), !isWord("WHERE") { try resultList() }
        if accept("INTO") {
            facts.doubt("makes a table (SELECT INTO)")
            _ = accept(anyOf: ["TEMPORARY", "TEMP", "UNLOGGED"])
            _ = accept("TABLE")
            if let table = try tableName() { facts.write(table) }
        }
        if accept("FROM") { try sources() }
        if accept("WHERE") { try expression() }
        if accept("GROUP") {
            try expect("BY")
            _ = accept(anyOf: ["ALL", "DISTINCT"])
            try groups()
        }
        if accept("HAVING") { try expression() }
        if accept("WINDOW") {
            try list { (parser) throws(SQLSyntaxError) in
                try parser.identifier()
                try parser.expect("AS")
                try parser.window()
            }
        }
    }

    /// The columns of a result: `*`, `t.*`, expressions with or without a label.
    mutating func resultList() throws(SQLSyntaxError) {
        try list { (parser) throws(SQLSyntaxError) in
            if parser.acceptSymbol("*") { return }
            try parser.expression()
            if parser.accept("AS") {
                // Behind AS any word is a label.
                guard parser.kind == .word || parser.kind == .quotedName else {
                    throw parser.expected("a label")
                }
                parser.index += 1
            } else if parser.isIdentifier {
                parser.index += 1
            }
        }
    }

    /// Behind `ORDER BY`.
    mutating func ordering() throws(SQLSyntaxError) {
        try list { (parser) throws(SQLSyntaxError) in
            try parser.expression()
            if parser.accept(anyOf: ["ASC", "DESC"]) == nil, parser.accept("USING") {
                try parser.knownOperator()
            }
            if parser.accept("NULLS"), parser.accept(anyOf: ["FIRST", "LAST"]) == nil {
                throw parser.expected("FIRST or LAST")
            }
        }
    }

    /// Behind `GROUP BY`, and inside the brackets of its sets.
    private mutating func groups() throws(SQLSyntaxError) {
        try list { (parser) throws(SQLSyntaxError) in
            let isSets = parser.isWord("GROUPING") && parser.isWord("SETS", ahead: 1)
            let isCube = parser.isWord("ROLLUP") || parser.isWord("CUBE")
            if parser.isSymbol("("), parser.isSymbol(")", ahead: 1) {
                parser.index += 2
            } else if isSets || isCube && parser.isSymbol("(", ahead: 1) {
                parser.index += isSets ? 2 : 1
                try parser.expectSymbol("(")
                try parser.nested { (parser) throws(SQLSyntaxError) in try parser.groups() }
                try parser.expectSymbol(")")
            } else {
                try parser.expression()
            }
        }
    }

    /// A window in brackets.
    mutating func window() throws(SQLSyntaxError) {
        let modes = ["ROWS", "RANGE", "GROUPS"]
        try expectSymbol("(")
        if isIdentifier, !isWord("PARTITION"), !modes.contains(where: { isWord($0) }) { index += 1 }
        if accept("PARTITION") {
            try expect("BY")
            try list { (parser) throws(SQLSyntaxError) in try parser.expression() }
        }
        if accept("ORDER") {
            try expect("BY")
            try ordering()
        }
        if accept(anyOf: modes) != nil {
            if accept("BETWEEN") {
                try frameBound()
                try expect("AND")
            }
            try frameBound()
            if accept("EXCLUDE") {
                if accept("CURRENT") {
                    try expect("ROW")
                } else if accept("NO") {
                    try expect("OTHERS")
                } else if accept(anyOf: ["GROUP", "TIES"]) == nil {
                    throw expected("GROUP or TIES")
                }
            }
        }
        try expectSymbol(")")
    }

    private mutating func frameBound() throws(SQLSyntaxError) {
        if accept("CURRENT") { return try expect("ROW") }
        if !accept("UNBOUNDED") { try expression() }
        guard accept(anyOf: ["PRECEDING", "FOLLOWING"]) != nil else {
            throw expected("PRECEDING or FOLLOWING")
        }
    }
}
