import TCStore

/// What stands behind `FROM` and `USING`: tables, queries, functions, and how they are joined.
extension SQLParser {
    mutating func sources() throws(SQLSyntaxError) {
        try list { (parser) throws(SQLSyntaxError) in try parser.joined() }
    }

    private mutating func joined() throws(SQLSyntaxError) {
        try source()
        while true {
            let isNatural = accept("NATURAL")
            if accept(anyOf: ["LEFT", "RIGHT", "FULL"]) != nil {
                _ = accept("OUTER")
                try expect("JOIN")
            } else if accept(anyOf: ["CROSS", "INNER"]) != nil {
                try expect("JOIN")
            } else if !accept("JOIN") {
                if isNatural { throw expected("JOIN") }
                return
            }
            // Behind a join in brackets, several conditions may follow several joins.
            try source()
            while true {
                if accept("ON") {
                    try expression()
                } else if accept("USING") {
                    try nameList()
                    if accept("AS") { try identifier() }
                } else {
                    break
                }
            }
        }
    }

    private mutating func source() throws(SQLSyntaxError) {
        try nested { (parser) throws(SQLSyntaxError) in
            _ = parser.accept("LATERAL")
            if parser.acceptSymbol("(") {
                if parser.isQueryStart { try parser.query() } else { try parser.sources() }
                if parser.isQueryRest { try parser.queryRest() }
                try parser.expectSymbol(")")
            } else if parser.isWord("ROWS"), parser.isWord("FROM", ahead: 1) {
                parser.index += 2
                try parser.expectSymbol("(")
                try parser.list { (parser) throws(SQLSyntaxError) in
                    try parser.sourceFunction()
                    if parser.accept("AS") { try parser.columnDefinitions() }
                }
                try parser.expectSymbol(")")
                if parser.accept("WITH") { try parser.expect("ORDINALITY") }
            } else if parser.accept("ONLY") {
                let isInBrackets = parser.acceptSymbol("(")
                try parser.tableRead()
                if isInBrackets { try parser.expectSymbol(")") }
            } else if parser.isFunctionCall {
                try parser.sourceFunction()
                if parser.accept("WITH") { try parser.expect("ORDINALITY") }
            } else {
                try parser.tableRead()
                _ = parser.acceptSymbol("*")
            }
            try parser.alias()
            try parser.sample()
            if parser.accept("NOT") {
                try parser.expect("INDEXED")
            } else if parser.accept("INDEXED") {
                try parser.expect("BY")
                try parser.identifier()
            }
        }
    }

    /// A table that is read, unless the name is a common table expression's.
    mutating func tableRead() throws(SQLSyntaxError) {
        guard let table = try tableName() else { return }
        if table.schema == nil, commonTables.contains(table.name) { return }
        if dialect == .sqlite, table.name.hasPrefix("pragma_") {
            // `SELECT * FROM pragma_journal_mode WHERE arg = 'delete'` sets what it names.
            facts.doubt("reads a pragma as a table, which may change a setting")
            return facts.hide("a pragma is no table")
        }
        facts.read(table)
    }

    /// `name`, `schema.name` or `database.schema.name`; nil, and the tables are not known, where
    /// its escapes are not decoded here.
    mutating func tableName() throws(SQLSyntaxError) -> SQLTableName? {
        let first = index
        try identifier("the name of a table")
        while isSymbol("."), index - first < 5 {
            index += 1
            guard kind == .word || kind == .quotedName else { throw expected("an identifier") }
            index += 1
        }
        let parts = stride(from: first, to: index, by: 2).map { scanned.name($0) }
        guard let name = parts[parts.count - 1], !parts.contains(nil) else {
            facts.hide("a table's name has Unicode escapes")
            return nil
        }
        return SQLTableName(schema: parts.count > 1 ? parts[parts.count - 2] : nil, name: name)
    }

    /// `[AS] a [(x, y)]`, on PostgreSQL also with types, and also without a name.
    private mutating func alias() throws(SQLSyntaxError) {
        if accept("AS") {
            if isSymbol("(") { return try columnDefinitions() }
            try identifier("an alias")
        } else if isIdentifier {
            index += 1
        } else {
            return
        }
        if isSymbol("(") { try columnDefinitions() }
    }

    private mutating func columnDefinitions() throws(SQLSyntaxError) {
        try expectSymbol("(")
        try list { (parser) throws(SQLSyntaxError) in
            try parser.identifier()
            if parser.isIdentifier { try parser.type() }
            if parser.accept("COLLATE") { try parser.path() }
        }
        try expectSymbol(")")
    }

    private mutating func sample() throws(SQLSyntaxError) {
        guard accept("TABLESAMPLE") else { return }
        // Other methods are functions that somebody has written.
        guard accept(anyOf: ["BERNOULLI", "SYSTEM"]) != nil else { throw expected("BERNOULLI") }
        try expectSymbol("(")
        try expression()
        try expectSymbol(")")
        if accept("REPEATABLE") {
            try expectSymbol("(")
            try expression()
            try expectSymbol(")")
        }
    }

    private mutating func sourceFunction() throws(SQLSyntaxError) {
        guard isFunctionCall else { throw expected("a function") }
        try functionCall()
    }
}
