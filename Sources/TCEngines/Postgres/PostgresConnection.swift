import CPostgres
import TCCore
import TCStore

/// A connection as bodies see it: prepared statements by their text, and the state of the
/// transaction. It is used on one thread.
///
/// `BEGIN` travels with the first statement and a statement is prepared in the round trip of its
/// first use, so that each statement costs one round trip.
final class PostgresConnection: SQLConnection {
    let link: PostgresLink
    /// What ended the transaction that is open.
    private(set) var failure: PostgresFailure?
    /// Whether the server has answered anything since `begin`.
    private(set) var hasAnswer = false
    /// Whether something of the session itself may have been changed.
    private(set) var needsReset = false

    private let options: DatabaseOptions
    private var statements: StatementCache<Prepared>
    private var preparedCount = 0
    /// Names of statements that the server need not keep any longer.
    private var discarded: [String] = []
    private var parameters = PostgresParameters()
    private var pendingBegin: String?
    private var isInRow = false

    /// A statement on the server.
    private struct Prepared {
        let name: String
        let effect: SQLText.Effect
        let mayChangeSession: Bool
    }

    /// Commands sent before an answer is waited for: enough to fill the way to the server, few
    /// enough that neither side has to hold much.
    private static let batchCommands = 512
    private static let batchBytes = 1 << 20

    init(_ link: PostgresLink, _ options: DatabaseOptions) {
        self.link = link
        self.options = options
        statements = StatementCache(limit: options.statementLimit)
    }

    var dialect: SQLDialect { .postgres }
    private var pq: tc_libpq { link.libpq.functions }

    // MARK: Statements

    @discardableResult
    func execute(_ sql: String, _ parameters: [SQLValue]) throws -> Int {
        try run(sql, [parameters], changes).first ?? 0
    }

    @discardableResult
    func execute(_ sql: String, batch: [[SQLValue]]) throws -> Int {
        var sum = 0
        var rest = batch[...]
        while !rest.isEmpty {
            let counts = try run(sql, rest, changes)
            sum += counts.reduce(0, +)
            rest = rest.dropFirst(counts.count)
        }
        return sum
    }

    func query<Result>(
        _ sql: String, _ parameters: [SQLValue], _ row: (any SQLRow) throws -> Result
    ) throws -> [Result] {
        guard let result = try run(sql, [parameters], { result, _ in result }).first else {
            return []
        }
        isInRow = true
        defer { isInRow = false }
        return try (0..<result.rowCount).map { try row(PostgresRow(result, $0)) }
    }

    private func changes(_ result: PostgresResult, _ statement: Prepared) -> Int {
        statement.effect == .changesRows && !result.commandTag.hasPrefix("SELECT")
            ? result.changes : 0
    }

    /// Runs the statement with as many of the sets of parameters as go in one round trip, and gives
    /// what `take` makes of each answer.
    private func run<Value>(
        _ sql: String, _ batch: ArraySlice<[SQLValue]>,
        _ take: (PostgresResult, Prepared) -> Value
    ) throws -> [Value] {
        try SQLText.refuseUse(inRow: isInRow, after: failure?.error)
        do {
            if link.interruption?.isRequested == true { throw CancellationError() }
            let batch = batch.prefix(PostgresConnection.batchCommands)
            // Before anything is queued, so that the pipeline never holds half of a call.
            for values in batch { try PostgresParameters.check(values) }
            let statement = try prepared(sql)
            let count = try queue(sql, statement.value, statement.isNew, batch)
            return try answers(sql, statement.value, count, take)
        } catch {
            if failure == nil { failure = PostgresFailure(error) }
            throw failure?.error ?? error
        }
    }

    private func prepared(_ sql: String) throws -> (value: Prepared, isNew: Bool) {
        var isNew = false
        let statement = try statements.statement(for: sql) {
            discarded.append($0.name)
        } prepare: {
            isNew = true
            let effect = SQLText.effect(of: sql)
            try SQLText.refuseTransactionControl(effect, sql)
            preparedCount += 1
            return Prepared(
                name: "tc\(preparedCount)", effect: effect,
                mayChangeSession: SQLText.mayChangeSession(sql))
        }
        return (statement, isNew)
    }

    /// What was queued before the statement itself runs, in this order.
    private struct Preamble {
        var commands = 0
        var begins = false
        var prepares = false
    }
    private var preamble = Preamble()

    /// Queues what has to go before the statement and the statement itself, and says how often.
    private func queue(
        _ sql: String, _ statement: Prepared, _ isNew: Bool, _ batch: ArraySlice<[SQLValue]>
    ) throws(PostgresLoss) -> Int {
        preamble = Preamble(commands: discarded.count, prepares: isNew)
        if let begin = pendingBegin {
            try send(begin)
            pendingBegin = nil
            preamble.commands += 1
            preamble.begins = true
        }
        for name in discarded { try send("DEALLOCATE \(name)") }
        discarded = []
        if isNew {
            try check(pq.PQsendPrepare(link.connection, statement.name, sql, 0, nil))
            preamble.commands += 1
        }
        var (count, bytes) = (0, 0)
        for values in batch where bytes < PostgresConnection.batchBytes {
            parameters.set(values)
            try check(
                parameters.withPointers {
                    pq.PQsendQueryPrepared(link.connection, statement.name, $0, $1, $2, $3, 1)
                })
            bytes += parameters.byteCount
            count += 1
        }
        return count
    }

