import TCCore
import TCStore
import TCWire

/// Holds every entry of a catalogue against the database that it is for.
public struct CatalogCheck {
    private let catalog: Catalog
    private let database: any Database
    private var faults: [CatalogFault] = []

    /// The faults, in the order of the file. Each entry is prepared by the engine and not run.
    ///
    /// - Throws: `unavailable` where the database cannot be asked.
    public static func faults(
        of catalog: Catalog, on database: any Database
    ) async throws -> [CatalogFault] {
        try await database.check()
        var check = CatalogCheck(catalog: catalog, database: database)
        for table in catalog.tables { try await check.check(table) }
        for query in catalog.queries { try await check.check(query) }
        for statement in catalog.statements { try await check.check(statement) }
        return check.faults.sorted { $0.line < $1.line }
    }

    private init(catalog: Catalog, database: any Database) {
        self.catalog = catalog
        self.database = database
    }

    private mutating func check(_ table: CatalogTable) async throws {
        let entry = "tables.\(table.name)"
        // A value for each column: null goes through every type.
        let none = table.columns.map { _ in SQLValue.null }
        let names = table.columns.map { KeysetPage.column($0.name) }.joined(separator: ", ")
        let page = KeysetPage(order: table.order, after: [])
        try await prepare(
            BoundStatement(
                sql: "SELECT \(names) FROM \(table.sqlName) AS \(KeysetPage.rowName)"
                    + " ORDER BY \(page.orderBy) LIMIT 1",
                parameters: []), entry, table.line)
        guard table.operations.contains(.upsert) else { return }
        let plain = table.columns.map { SQLName.quoted($0.name) }.joined(separator: ", ")
        let numbers = table.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let key = table.key.map(SQLName.quoted).joined(separator: ", ")
        // Refused where nothing makes the key the only one.
        try await prepare(
            BoundStatement(
                sql: "INSERT INTO \(table.sqlName) (\(plain)) VALUES (\(numbers))"
                    + " ON CONFLICT (\(key)) DO NOTHING",
                parameters: none), entry, table.line)
    }

    private mutating func check(_ query: CatalogQuery) async throws {
        let entry = "queries.\(query.name)"
        guard let compiled = compile(query.sql, query.parameters, entry, query.line) else { return }
        guard compiled.givesRows else {
            return fault(
                query.line, entry, "a query must begin with SELECT, WITH, VALUES or TABLE")
        }
        if let written = compiled.tables?.written, !written.isEmpty {
            return fault(
                query.line, entry, "a query must only read; what writes stands under 'statements'")
        }
        checkTables(
            declared: query.tables, found: compiled.tables?.read,
            isNeeded: query.reading.cache != nil,
            entry, query.line)
        if query.reading.cache != nil, query.tables == nil {
            for table in compiled.tables?.read ?? [] where try await isView(table) {
                fault(
                    query.line, entry,
                    "'\(table)' is a view: name it and the tables behind it in 'tables', whose "
                        + "changes make what is kept invalid")
            }
        }
        try await prepare(
            compiled.unbound.page(query.order, after: [], limit: 1), entry, query.line)
    }

    private func isView(_ table: SQLTableName) async throws -> Bool {
        let sql =
            switch database.dialect {
            case .sqlite: "SELECT 1 FROM sqlite_schema WHERE type = 'view' AND lower(name) = $1"
            case .postgres: "SELECT 1 FROM pg_class WHERE relkind IN ('v', 'm') AND relname = $1"
            }
        return try await !database.query(sql, [.text(table.name)]) { _ in true }.isEmpty
    }

    private mutating func check(_ statement: CatalogStatement) async throws {
        let entry = "statements.\(statement.name)"
        guard
            let compiled = compile(
                statement.sql, statement.parameters, entry, statement.line)
        else { return }
        checkTables(
            declared: statement.tables, found: compiled.tables?.written, isNeeded: true, entry,
            statement.line)
        try await prepare(compiled.unbound, entry, statement.line)
    }

    private mutating func compile(
        _ sql: String, _ parameters: [ColumnDeclaration], _ entry: String, _ line: Int
    ) -> CompiledStatement? {
        do {
            return try CompiledStatement(sql, parameters, database.dialect)
        } catch {
            fault(line, entry, error.message)
            return nil
        }
    }

    /// - Parameter isNeeded: whether somebody relies on them.
    private mutating func checkTables(
        declared: [String]?, found: [SQLTableName]?, isNeeded: Bool, _ entry: String, _ line: Int
    ) {
        guard let found else {
            if declared == nil, isNeeded {
                fault(
                    line, entry, "its tables cannot be told from its text: name them in 'tables'")
            }
            return
        }
        guard let declared else { return }
        for table in found where !declared.contains(table.name) {
            fault(line, entry, "'tables' lacks '\(table.name)', which the statement names")
        }
    }

    /// Ends the transaction in which a statement was prepared.
    private struct Prepared: Error {}

    /// Has the engine prepare a statement.
    private mutating func prepare(
        _ statement: BoundStatement, _ entry: String, _ line: Int
    ) async throws {
        do {
            // SQLite prepares what writes only where that may be. EXPLAIN runs nothing.
            try await database.write { connection in
                _ = try connection.query("EXPLAIN " + statement.sql, statement.parameters) { _ in }
                throw Prepared()
            }
        } catch is Prepared {
            return
        } catch let error as TCError where !error.isRetryable {
            fault(line, entry, error.message)
        }
    }

    private mutating func fault(_ line: Int, _ entry: String, _ message: String) {
        faults.append(CatalogFault(line: line, entry: entry, message: message))
    }
}
