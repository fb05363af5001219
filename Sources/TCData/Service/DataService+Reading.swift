import Synchronization
import TCCore
import TCStore
import TCWire

extension DataService {
    /// A page of a table's rows.
    ///
    /// - Throws: `bad_input` for a filter, an order, a limit or a cursor that cannot be used.
    public func list(
        _ table: CatalogTable, _ request: ListRequest, _ options: ReadOptions
    ) async throws -> DataPage {
        let order = try table.order(of: request)
        let first = try table.list(request, after: [], limit: 0, dialect)
        let question = DataQuestion(
            kind: "list", sql: first.sql, parameters: first.parameters, order: order)
        let after = try place(options, question)
        return try await answer(
            Reading(
                statement: try table.list(request, after: after, limit: options.limit, dialect),
                encoder: RowEncoder(table, order: order), question: question, order: order,
                terms: table.reading, tags: [table.tag], isCertain: true), options)
    }

    /// The row of a key; no row where there is none.
    ///
    /// - Parameter key: at least the columns of the key; others are not looked at.
    /// - Throws: `bad_input` for a key that is not whole or of other types.
    public func get(
        _ table: CatalogTable, _ key: JSONObject, _ options: ReadOptions
    ) async throws -> DataPage {
        let statement = try table.get(key)
        return try await answer(
            Reading(
                statement: statement, encoder: RowEncoder(table, order: nil),
                question: DataQuestion(
                    kind: "get", sql: statement.sql, parameters: statement.parameters, order: nil),
                order: nil, terms: table.reading, tags: [try table.tag(of: key)], isCertain: true),
            options)
    }

    /// A page of a query's rows.
    ///
    /// - Parameter parameters: by name; those that may be null may be left out.
    /// - Throws: `bad_input` for a parameter that is missing, unknown or of another type, a limit or a
    ///   cursor that cannot be used.
    public func query(
        _ query: CatalogQuery, _ parameters: JSONObject, _ options: ReadOptions
    ) async throws -> DataPage {
        guard let compiled = queries[query.name] else {
            throw TCError(.bug, "query '\(query.name)' is of another catalogue")
        }
        let statement = try compiled.bind(parameters)
        let question = DataQuestion(
            kind: "query", sql: statement.sql, parameters: statement.parameters, order: query.order)
        let after = try place(options, question)
        return try await answer(
            Reading(
                statement: statement.page(query.order, after: after, limit: options.limit),
                encoder: RowEncoder(declared: query.columns, order: query.order),
                question: question, order: query.order, terms: query.reading,
                tags: compiled.tagsRead(declared: query.tables), isCertain: compiled.doubt == nil),
            options)
    }

    /// The rows of a statement of the caller's own, in a transaction that only reads.
    ///
    /// - Throws: `not_permitted` for one that is not certainly a read.
    public func read(sql: String, _ options: ReadOptions) async throws -> DataPage {
        let compiled = try CompiledStatement(sql, [], dialect)
        if let doubt = compiled.doubt {
            throw TCError(
                .notPermitted, "the statement is not certainly one that only reads: \(doubt)",
                hint: "put it into the catalogue")
        }
        let statement = compiled.unbound
        // What EXPLAIN and SHOW tell is short.
        return try await answer(
            Reading(
                statement: compiled.givesRows
                    ? statement.page(nil, after: [], limit: options.limit) : statement,
                encoder: RowEncoder(declared: [], order: nil),
                question: DataQuestion(
                    kind: "sql", sql: statement.sql, parameters: [], order: nil),
                order: nil, terms: ReadTerms(), tags: nil, isCertain: false, mayUseReplica: true),
            options)
    }

    /// The values behind which the page begins.
    private func place(
        _ options: ReadOptions, _ question: DataQuestion
    ) throws(TCError) -> [SQLValue] {
        guard let cursor = options.cursor else { return [] }
        return try cursors.values(of: cursor, question: question.bytes)
    }