    private func answers<Value>(
        _ sql: String, _ statement: Prepared, _ count: Int,
        _ take: (PostgresResult, Prepared) -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        var (answered, refusal, isBeginRefused) = (0, PostgresError?.none, false)
        try link.exchange(isCancellable: true, limit: link.answerLimit) { result in
            guard let result else {
                answered += 1
                return
            }
            switch result.status {
            case PGRES_PIPELINE_ABORTED: return
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                hasAnswer = true
                guard answered >= preamble.commands else { return }
                if statement.mayChangeSession { needsReset = true }
                values.append(take(result, statement))
            default:
                guard refusal == nil else { return }
                refusal = PostgresError(result)
                isBeginRefused = preamble.begins && answered == 0
                // Counted at the command that was refused: behind it nothing happened.
                if answered < preamble.commands, preamble.prepares { _ = statements.remove(sql) }
            }
        }
        guard let refusal else { return values }
        if refusal.consequence == .stale, let old = statements.remove(sql) {
            discarded.append(old.name)
        }
        if isBeginRefused, refusal.state == "0A000" {
            let error = TCError(
                .unavailable, "'\(link.place)' is a standby, which takes no writes")
            failure = .refusal(error, .final)
            throw error
        }
        throw try failed(refusal, sql)
    }

    /// Notes what the server refused, and gives the error for it.
    private func failed(_ refusal: PostgresError, _ sql: String) throws(PostgresLoss) -> any Error {
        if refusal.consequence == .loss {
            throw PostgresLoss("the server ended the session (\(refusal.state))")
        }
        let isCancelled = refusal.state == "57014" && link.interruption?.isRequested == true
        let error =
            isCancelled
            ? CancellationError() : refusal.make(sql, timeout: options.statementTimeout)
        failure = .refusal(error, refusal.consequence)
        return error
    }

    // MARK: Transactions

    /// A call begins; the server hears of it with the first statement.
    func begin(_ mode: DatabaseCall.Mode) {
        failure = nil
        hasAnswer = false
        pendingBegin =
            switch mode {
            case .statement: nil
            case .read:
                // A standby knows nothing of the order of transactions.
                "BEGIN ISOLATION LEVEL \(link.isStandby ? "REPEATABLE READ" : "SERIALIZABLE") READ ONLY"
            case .write: "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
            }
    }

    /// Makes what was done durable; a cancellation comes too late now.
    ///
    /// - Throws: `PostgresLoss` where it is not known whether it happened; else it has not, and
    ///   `failure` tells why.
    func commit() throws {
        guard pendingBegin == nil else { return }
        guard link.transactionStatus == PQTRANS_INTRANS else {
            throw TCError(.bug, "the body has ended its transaction by itself")
        }
        try command("COMMIT", limit: link.answerLimit)
    }

    /// Undoes what was done, if anything was.
    ///
    /// It takes a server no time, and the caller waits for it: where a server does not answer soon,
    /// the end of the session undoes as much.
    func rollBack() throws {
        pendingBegin = nil
        guard link.transactionStatus != PQTRANS_IDLE else { return }
        try command("ROLLBACK", limit: PostgresLink.grace)
    }

    /// Puts the session into the state in which it was opened.
    func reset() throws {
        try command("DISCARD ALL", limit: PostgresLink.grace)
        statements.removeAll()
        discarded = []
        needsReset = false
    }

    /// Runs a command of our own, which the caller does not see and cannot cancel.
    private func command(_ text: String, limit: Double) throws {
        try send(text)
        var refusal: PostgresError?
        try link.exchange(isCancellable: false, limit: limit) { result in
            if let result, result.status != PGRES_COMMAND_OK, refusal == nil {
                refusal = PostgresError(result)
            }
        }
        if let refusal { throw try failed(refusal, text) }
    }

    private func send(_ command: String) throws(PostgresLoss) {
        try check(pq.PQsendQueryParams(link.connection, command, 0, nil, nil, nil, nil, 1))
    }

    private func check(_ status: Int32) throws(PostgresLoss) {
        guard status == 1 else {
            throw PostgresLoss("a statement cannot be sent: \(link.message)")
        }
    }
}

/// What ended a transaction before its commit.
enum PostgresFailure {
    case refusal(any Error, PostgresError.Consequence)
    case loss(PostgresLoss)

    init(_ error: any Error) {
        self = (error as? PostgresLoss).map(PostgresFailure.loss) ?? .refusal(error, .final)
    }

    /// What the body sees.
    var error: any Error {
        switch self {
        case .refusal(let error, _): error
        case .loss(let loss): loss.error
        }
    }
}
