import TCStore

/// What walking over one statement brings to light.
struct StatementFacts {
    /// Why the statement is not certainly a read; nil where it is one. The first reason counts.
    private(set) var doubt: String?
    /// Why its tables cannot be told; nil where they can.
    private(set) var hidden: String?
    /// In order of appearance, each once.
    private(set) var tablesRead: [SQLTableName] = []
    private(set) var tablesWritten: [SQLTableName] = []
    private var known: Set<SQLTableName> = []

    /// What is known of a statement; what cannot be parsed is a doubt, not an error.
    init(of sql: String, dialect: SQLDialect) {
        do throws(SQLSyntaxError) {
            self = try StatementFacts(parsing: SQLScanner.scan(sql, dialect: dialect))
        } catch {
            self.init()
            doubt("cannot be parsed: \(error)")
            hide("the statement cannot be parsed: \(error)")
        }
    }

    /// The same of a statement that is cut into tokens; throws where it cannot be parsed.
    init(parsing scanned: ScannedSQL) throws(SQLSyntaxError) {
        var parser = SQLParser(scanned)
        try parser.statement()
        self = parser.facts
    }

    init() {}

    mutating func doubt(_ reason: String) { doubt = doubt ?? reason }
    mutating func hide(_ reason: String) { hidden = hidden ?? reason }

    mutating func read(_ table: SQLTableName) {
        if known.insert(table).inserted { tablesRead.append(table) }
    }

    mutating func write(_ table: SQLTableName) {
        if !tablesWritten.contains(table) { tablesWritten.append(table) }
    }

    /// For `EXPLAIN`, which runs nothing that it explains.
    mutating func dismissDoubt() { doubt = nil }
}
