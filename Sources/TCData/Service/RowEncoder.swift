import TCCore
import TCStore
import TCWire

/// A row as a JSON line, and its place in the order of the rows.
struct EncodedRow: Sendable {
    let line: [UInt8]
    /// The values of the columns of the order.
    let place: [SQLValue]
}

/// Makes JSON lines of the rows of a statement.
struct RowEncoder: Sendable {
    private let columns: [ColumnDeclaration]
    /// Whether the statement's columns are those of `columns`, one after another.
    private let isPositional: Bool
    private let order: KeysetOrder?

    /// For the rows of a table, whose columns are selected in their order.
    init(_ table: CatalogTable, order: KeysetOrder?) {
        columns = table.columns
        isPositional = true
        self.order = order
    }

    /// For the rows of a query.
    ///
    /// - Parameter declared: what is known of some of its columns.
    init(declared: [ColumnDeclaration], order: KeysetOrder?) {
        columns = declared
        isPositional = false
        self.order = order
    }

    /// - Throws: `configuration` where the row is not what the catalogue says of it.
    func encode(_ row: any SQLRow) throws -> EncodedRow {
        var writer = JSONWriter()
        var names: [String] = []
        writer.beginObject()
        for column in 0..<row.columnCount {
            let name = isPositional ? columns[column].name : row.name(of: column)
            if order != nil { names.append(name) }
            writer.key(name)
            let value = try row.value(column)
            if let declared = declaration(column, name) {
                try declared.type.write(value, of: name, to: &writer)
            } else {
                ColumnType.writeUndeclared(value, to: &writer)
            }
        }
        writer.endObject()
        writer.newline()
        return EncodedRow(line: writer.bytes, place: try place(row, names))
    }

    private func declaration(_ column: Int, _ name: String) -> ColumnDeclaration? {
        isPositional ? columns[column] : columns.first { $0.name == name }
    }

    private func place(_ row: any SQLRow, _ names: [String]) throws -> [SQLValue] {
        try (order?.columns ?? []).map { column in
            guard let index = names.firstIndex(of: column.name) else {
                throw TCError(
                    .configuration, "the order names '\(column.name)', which the rows do not have")
            }
            let value = try row.value(index)
            guard value != .null else {
                throw TCError(
                    .configuration,
                    "'\(column.name)' is null in a row, so that it cannot order the rows")
            }
            return value
        }
    }
}
