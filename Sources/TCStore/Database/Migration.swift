/// One step of a family's schema. The list is append-only: what was applied anywhere never changes,
/// and a mend is a further step.
public struct Migration: Sendable, Equatable {
    /// The family whose tables these are: `auth`.
    public let family: String
    /// 1, 2, 3 … without gaps, in the list's order.
    public let version: Int
    /// Statements for one transaction, in order, without parameters.
    public let sql: [String]

    public init(family: String, version: Int, sql: [String]) {
        self.family = family
        self.version = version
        self.sql = sql
    }
}
