import TCCore
import TCStore
import TCWire

/// The one way to the databases: answers what the catalogue opens, from a replica that is fresh enough
/// or from the primary, page by page.
public struct DataService: Sendable {
    /// Rows of a page, at most.
    public static let longestPage = 100
    /// Changes of one transaction, at most.
    public static let longestBatch = 10_000

    public let catalog: Catalog
    let cluster: any DatabaseCluster
    let cursors: PageCursors
    /// What was read, where the catalogue lets it be kept; nil to keep nothing and tell nobody of
    /// changes.
    public let cache: ReadCache?
    /// How far behind a replica may be where neither the caller nor the catalogue says.
    let maxLag: Duration
    /// What the queries and statements of the catalogue are, by their names.
    let queries: [String: CompiledStatement]
    let statements: [String: CompiledStatement]

    /// - Throws: `configuration` for a catalogue with a fault, which `CatalogCheck` tells.
    public init(
        catalog: Catalog, cluster: any DatabaseCluster, cursors: PageCursors,
        cache: ReadCache? = nil, maxLag: Duration
    ) throws(TCError) {
        self.catalog = catalog
        self.cluster = cluster
        self.cursors = cursors
        self.cache = cache
        self.maxLag = maxLag
        var compiled:
            (queries: [String: CompiledStatement], statements: [String: CompiledStatement])
        compiled = ([:], [:])
        for query in catalog.queries {
            compiled.queries[query.name] = try DataService.compile(
                "query '\(query.name)'", query.sql, query.parameters, cluster.dialect)
        }
        for statement in catalog.statements {
            compiled.statements[statement.name] = try DataService.compile(
                "statement '\(statement.name)'", statement.sql, statement.parameters,
                cluster.dialect)
        }
        (queries, statements) = compiled
    }

    private static func compile(
        _ what: String, _ sql: String, _ parameters: [ColumnDeclaration], _ dialect: SQLDialect
    ) throws(TCError) -> CompiledStatement {
        do {
            return try CompiledStatement(sql, parameters, dialect)
        } catch {
            throw TCError(
                .configuration, "\(what) of the catalogue: \(error.message)",
                hint: "tc data catalog check shows every fault")
        }
    }

    var dialect: SQLDialect { cluster.dialect }
}
