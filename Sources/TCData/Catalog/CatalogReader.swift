import TCCore
import TCWire

/// A fault of a catalogue, with the line of the file that it is about.
public struct CatalogFault: Sendable, Equatable {
    /// Counted from 1.
    public let line: Int
    /// `queries.vehicles_by_owner`, `tables.vehicles.columns.id`; empty for the whole file.
    public let entry: String
    public let message: String

    public init(line: Int, entry: String, message: String) {
        self.line = line
        self.entry = entry
        self.message = message
    }
}

/// Reads a catalogue from YAML:
///
/// ```yaml
/// tables:
///   vehicles:
///     columns: {id: text, owner: text, name: text?, made_at: time}
///     key: id
///     order: [-made_at]
///     read: [driver, operator]
///     write: [operator]
///     cache: 30s
/// queries:
///   vehicles_by_owner:
///     sql: SELECT id, name FROM vehicles WHERE owner = :owner
///     params: {owner: text}
///     keyset: [id]
/// statements:
///   rename_vehicle:
///     sql: UPDATE vehicles SET name = :name WHERE id = :id
///     params: {id: text, name: text?}
///     write: [operator]
/// ```
///
/// What can be read is read, and each fault is told: a catalogue with faults is for showing them, not
/// for use.
public struct CatalogReader {
    /// Entries of one catalogue.
    public static let mostEntries = 1000
    /// Columns of one table, parameters of one statement.
    public static let mostColumns = 500

    public private(set) var catalog = Catalog()
    /// In the order of the file.
    public private(set) var faults: [CatalogFault] = []

    /// A catalogue without entries.
    public init() {}

    public init(_ document: YAMLNode) {
        guard let sections = mapping(document, "", "the catalogue") else { return }
        for section in sections {
            guard let entries = mapping(section.value, section.key, "'\(section.key)'") else {
                continue
            }
            for entry in entries.prefix(CatalogReader.mostEntries) {
                let path = "\(section.key).\(entry.key)"
                guard SQLName.isValid(entry.key) else {
                    fault(entry.line, path, "'\(entry.key)' is no name: \(CatalogReader.nameRule)")
                    continue
                }
                switch section.key {
                case "tables": table(entry, path)
                case "queries": query(entry, path)
                case "statements": statement(entry, path)
                default: break
                }
            }
            if entries.count > CatalogReader.mostEntries {
                fault(
                    section.line, section.key,
                    "\(entries.count) entries; at most \(CatalogReader.mostEntries) are taken")
            }
            if !["tables", "queries", "statements"].contains(section.key) {
                fault(
                    section.line, section.key,
                    "'\(section.key)' is unknown; there are tables, queries and statements")
            }
        }
    }

    private static let nameRule =
        "expected letters, digits and '_', at most \(SQLName.longest), no digit first"

    private mutating func fault(_ line: Int, _ entry: String, _ message: String) {
        faults.append(CatalogFault(line: line, entry: entry, message: message))
    }

    // MARK: Entries

    private mutating func table(_ entry: YAMLNode.Entry, _ path: String) {
        let known = [
            "table", "columns", "key", "order", "read", "write", "operations", "cache", "max_lag",
        ]
        guard let body = body(entry, path, known) else { return }
        let columns = declarations(body["columns"], path, "columns")
        let places = body["table"].map { texts($0, "\(path).table") } ?? [entry.key]
        let place = places.first.map { $0.split(separator: ".").map(String.init) } ?? []
        if places.count != 1 || !(1...2).contains(place.count)
            || !place.allSatisfy(SQLName.isValid)
        {
            fault(entry.line, path, "'table' must be NAME or SCHEMA.NAME")
            return
        }
        let key = body["key"].map { texts($0, "\(path).key") } ?? []
        if columns.isEmpty { fault(entry.line, path, "'columns' is missing") }
        if key.isEmpty { fault(entry.line, path, "'key' is missing") }
        let order = KeysetOrder(
            (body["order"].map { texts($0, "\(path).order") } ?? []).map { .init(text: $0) }
        ).followed(by: key)
        for name in order.columns.map(\.name) {
            guard let column = columns.first(where: { $0.name == name }) else {
                fault(entry.line, path, "'\(name)' of the key or the order is no column")
                continue
            }
            if column.isNullable {
                fault(entry.line, path, "'\(name)' of the key or the order may be null")
            }
        }
        var operations = Set(CatalogTable.Operation.allCases)
        if let given = body["operations"] {
            operations = []
            for word in texts(given, "\(path).operations") {
                if let operation = CatalogTable.Operation(rawValue: word) {
                    operations.insert(operation)
                } else {
                    fault(
                        given.line, "\(path).operations",
                        "'\(word)' is no operation; there are insert, upsert, update and delete")
                }
            }
        }
        catalog.tables.append(
            CatalogTable(
                name: entry.key, place: place, columns: columns, key: key, order: order,
                reading: terms(body, path), writers: body["write"].map { texts($0, path) },
                operations: operations, line: entry.line))
    }

