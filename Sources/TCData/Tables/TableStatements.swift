import TCCore
import TCStore
import TCWire

/// A statement and its parameters.
struct BoundStatement: Sendable, Equatable {
    var sql: String
    var parameters: [SQLValue]
}

/// What is asked of the rows of a table.
public struct ListRequest: Sendable {
    /// All of them must hold.
    public var filters: [RowFilter]
    /// Nil for the table's own.
    public var order: KeysetOrder?

    public init(filters: [RowFilter] = [], order: KeysetOrder? = nil) {
        self.filters = filters
        self.order = order
    }
}

extension CatalogTable {
    /// The columns as they are selected.
    private var selected: String {
        columns.map { KeysetPage.column($0.name) }.joined(separator: ", ")
    }

    /// The order of a list: the caller's, or the table's own, with the key behind it.
    ///
    /// - Throws: `bad_input` for a column that is unknown or may be null, which has no place in an
    ///   order that both engines agree on.
    func order(of request: ListRequest) throws(TCError) -> KeysetOrder {
        guard let order = request.order else { return self.order }
        for column in order.columns where try self.column(column.name).isNullable {
            throw TCError(
                .badInput, "'\(column.name)' may be null, so that rows cannot be ordered by it")
        }
        return order.followed(by: key)
    }

    /// Rows of a page and one more, which tells whether there is another page.
    func list(
        _ request: ListRequest, after: [SQLValue], limit: Int, _ dialect: SQLDialect
    ) throws(TCError) -> BoundStatement {
        guard request.filters.count <= RowFilter.mostFilters else {
            throw TCError(
                .badInput,
                "\(request.filters.count) filters; at most \(RowFilter.mostFilters) are taken")
        }
        var parameters: [SQLValue] = []
        var conditions: [String] = []
        for filter in request.filters {
            conditions.append(try filter.sql(self, dialect, &parameters))
        }
        let page = KeysetPage(order: try order(of: request), after: after)
        if let (sql, values) = page.condition(firstParameter: parameters.count + 1) {
            conditions.append(sql)
            parameters += values
        }
        parameters.append(.integer(Int64(limit + 1)))
        let condition = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        return BoundStatement(
            sql:
                "SELECT \(selected) FROM \(sqlName) AS \(KeysetPage.rowName)\(condition) ORDER BY \(page.orderBy)"
                + " LIMIT $\(parameters.count)",
            parameters: parameters)
    }

    /// The row of a key.
    func get(_ row: JSONObject) throws(TCError) -> BoundStatement {
        var parameters: [SQLValue] = []
        let condition = try keyCondition(row, KeysetPage.column, &parameters)
        return BoundStatement(
            sql: "SELECT \(selected) FROM \(sqlName) AS \(KeysetPage.rowName) WHERE \(condition)",
            parameters: parameters)
    }

    /// The statement that does `operation` with a row: all that a new row holds, the key and what is
    /// to change of an old one, the key of one that is to go.
    ///
    /// - Throws: `bad_input` for a field that is no column, a value of another type, or a key that is
    ///   not whole; `not_permitted` where the catalogue does not open the operation.
    func change(_ operation: Operation, _ row: JSONObject) throws(TCError) -> BoundStatement {
        guard operations.contains(operation) else {
            throw TCError(
                .notPermitted, "the catalogue does not open '\(operation.rawValue)' of '\(name)'")
        }
        var parameters: [SQLValue] = []
        switch operation {
        case .delete:
            let condition = try keyCondition(row, SQLName.quoted, &parameters)
            return BoundStatement(
                sql: "DELETE FROM \(sqlName) WHERE \(condition)", parameters: parameters)
        case .update:
            let changes = try given(row).filter { !key.contains($0.name) }
            guard !changes.isEmpty else {
                throw TCError(.badInput, "nothing of '\(name)' is to change beside its key")
            }
            var assignments: [String] = []
            for change in changes {
                parameters.append(change.value)
                assignments.append("\(SQLName.quoted(change.name)) = $\(parameters.count)")
            }
            let condition = try keyCondition(row, SQLName.quoted, &parameters)
            return BoundStatement(
                sql: "UPDATE \(sqlName) SET \(assignments.joined(separator: ", "))"
                    + " WHERE \(condition)",
                parameters: parameters)
        case .insert, .upsert:
            let values = try given(row)
            guard !values.isEmpty else {
                throw TCError(.badInput, "a row of '\(name)' must have a column at least")
            }
            let names = values.map { SQLName.quoted($0.name) }
            let numbers = values.indices.map { "$\($0 + 1)" }
            var sql =
                "INSERT INTO \(sqlName) (\(names.joined(separator: ", ")))"
                + " VALUES (\(numbers.joined(separator: ", ")))"
            if operation == .upsert {
                _ = try keyValues(row)
                let target = key.map(SQLName.quoted).joined(separator: ", ")
                let updates = values.filter { !key.contains($0.name) }
                    .map { SQLName.quoted($0.name) }.map { "\($0) = excluded.\($0)" }
                sql += " ON CONFLICT (\(target)) DO "
                sql +=
                    updates.isEmpty
                    ? "NOTHING" : "UPDATE SET " + updates.joined(separator: ", ")
            }
            return BoundStatement(sql: sql, parameters: values.map(\.value))
        }
    }

    /// The values of the key in a row, in the key's order.
    ///
    /// - Throws: `bad_input` where one is missing, null or of another type.
    func keyValues(_ row: JSONObject) throws(TCError) -> [SQLValue] {
        try key.map { (name) throws(TCError) in
            guard let value = row[name] else {
                throw TCError(.badInput, "'\(name)', of the key of '\(self.name)', is missing")
            }
            return try column(name).sqlValue(value)
        }
    }

    private func keyCondition(
        _ row: JSONObject, _ column: (String) -> String, _ parameters: inout [SQLValue]
    ) throws(TCError) -> String {
        var conditions: [String] = []
        for (name, value) in zip(key, try keyValues(row)) {
            parameters.append(value)
            conditions.append("\(column(name)) = $\(parameters.count)")
        }
        return conditions.joined(separator: " AND ")
    }

    /// The columns that a row gives, in the order of the table, so that rows with the same fields make
    /// the same statement.
    private func given(_ row: JSONObject) throws(TCError) -> [(name: String, value: SQLValue)] {
        for name in row.keys { _ = try column(name) }
        var given: [(name: String, value: SQLValue)] = []
        for column in columns {
            guard let value = row[column.name] else { continue }
            given.append((column.name, try column.sqlValue(value)))
        }
        return given
    }
}
