import TCStore

/// Whole statements.
extension SQLParser {
    /// One statement and nothing else but semicolons behind it.
    mutating func statement() throws(SQLSyntaxError) {
        guard !isAtEnd else { throw failure("there is no statement") }
        try mainStatement()
        while acceptSymbol(";") {}
        guard !isAtEnd else { return }
        if scanned.isSymbol(index - 1, ";") {
            throw failure("there must be one statement, and here begins another")
        }
        throw expected("the end of the statement")
    }

    private mutating func mainStatement() throws(SQLSyntaxError) {
        if isQueryStart || isSymbol("(") {
            try query()
        } else if isWriteStart {
            try write()
        } else if accept("EXPLAIN") {
            try explanation()
        } else if dialect == .postgres, accept("SHOW") {
            try setting()
        } else if dialect == .sqlite, accept("PRAGMA") {
            try pragma()
        } else {
            guard kind == .word else { throw expected("a statement") }
            let word = scanned.excerpt(CollectionOfOne(scanned.tokens[index]))
            facts.doubt("\(word) is not among the statements that read")
            facts.hide("\(word) is not among the statements whose tables are known")
            // What is in it does not matter any more, but whether another follows.
            while !isAtEnd, !isSymbol(";") { index += 1 }
        }
    }

    private mutating func explanation() throws(SQLSyntaxError) {
        var runs = false
        if dialect == .sqlite {
            if accept("QUERY") { try expect("PLAN") }
            // The engine says of an explained write that it writes.
            runs = true
        } else if acceptSymbol("(") {
            try list { (parser) throws(SQLSyntaxError) in
                let isAnalyze = parser.isWord("ANALYZE") || parser.isWord("ANALYSE")
                guard parser.kind == .word else { throw parser.expected("an option") }
                parser.index += 1
                let isOff = parser.isWord("FALSE") || parser.isWord("OFF")
                if !parser.isSymbol(","), !parser.isSymbol(")") { parser.index += 1 }
                // Of an option that stands twice the last counts; to be certain, any does here.
                if isAnalyze, !isOff { runs = true }
            }
            try expectSymbol(")")
        } else {
            runs = accept(anyOf: ["ANALYZE", "ANALYSE"]) != nil
            _ = accept("VERBOSE")
        }
        guard isQueryStart || isSymbol("(") || isWriteStart else {
            throw expected("a query or a statement that changes rows")
        }
        if isWriteStart { try write() } else { try query() }
        // A function that is not known may still be called, by whoever plans with its value.
        if !runs, facts.hidden == nil { facts.dismissDoubt() }
    }

    /// Behind `SHOW`.
    private mutating func setting() throws(SQLSyntaxError) {
        facts.hide("a setting is in no table")
        repeat {
            guard kind == .word || kind == .quotedName else { throw expected("a setting") }
            index += 1
        } while acceptSymbol(".") || kind == .word
    }

    /// Behind `PRAGMA`: many set something, some by being asked, so only these are known to read.
    private mutating func pragma() throws(SQLSyntaxError) {
        let values = [
            "application_id", "collation_list", "compile_options", "data_version",
            "database_list", "encoding", "freelist_count", "function_list", "module_list",
            "page_count", "page_size", "pragma_list", "schema_version", "table_list",
            "user_version",
        ]
        let questions = [
            "foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info",
            "table_list", "table_xinfo",
        ]
        facts.hide("a setting is in no table")
        if isSymbol(".", ahead: 1) { index += 2 }
        guard let name = scanned.name(index) else { throw expected("a pragma") }
        index += 1
        if !isSymbol("("), values.contains(name), isAtEnd || isSymbol(";") { return }
        if questions.contains(name), acceptSymbol("(") {
            guard scanned.name(index) != nil || kind == .string else { throw expected("a name") }
            index += 1
            return try expectSymbol(")")
        }
        let written = scanned.excerpt(CollectionOfOne(scanned.tokens[index - 1]))
        facts.doubt("PRAGMA \(written) may change a setting")
        while !isAtEnd, !isSymbol(";") { index += 1 }
    }

