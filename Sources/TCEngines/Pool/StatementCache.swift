/// The prepared statements of one connection by their text, at most so many: the one that was used
/// the longest ago goes first.
struct StatementCache<Statement> {
    private struct Entry {
        let statement: Statement
        var lastUse: Int
    }

    private let limit: Int
    private var entries: [String: Entry] = [:]
    private var useCount = 0

    /// - Parameter limit: at least 1.
    init(limit: Int) { self.limit = limit }

    /// The statement for `sql`, which `prepare` makes where there is none.
    ///
    /// - Parameter discard: gets the statement that had to go. Finding it takes a look at all;
    ///   that is rare, since programs have fewer statements than the limit.
    mutating func statement(
        for sql: String, discard: (Statement) throws -> Void = { _ in },
        prepare: () throws -> Statement
    ) throws -> Statement {
        useCount += 1
        if let index = entries.index(forKey: sql) {
            entries.values[index].lastUse = useCount
            return entries.values[index].statement
        }
        if entries.count >= limit,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
            try discard(oldest.value.statement)
        }
        let statement = try prepare()
        entries[sql] = Entry(statement: statement, lastUse: useCount)
        return statement
    }

    /// The statement for `sql`, if it is prepared; asking does not count as a use.
    func known(_ sql: String) -> Statement? { entries[sql]?.statement }

    /// Forgets the statement for `sql`.
    mutating func remove(_ sql: String) -> Statement? {
        entries.removeValue(forKey: sql)?.statement
    }

    mutating func removeAll() { entries = [:] }
}
