import TCCore
import TCStore
import TCWire

/// What cached answers depend on, and what changes change: tables by their names without a schema, so
/// that a table is one however a statement names it.
extension CatalogTable {
    /// Every row of it.
    var tag: CacheTag { .table(SQLTableName(name: place[place.count - 1]).tagName) }

    /// The row with the key that `row` has.
    ///
    /// - Throws: `bad_input` where that is not whole.
    func tag(of row: JSONObject) throws(TCError) -> CacheTag {
        let question = DataQuestion(
            kind: "key", sql: "", parameters: try keyValues(row), order: nil)
        return .row(
            table: SQLTableName(name: place[place.count - 1]).tagName,
            key: String(decoding: question.bytes, as: UTF8.self))
    }
}

extension CompiledStatement {
    /// What an answer depends on; nil where that is not known.
    func tagsRead(declared: [String]?) -> [CacheTag]? {
        CompiledStatement.tags(declared, tables?.read)
    }

    /// What the statement changes; nil where that is not known.
    func tagsWritten(declared: [String]?) -> [CacheTag]? {
        CompiledStatement.tags(declared, tables?.written)
    }

    private static func tags(_ declared: [String]?, _ found: [SQLTableName]?) -> [CacheTag]? {
        let names = declared.map { $0.map { SQLTableName(name: $0) } } ?? found
        return names.map { Set($0.map(\.tagName)).sorted().map { .table($0) } }
    }
}

extension SQLTableName {
    /// The engines tell names apart by case only in quotes; taking more for one is safe.
    var tagName: String { name.split(separator: ".").last.map { $0.lowercased() } ?? name }
}

extension DataChange {
    /// What it changes; nil where that is not known.
    ///
    /// - Parameter compiled: the statement, where it is one.
    func tags(_ compiled: CompiledStatement?) throws(TCError) -> [CacheTag]? {
        switch self {
        case .row(.insert, let table, _): [table.tag]
        case .row(_, let table, let row): [try table.tag(of: row)]
        case .statement(let statement, _): compiled?.tagsWritten(declared: statement.tables)
        }
    }
}

extension CacheTag {
    /// The table that it is, or is a row of.
    var wholeTable: CacheTag {
        switch self {
        case .table(let table), .row(let table, _): .table(table)
        }
    }
}