    private mutating func query(_ entry: YAMLNode.Entry, _ path: String) {
        let known = ["sql", "params", "columns", "keyset", "tables", "read", "cache", "max_lag"]
        guard let body = body(entry, path, known), let sql = sql(body, entry, path) else { return }
        let order = body["keyset"].map { node in
            KeysetOrder(texts(node, "\(path).keyset").map { .init(text: $0) })
        }
        if let order, order.columns.isEmpty || !order.columns.allSatisfy({ isName($0.name) }) {
            fault(
                body["keyset"]!.line, "\(path).keyset",
                "must name columns, '-' before a column"
                    + " for the highest first")
        }
        catalog.queries.append(
            CatalogQuery(
                name: entry.key, sql: sql, parameters: declarations(body["params"], path, "params"),
                columns: declarations(body["columns"], path, "columns"), order: order,
                tables: body["tables"].map { texts($0, "\(path).tables") },
                reading: terms(body, path), line: entry.line))
    }

    private mutating func statement(_ entry: YAMLNode.Entry, _ path: String) {
        let known = ["sql", "params", "tables", "write"]
        guard let body = body(entry, path, known), let sql = sql(body, entry, path) else { return }
        catalog.statements.append(
            CatalogStatement(
                name: entry.key, sql: sql, parameters: declarations(body["params"], path, "params"),
                tables: body["tables"].map { texts($0, "\(path).tables") },
                writers: body["write"].map { texts($0, "\(path).write") }, line: entry.line))
    }

    private mutating func sql(
        _ body: [String: YAMLNode], _ entry: YAMLNode.Entry, _ path: String
    ) -> String? {
        guard let sql = body["sql"]?.value.string, !sql.isEmpty else {
            fault(body["sql"]?.line ?? entry.line, path, "'sql' must be a statement")
            return nil
        }
        return sql
    }

    private mutating func terms(_ body: [String: YAMLNode], _ path: String) -> ReadTerms {
        ReadTerms(
            roles: body["read"].map { texts($0, "\(path).read") },
            cache: body["cache"].flatMap { duration($0, "\(path).cache") },
            maxLag: body["max_lag"].flatMap { duration($0, "\(path).max_lag") })
    }

    // MARK: Parts

    private mutating func mapping(
        _ node: YAMLNode, _ entry: String, _ what: String
    ) -> [YAMLNode.Entry]? {
        if case .mapping(let entries) = node.content { return entries }
        fault(node.line, entry, "\(what) must be a mapping, got \(node.value.kindName)")
        return nil
    }

    /// The parts of an entry by their keys, of which each must be `known`.
    private mutating func body(
        _ entry: YAMLNode.Entry, _ path: String, _ known: [String]
    ) -> [String: YAMLNode]? {
        guard let parts = mapping(entry.value, path, "'\(path)'") else { return nil }
        for part in parts where !known.contains(part.key) {
            let meant = nearest(to: part.key, in: known).map { "; did you mean '\($0)'?" }
            fault(
                part.line, path,
                "'\(part.key)' is unknown\(meant ?? "; there are \(known.joined(separator: ", "))")"
            )
        }
        return Dictionary(parts.map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// One text, or a list of texts.
    private mutating func texts(_ node: YAMLNode, _ entry: String) -> [String] {
        switch node.content {
        case .scalar(.string(let text)): return [text]
        case .sequence(let nodes):
            let texts = nodes.compactMap(\.value.string)
            if texts.count == nodes.count { return texts }
        default: break
        }
        fault(node.line, entry, "must be a name or a list of names, got \(node.value.kindName)")
        return []
    }

    private mutating func duration(_ node: YAMLNode, _ entry: String) -> Duration? {
        if let text = node.value.string, let duration = Duration(text: text) { return duration }
        fault(node.line, entry, "must be a duration such as 500ms or 15m")
        return nil
    }

    /// `{id: text, name: text?}`
    private mutating func declarations(
        _ node: YAMLNode?, _ path: String, _ part: String
    ) -> [ColumnDeclaration] {
        guard let node, let entries = mapping(node, "\(path).\(part)", "'\(part)'") else {
            return []
        }
        if entries.count > CatalogReader.mostColumns {
            fault(
                node.line, "\(path).\(part)",
                "\(entries.count) entries; at most \(CatalogReader.mostColumns) are taken")
        }
        return entries.prefix(CatalogReader.mostColumns).compactMap { entry in
            declaration(entry, "\(path).\(part).\(entry.key)")
        }
    }

    private mutating func declaration(
        _ entry: YAMLNode.Entry, _ path: String
    ) -> ColumnDeclaration? {
        guard isName(entry.key) else {
            fault(entry.line, path, "'\(entry.key)' is no name: \(CatalogReader.nameRule)")
            return nil
        }
        let text = entry.value.value.string ?? ""
        let isNullable = text.hasSuffix("?")
        guard let type = ColumnType(rawValue: isNullable ? String(text.dropLast()) : text) else {
            let known = ColumnType.allCases.map(\.rawValue).joined(separator: ", ")
            fault(
                entry.line, path,
                "'\(text)' is no type; there are \(known), with '?' where null may stand")
            return nil
        }
        return ColumnDeclaration(name: entry.key, type: type, isNullable: isNullable)
    }

    private func isName(_ text: String) -> Bool { SQLName.isValid(text) }
}
