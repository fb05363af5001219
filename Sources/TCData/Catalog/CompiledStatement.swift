import TCCore
import TCStore
import TCWire

/// A statement of the catalogue, made ready for an engine.
struct CompiledStatement: Sendable {
    /// With numbers for names.
    let sql: String
    /// Whether it can stand in brackets where a table can.
    let givesRows: Bool
    /// Why it is not certainly a read; nil where it is one.
    let doubt: String?
    /// The tables that it reads and writes; nil where they cannot be told from the text.
    let tables: TableReferences?
    /// By number, `$1` first.
    private let parameters: [ColumnDeclaration]

    /// - Throws: `bad_input` for a text that cannot be scanned, or parameters that are not those that
    ///   are declared.
    init(
        _ text: String, _ declared: [ColumnDeclaration], _ dialect: SQLDialect
    ) throws(TCError) {
        let named: NamedParameters
        do throws(SQLSyntaxError) {
            let scanned = try SQLScanner.scan(text, dialect: dialect)
            // The semicolon, and what stands behind it, would end what it is put into.
            let last = scanned.tokens.indices.last { !scanned.isSymbol($0, ";") }
            guard let last else {
                throw SQLSyntaxError("there is no statement", at: 0, in: scanned.bytes)
            }
            givesRows = ["SELECT", "WITH", "VALUES", "TABLE"].contains(scanned.word(0))
            named = try NamedParameters(
                scanned.text(0..<scanned.tokens[last].range.upperBound), dialect: dialect)
        } catch {
            throw error.tcError
        }
        try named.check(declared: declared.map(\.name))
        sql = named.sql
        parameters = named.names.compactMap { name in declared.first { $0.name == name } }
        tables = TableReferences(of: sql, dialect: dialect)
        doubt =
            switch StatementClass(of: sql, dialect: dialect) {
            case .certainlyRead: nil
            case .notCertainlyRead(let reason): reason
            }
    }

    /// - Throws: `bad_input` for a parameter that is missing, unknown or of another type.
    func bind(_ values: JSONObject) throws(TCError) -> BoundStatement {
        if let unknown = values.keys.first(where: { key in !parameters.contains { $0.name == key } }
        ) {
            throw TCError(
                .badInput, "there is no parameter '\(unknown)'",
                hint: nearest(to: unknown, in: parameters.map(\.name)).map {
                    "did you mean '\($0)'?"
                }
            )
        }
        let bound = try parameters.map { (parameter) throws(TCError) in
            guard let value = values[parameter.name] else {
                if parameter.isNullable { return SQLValue.null }
                throw TCError(.badInput, "parameter '\(parameter.name)' is missing")
            }
            return try parameter.sqlValue(value)
        }
        return BoundStatement(sql: sql, parameters: bound)
    }

    /// With nothing for every parameter: for an engine that is only to prepare it.
    var unbound: BoundStatement {
        BoundStatement(sql: sql, parameters: parameters.map { _ in .null })
    }
}

extension BoundStatement {
    /// A page of the statement's rows, and one row more, which tells whether there is another page.
    func page(_ order: KeysetOrder?, after: [SQLValue], limit: Int) -> BoundStatement {
        var sql = "SELECT * FROM (\(self.sql)\n) AS \(KeysetPage.rowName)"
        var parameters = self.parameters
        if let order {
            let page = KeysetPage(order: order, after: after)
            if let (condition, values) = page.condition(firstParameter: parameters.count + 1) {
                sql += " WHERE \(condition)"
                parameters += values
            }
            sql += " ORDER BY \(page.orderBy)"
        }
        parameters.append(.integer(Int64(limit + 1)))
        return BoundStatement(
            sql: sql + " LIMIT $\(parameters.count)", parameters: parameters)
    }
}