    // MARK: Statements that change rows

    /// Whether a statement comes next that changes rows and whose tables are known here.
    var isWriteStart: Bool {
        isWord("INSERT") || isWord("UPDATE") || isWord("DELETE")
            || isWord("REPLACE") && isWord("INTO", ahead: 1)
    }

    /// A statement that changes rows, without the `WITH` before it.
    mutating func write() throws(SQLSyntaxError) {
        facts.doubt("changes rows (\(scanned.word(index) ?? ""))")
        if accept("UPDATE") {
            try orAction()
            try target()
            try assignments()
            if accept("FROM") { try sources() }
        } else if accept("DELETE") {
            try expect("FROM")
            try target()
            if accept("USING") { try sources() }
        } else {
            if !accept("REPLACE") {
                try expect("INSERT")
                try orAction()
            }
            try expect("INTO")
            try insertion()
        }
        if accept("WHERE") { try condition() }
        if accept("RETURNING") { try resultList() }
    }

    /// SQLite's `OR REPLACE` and its kin.
    private mutating func orAction() throws(SQLSyntaxError) {
        guard accept("OR") else { return }
        guard accept(anyOf: ["REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK"]) != nil else {
            throw expected("IGNORE or REPLACE")
        }
    }

    /// The table that is written, with its alias.
    private mutating func target() throws(SQLSyntaxError) {
        _ = accept("ONLY")
        if let table = try tableName() { facts.write(table) }
        _ = acceptSymbol("*")
        if accept("AS") || isIdentifier { try identifier("an alias") }
    }

    private mutating func insertion() throws(SQLSyntaxError) {
        if let table = try tableName() { facts.write(table) }
        if accept("AS") { try identifier("an alias") }
        if isSymbol("("), !scanned.isQuery(index + 1) {
            try expectSymbol("(")
            try list { (parser) throws(SQLSyntaxError) in try parser.assigned() }
            try expectSymbol(")")
        }
        if accept("OVERRIDING") {
            _ = accept(anyOf: ["SYSTEM", "USER"])
            try expect("VALUE")
        }
        if accept("DEFAULT") { try expect("VALUES") } else { try query() }
        while accept("ON") {
            try expect("CONFLICT")
            if accept("ON") {
                try expect("CONSTRAINT")
                try identifier("a constraint")
            } else if acceptSymbol("(") {
                try ordering()
                try expectSymbol(")")
                if accept("WHERE") { try expression() }
            }
            try expect("DO")
            if accept("NOTHING") { continue }
            try expect("UPDATE")
            try assignments()
            if accept("WHERE") { try expression() }
        }
    }

    /// `SET a = 1, (b, c) = (…)`.
    private mutating func assignments() throws(SQLSyntaxError) {
        try expect("SET")
        try list { (parser) throws(SQLSyntaxError) in
            if parser.acceptSymbol("(") {
                try parser.list { (parser) throws(SQLSyntaxError) in try parser.assigned() }
                try parser.expectSymbol(")")
            } else {
                try parser.assigned()
            }
            try parser.expectSymbol("=")
            try parser.expression()
        }
    }

    /// A column that gets a value, or a part of one.
    private mutating func assigned() throws(SQLSyntaxError) {
        try path()
        while isSymbol("[") {
            index += 1
            try expression()
            try expectSymbol("]")
        }
    }

    private mutating func condition() throws(SQLSyntaxError) {
        if accept("CURRENT") {
            try expect("OF")
            return try identifier("a cursor")
        }
        try expression()
    }
}

extension ScannedSQL {
    /// Whether a query begins at this token.
    func isQuery(_ index: Int) -> Bool {
        ["SELECT", "VALUES", "WITH", "TABLE"].contains { isWord(index, $0) } || isSymbol(index, "(")
    }
}
