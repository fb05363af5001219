import TCCore
import TCStore
import TCWire

extension DataService {
    /// Makes one change, in a transaction of its own.
    ///
    /// - Parameter expected: the row as it must be; then nothing is done to another one, or to none.
    /// - Throws: `bad_input` for a change that the catalogue does not know or a constraint refuses;
    ///   `not_permitted` for one that it does not open.
    public func apply(
        _ change: DataChange, onlyIf expected: RowDigest? = nil
    ) async throws -> DataChangeOutcome {
        do {
            return try await apply([change], onlyIf: expected)[0]
        } catch let refusal as RefusedChange {
            if refusal.isExisting {
                return DataChangeOutcome(change: change, result: .exists, changes: 0)
            }
            throw refusal.reason
        }
    }

    /// Makes all changes in one transaction, in their order.
    ///
    /// A row that is not there is an outcome and leaves the rest; a row that exists, or anything else
    /// that is refused, undoes all.
    ///
    /// - Throws: `RefusedChange`; then none has happened.
    public func apply(_ changes: [DataChange]) async throws -> [DataChangeOutcome] {
        try await apply(changes, onlyIf: nil)
    }

    /// - Parameter expected: the row of the first change.
    private func apply(
        _ changes: [DataChange], onlyIf expected: RowDigest?
    ) async throws -> [DataChangeOutcome] {
        guard changes.count <= DataService.longestBatch else {
            throw TCError(
                .badInput,
                "\(changes.count) changes; at most \(DataService.longestBatch) are taken at once")
        }
        var bound: [BoundStatement] = []
        for (index, change) in changes.enumerated() {
            do {
                bound.append(try statement(change))
            } catch {
                throw RefusedChange(index: index, reason: error)
            }
        }
        let statements = bound
        let precondition = try expected.map { try RowPrecondition(changes[0], $0) }
        do {
            let written = try await telling(of: changes) {
                let (counts, member) = try await cluster.write { member in
                    let counts = try await member.database.write { connection -> [Int]? in
                        if let precondition, try !precondition.holds(connection) { return nil }
                        return try statements.enumerated().map { index, statement in
                            do {
                                return try connection.execute(statement.sql, statement.parameters)
                            } catch let violation as ConstraintViolation {
                                throw RefusedChange(index: index, violation)
                            }
                        }
                    }
                    return (counts, member)
                }
                let isChanged = counts?.contains { $0 > 0 } ?? false
                // What was changed stays changed where its position cannot be asked for any more.
                let lsn = isChanged ? try? await cluster.writePosition(on: member) : nil
                return Written((counts, lsn), lsn: lsn?.byteOffset)
            }
            let (counts, lsn) = written.value
            guard let counts else {
                return [DataChangeOutcome(change: changes[0], result: .another, changes: 0)]
            }
            var outcomes = zip(changes, counts).map(DataChangeOutcome.init)
            for index in outcomes.indices where !outcomes[index].isNegative {
                outcomes[index].lsn = lsn
            }
            return outcomes
        } catch is UnknownOutcome {
            return changes.map { DataChangeOutcome(change: $0, result: .unknown, changes: 0) }
        }
    }

    /// Makes changes, and makes invalid what depends on them.
    private func telling<Value: Sendable>(
        of changes: [DataChange], _ change: () async throws -> Written<Value>
    ) async throws -> Written<Value> {
        guard let cache else { return try await change() }
        var tags: Set<CacheTag> = []
        var areKnown = true
        for change in changes {
            let name = if case .statement(let statement, _) = change { statement.name } else { "" }
            guard let some = try change.tags(statements[name]) else {
                areKnown = false
                continue
            }
            tags.formUnion(some)
        }
        if tags.count > DataService.mostTags { tags = Set(tags.map(\.wholeTable)) }
        do {
            let written = try await cache.write(tags: Array(tags), change: change)
            // What was changed is not known: then everything may have been.
            if !areKnown { try? await cache.invalidate(nil) }
            return written
        } catch let error as UnknownOutcome {
            if !areKnown { try? await cache.invalidate(nil) }
            throw error
        }
    }

    /// Rows beyond these are told of as their table.
    private static let mostTags = 100

    private func statement(_ change: DataChange) throws(TCError) -> BoundStatement {
        switch change {
        case .row(let operation, let table, let row): return try table.change(operation, row)
        case .statement(let statement, let parameters):
            guard let compiled = statements[statement.name] else {
                throw TCError(.bug, "statement '\(statement.name)' is of another catalogue")
            }
            return try compiled.bind(parameters)
        }
    }
}

/// A row that must be as somebody saw it.
private struct RowPrecondition: Sendable {
    private let statement: BoundStatement
    private let encoder: RowEncoder
    private let expected: RowDigest

    init(_ change: DataChange, _ expected: RowDigest) throws(TCError) {
        guard case .row(_, let table, let row) = change else {
            throw TCError(.bug, "a statement has no row to expect")
        }
        statement = try table.get(row)
        encoder = RowEncoder(table, order: nil)
        self.expected = expected
    }

    func holds(_ connection: any SQLConnection) throws -> Bool {
        try connection.first(statement.sql, statement.parameters) {
            RowDigest(of: try encoder.encode($0).line) == expected
        } ?? false
    }
}

extension DataChangeOutcome {
    /// - Parameter changes: rows that were.
    fileprivate init(_ change: DataChange, _ changes: Int) {
        let result: Result =
            switch change {
            case .row(.insert, _, _): .inserted
            case .row(.upsert, _, _): .upserted
            case .row(.update, _, _): changes > 0 ? .updated : .notFound
            case .row(.delete, _, _): changes > 0 ? .deleted : .notFound
            case .statement: .done
            }
        self.init(change: change, result: result, changes: changes)
    }
}

extension RefusedChange {
    /// A constraint said no.
    fileprivate init(index: Int, _ violation: ConstraintViolation) {
        let name = violation.name.map { " '\($0)'" } ?? ""
        let what =
            switch violation.kind {
            case .unique: "the row, or a value that must be the only one, exists"
            case .check: "a check refuses it"
            case .foreignKey: "it names a row that is not there, or is named by one"
            case .notNull: "a value is missing"
            }
        self.init(
            index: index, reason: TCError(.badInput, "\(what): constraint\(name)"),
            isExisting: violation.kind == .unique)
    }
}
