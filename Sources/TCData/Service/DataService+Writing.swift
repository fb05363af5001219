import TCCore
import TCStore
import TCWire

extension DataService {
    /// Makes one change, in a transaction of its own.
    ///
    /// - Throws: `bad_input` for a change that the catalogue does not know or a constraint refuses;
    ///   `not_permitted` for one that it does not open.
    public func apply(_ change: DataChange) async throws -> DataChangeOutcome {
        do {
            return try await apply([change])[0]
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
        let member = try await cluster.primary()
        do {
            let counts = try await member.database.write { connection in
                try statements.enumerated().map { index, statement in
                    do {
                        return try connection.execute(statement.sql, statement.parameters)
                    } catch let violation as ConstraintViolation {
                        throw RefusedChange(index: index, violation)
                    }
                }
            }
            var outcomes = zip(changes, counts).map(DataChangeOutcome.init)
            guard outcomes.contains(where: { !$0.isNegative }) else { return outcomes }
            let lsn = try await cluster.writePosition(on: member)
            for index in outcomes.indices where !outcomes[index].isNegative {
                outcomes[index].lsn = lsn
            }
            return outcomes
        } catch is UnknownOutcome {
            return changes.map { DataChangeOutcome(change: $0, result: .unknown, changes: 0) }
        }
    }

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
