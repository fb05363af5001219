import ArgumentParser
import TCCore
import TCData
import TCWire

/// The flags that name a row by its key.
struct KeyOptions: ParsableArguments {
    @Option(help: .init("The table of the catalogue.", valueName: "name"))
    var table: String

    @Option(
        help: .init(
            "A column of the key; may be given several times.", valueName: "column=value"))
    var key: [AssignedWord] = []

    /// Nil where lines are read.
    var record: JSONObject? { key.isEmpty ? nil : JSONObject() }
}

/// The flags that give a row.
struct RowOptions: ParsableArguments {
    @Option(help: .init("The table of the catalogue.", valueName: "name"))
    var table: String

    @Option(
        name: .customLong("set"),
        help: .init(
            "A column of the row; may be given several times.", valueName: "column=value"))
    var columns: [AssignedWord] = []

    /// Nil where lines are read.
    var record: JSONObject? { columns.isEmpty ? nil : JSONObject() }
}

/// The flag of what changes many rows.
struct BatchOptions: ParsableArguments {
    @Flag(help: "All lines in one transaction: together or not at all.")
    var atomic = false
}

/// A command that does something to the rows of a table, a line for a row.
protocol ChangesRows: ReadsLines, PrintsRecords {
    static var operation: CatalogTable.Operation { get }
    var data: DataOptions { get }
    var batch: BatchOptions { get }
    var table: String { get }
    /// What flags give of the row.
    var words: [AssignedWord] { get }
}

extension ChangesRows {
    var flagRecord: JSONObject? { words.isEmpty ? nil : JSONObject() }

    static func outcomeSchema(_ results: DataChangeOutcome.Result...) -> RecordSchema {
        RecordSchema(
            "what came of it",
            [
                .required(
                    "status", .oneOf((results + [.unknown]).map(\.rawValue)),
                    "how it ended; unknown where the connection was lost before that was said"),
                .required("table", .identifier, "the table; the columns of the key follow"),
                .optional(
                    "lsn", .string,
                    "a position that has seen the change, for --min-lsn; on PostgreSQL"),
            ], allowsOthers: true)
    }

    nonisolated(nonsending) func run(in context: CommandContext) async throws -> ExitStatus {
        try await context.withData(data) { engines in
            let table = try engines.service.catalog.table(table)
            return try await context.apply(batch, engines.service) { record in
                let row = try context.flagRecord == nil ? record : words.object(table.columns)
                return .row(Self.operation, table, row)
            }
        }
    }
}

extension CommandContext {
    /// Makes the change of each record, one by one or together, and prints what came of it.
    nonisolated(nonsending) func apply(
        _ batch: BatchOptions, _ service: DataService,
        _ change: (JSONObject) throws -> DataChange
    ) async throws -> ExitStatus {
        var isNegative = false
        func show(_ outcome: DataChangeOutcome) throws {
            isNegative = isNegative || outcome.isNegative
            try output.write(lines: outcome.line)
        }
        var gathered: [DataChange] = []
        let summary = try await forEachRecord { record in
            let change = try change(record)
            guard batch.atomic else { return try show(try await service.apply(change)) }
            guard gathered.count < DataService.longestBatch else {
                throw TCError(
                    .badInput,
                    "a transaction takes at most \(DataService.longestBatch) lines")
            }
            gathered.append(change)
        }
        if flagRecord == nil { summarise(summary) }
        guard batch.atomic, !gathered.isEmpty else { return isNegative ? .negative : .done }
        guard summary.rejected == 0 else {
            throw TCError(
                .badInput,
                "nothing was changed, since \(summary.rejected) of the lines were rejected"
            )
        }
        do {
            for outcome in try await service.apply(gathered) { try show(outcome) }
        } catch let refusal as RefusedChange {
            throw TCError(
                .badInput,
                "nothing was changed: record \(refusal.index + 1): \(refusal.reason.message)")
        }
        return isNegative ? .negative : .done
    }
}
