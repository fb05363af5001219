import TCCore

/// The queries, tables and statements that may be used, as a catalogue file names them.
public struct Catalog: Sendable {
    public var tables: [CatalogTable]
    public var queries: [CatalogQuery]
    public var statements: [CatalogStatement]

    public init(
        tables: [CatalogTable] = [], queries: [CatalogQuery] = [],
        statements: [CatalogStatement] = []
    ) {
        self.tables = tables
        self.queries = queries
        self.statements = statements
    }

    /// What its entries are called in faults, and their lines.
    public var entries: [(name: String, line: Int)] {
        tables.map { ("tables.\($0.name)", $0.line) }
            + queries.map { ("queries.\($0.name)", $0.line) }
            + statements.map { ("statements.\($0.name)", $0.line) }
    }

    /// - Throws: `bad_input` where there is none of that name.
    public func table(_ name: String) throws(TCError) -> CatalogTable {
        guard let table = tables.first(where: { $0.name == name }) else {
            throw unknown("table", name, tables.map(\.name))
        }
        return table
    }

    /// - Throws: `bad_input` where there is none of that name.
    public func query(_ name: String) throws(TCError) -> CatalogQuery {
        guard let query = queries.first(where: { $0.name == name }) else {
            throw unknown("query", name, queries.map(\.name))
        }
        return query
    }

    /// - Throws: `bad_input` where there is none of that name.
    public func statement(_ name: String) throws(TCError) -> CatalogStatement {
        guard let statement = statements.first(where: { $0.name == name }) else {
            throw unknown("statement", name, statements.map(\.name))
        }
        return statement
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> TCError {
        TCError(
            .badInput, "the catalogue has no \(kind) '\(name)'",
            hint: nearest(to: name, in: known).map { "did you mean '\($0)'?" })
    }
}

/// How an entry is read: who may, how old an answer may be, and how far a replica may lag.
public struct ReadTerms: Sendable, Equatable {
    /// Roles of which one is needed; nil where any caller that is known may.
    public var roles: [String]?
    /// How long an answer may be kept and given again; nil where none is kept.
    public var cache: Duration?
    /// How far behind the primary a replica may be that answers; nil for what the caller says.
    public var maxLag: Duration?

    public init(roles: [String]? = nil, cache: Duration? = nil, maxLag: Duration? = nil) {
        self.roles = roles
        self.cache = cache
        self.maxLag = maxLag
    }
}

/// A table that the catalogue opens.
public struct CatalogTable: Sendable {
    /// What may be done to its rows.
    public enum Operation: String, Sendable, CaseIterable {
        case insert, upsert, update, delete
    }

    public let name: String
    /// The table in the database, with its schema where there is one: parts that are names.
    public let place: [String]
    /// The columns that are shown and may be written; others stay unseen.
    public let columns: [ColumnDeclaration]
    /// The columns of the primary key, in order; never null.
    public let key: [String]
    /// The order of `list` unless the caller says another, with the key behind it.
    public let order: KeysetOrder
    public let reading: ReadTerms
    /// Roles of which one is needed to write; nil where only operators may, at a command line.
    public let writers: [String]?
    public let operations: Set<Operation>
    /// The line of the catalogue, counted from 1.
    public let line: Int

    /// The declared column of this name.
    ///
    /// - Throws: `bad_input` where there is none.
    func column(_ name: String) throws(TCError) -> ColumnDeclaration {
        guard let column = columns.first(where: { $0.name == name }) else {
            throw TCError(
                .badInput, "table '\(self.name)' has no column '\(name)'",
                hint: nearest(to: name, in: columns.map(\.name)).map { "did you mean '\($0)'?" })
        }
        return column
    }

    /// What a column holds.
    ///
    /// - Throws: `bad_input` where there is none of that name.
    public func columnType(_ name: String) throws(TCError) -> ColumnType { try column(name).type }

    /// Its place as SQL.
    var sqlName: String { place.map(SQLName.quoted).joined(separator: ".") }
}

/// A query that only reads, by name.
public struct CatalogQuery: Sendable {
    public let name: String
    /// With named parameters: `:owner`.
    public let sql: String
    public let parameters: [ColumnDeclaration]
    /// What its columns are where their type alone does not tell: times, truth, JSON.
    public let columns: [ColumnDeclaration]
    /// The order of its rows, by columns that together tell every row from every other; nil where
    /// the answer is one page.
    public let order: KeysetOrder?
    /// Tables that it reads, as declared; nil where they are to be derived.
    public let tables: [String]?
    public let reading: ReadTerms
    public let line: Int
}

/// A statement that writes, by name.
public struct CatalogStatement: Sendable {
    public let name: String
    public let sql: String
    public let parameters: [ColumnDeclaration]
    /// Tables that it writes, as declared; nil where they are to be derived.
    public let tables: [String]?
    /// Roles of which one is needed; nil where only operators may, at a command line.
    public let writers: [String]?
    public let line: Int
}

/// An order of rows by columns that are never null.
public struct KeysetOrder: Sendable, Equatable {
    /// A column that rows are ordered by.
    public struct Column: Sendable, Equatable {
        public let name: String
        public let isDescending: Bool

        public init(_ name: String, isDescending: Bool = false) {
            self.name = name
            self.isDescending = isDescending
        }

        /// `name`, or `-name` for the highest first.
        public init(text: String) {
            isDescending = text.hasPrefix("-")
            name = String(text.drop { $0 == "-" })
        }

        var text: String { (isDescending ? "-" : "") + name }
    }

    public let columns: [Column]

    public init(_ columns: [Column]) { self.columns = columns }

    /// The same with those of `names` behind it that it lacks, so that no two rows are alike.
    func followed(by names: [String]) -> KeysetOrder {
        let missing = names.filter { name in !columns.contains { $0.name == name } }
        return KeysetOrder(columns + missing.map { Column($0) })
    }
}

/// Names of tables and columns as SQL.
enum SQLName {
    /// Bytes of a name: PostgreSQL cuts longer ones.
    static let longest = 63

    /// A letter or `_`, then letters, digits and `_`, of ASCII, so that nothing has to be escaped.
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= longest else { return false }
        return (first == UInt8(ascii: "_") || isLetter(first))
            && name.utf8.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "_") || 48...57 ~= $0 }
    }

    /// - Parameter name: valid.
    static func quoted(_ name: String) -> String {
        precondition(isValid(name), "'\(name)' is no name")
        return "\"\(name)\""
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 65...90 ~= byte || 97...122 ~= byte }
}