    /// A question in the form in which an engine answers it.
    private struct Reading {
        var statement: BoundStatement
        var encoder: RowEncoder
        var question: DataQuestion
        var order: KeysetOrder?
        var terms: ReadTerms
        /// What its answer depends on; nil where that is not known, so that it cannot be kept.
        var tags: [CacheTag]?
        /// Whether its text alone shows that it writes nothing; else a transaction sees to it.
        var isCertain: Bool
        /// Whether a replica may answer, which cannot write anyway.
        var mayUseReplica = false
    }

    private func answer(_ reading: Reading, _ options: ReadOptions) async throws -> DataPage {
        guard (1...DataService.longestPage).contains(options.limit) else {
            throw TCError(
                .badInput,
                "'limit' must be 1 to \(DataService.longestPage), got \(options.limit)")
        }
        guard let cache, let maxAge = reading.terms.cache, let tags = reading.tags,
            options.maxLag == nil, options.minLSN == nil
        else { return try await load(reading, options).page }
        let lag = Mutex<Duration?>(nil)
        let key =
            "\(options.limit) \(options.cursor ?? "") "
            + String(decoding: reading.question.bytes, as: UTF8.self)
        let cached = try await cache.read(key: key, tags: tags, maxAge: maxAge) { fence in
            let read = try await load(reading, options, fence)
            lag.withLock { $0 = read.page.lag }
            return Loaded(
                read.page.kept,
                from: read.page.lag == nil ? .primary : .replica(read.page.source),
                lsn: read.position?.byteOffset)
        }
        var page = DataPage(kept: cached.value)
        switch cached.source {
        case .l1: (page.source, page.age) = ("l1", cached.age)
        case .l2: (page.source, page.age) = ("l2", cached.age)
        case .loader(.primary): page.source = "primary"
        case .loader(.replica(let name)): (page.source, page.lag) = (name, lag.withLock { $0 })
        }
        return page
    }

    /// - Parameter fence: what a page that is to be kept must have seen; its position is then asked for.
    private func load(
        _ reading: Reading, _ options: ReadOptions, _ fence: Fence? = nil
    ) async throws -> (page: DataPage, position: LSN?) {
        let (rows, member, position) = try await rows(reading, options, fence)
        var page = DataPage(
            lines: [], rows: 0,
            source: member.role == .primary ? "primary" : "replica:\(member.name)")
        if member.role == .replica { page.lag = member.lag }
        if rows.count > options.limit {
            guard let order = reading.order, !order.columns.isEmpty else {
                throw TCError(
                    .badInput, "there are more than \(options.limit) rows and no order to page by",
                    hint: "give the query a 'keyset' in the catalogue, or the statement a LIMIT")
            }
            page.next = cursors.cursor(
                after: rows[options.limit - 1].place, of: reading.question.bytes)
        }
        for row in rows.prefix(options.limit) {
            page.lines += row.line
            page.rows += 1
        }
        return (page, position)
    }

    private typealias Rows = (rows: [EncodedRow], member: ClusterMember, position: LSN?)

    private func rows(
        _ reading: Reading, _ options: ReadOptions, _ fence: Fence?
    ) async throws -> Rows {
        let (statement, encoder) = (reading.statement, reading.encoder)
        var bound = ReadBound(
            maxLag: options.maxLag ?? reading.terms.maxLag ?? maxLag, minLSN: options.minLSN)
        if let least = fence?.leastLSN {
            bound.minLSN = max(bound.minLSN ?? LSN(byteOffset: 0), LSN(byteOffset: least))
        }
        let read: @Sendable (ClusterMember) async throws -> Rows = { member in
            // Asked for first: the read then sees at least so much.
            let position =
                fence == nil ? nil : try await ServerState.readPosition(on: member.database)
            let rows =
                reading.isCertain
                ? try await member.database.query(statement.sql, statement.parameters) {
                    try encoder.encode($0)
                }
                : try await member.database.read { connection in
                    try connection.query(statement.sql, statement.parameters) {
                        try encoder.encode($0)
                    }
                }
            return (rows, member, position)
        }
        if fence?.needsPrimary != true, reading.isCertain || reading.mayUseReplica {
            return try await cluster.read(bound, read)
        }
        return try await read(try await cluster.primary())
    }
}
