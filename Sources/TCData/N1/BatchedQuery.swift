import TCStore

/// The one query that replaces many which differ in the value of a key.
public enum BatchedQuery: Equatable, Sendable {
    /// The query, which takes all the keys as one parameter (an array on PostgreSQL, a JSON array
    /// on SQLite) and gives the rows of all of them, each with its key.
    case query(String, key: String)
    /// Why there is none that certainly gives the same rows, and what to do instead where that is
    /// known.
    case none(String)

    /// Makes `… WHERE key = ANY($1) …`, on SQLite `… IN (SELECT value FROM json_each($1)) …`, of
    /// `… WHERE key = $1 …`, and selects the key where that is not done yet. What does not differ
    /// stays as it was written.
    ///
    /// - Parameter varying: which of the statement's values differ, counted from 0 in the order of
    ///   the text; parameters count like values that are written out.
    init(_ statement: ScannedSQL, varying: [Int]) {
        do throws(Underivable) {
            var derivation = try BatchDerivation(statement, varying: varying)
            self = try derivation.query()
        } catch {
            self = .none(error.reason)
        }
    }
}

/// Why a batched query cannot be derived.
struct Underivable: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}
