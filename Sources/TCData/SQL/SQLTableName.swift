/// A table as a statement names it: folded as the engine folds identifiers.
public struct SQLTableName: Hashable, Sendable {
    /// Nil where the statement leaves it to the search path.
    public let schema: String?
    public let name: String

    /// Any schema and name, without quotes.
    public init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }
}

extension SQLTableName: CustomStringConvertible {
    public var description: String { schema.map { "\($0).\(name)" } ?? name }
}
