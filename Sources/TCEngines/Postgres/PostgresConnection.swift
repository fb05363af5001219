import CPostgres
import TCCore
import TCStore

/// A connection as bodies see it: prepared statements by their text, and the state of the
/// transaction. It is used by one thread at a time.
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
    private var statements: StatementCache<PreparedStatement>
    private var preparedCount = 0
    /// Names of statements that the server need not keep any longer.
    private var discarded: [String] = []
    private var parameters = PostgresParameters()
    private var pendingBegin: String?
    private var isInRow = false
    private var underway: PostgresUnderway?

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
        try run(sql, [parameters]).reduce(0) { $0 + $1.changes }
    }

    @discardableResult
    func execute(_ sql: String, batch: [[SQLValue]]) throws -> Int {
        var sum = 0
        var rest = batch[...]
        while !rest.isEmpty {
            let results = try run(sql, rest)
            sum += results.reduce(0) { $0 + $1.changes }
            rest = rest.dropFirst(results.count)
        }
        return sum
    }

    func query<Result>(
        _ sql: String, _ parameters: [SQLValue], _ row: (any SQLRow) throws -> Result
    ) throws -> [Result] {
        guard let result = try result(sql, parameters) else { return [] }
        isInRow = true
        defer { isInRow = false }
        return try result.rows(row)
    }

    /// The answer to one statement.
    func result(_ sql: String, _ parameters: [SQLValue]) throws -> PostgresResult? {
        try run(sql, [parameters]).first
    }

    /// Runs the statement with as many of the sets of parameters as go in one round trip, and gives
    /// the answer to each.
    private func run(_ sql: String, _ batch: ArraySlice<[SQLValue]>) throws -> [PostgresResult] {
        try SQLText.refuseUse(inRow: isInRow, after: failure?.error)
        return try noting {
            if link.interruption?.isRequested == true { throw CancellationError() }
            let batch = batch.prefix(PostgresConnection.batchCommands)
            // Before anything is queued, so that the pipeline never holds half of a call.
            for values in batch { try PostgresParameters.check(values) }
            let statement = try prepared(sql)
            try queue(sql, statement.value, statement.isNew, batch)
            try link.exchange(isCancellable: true, limit: link.answerLimit) { take($0) }
            return try conclude()
        }
    }

    /// What `body` gives; what it throws has ended the transaction.
    private func noting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            if failure == nil { failure = PostgresFailure(error) }
            throw failure?.error ?? error
        }
    }

    private func prepared(_ sql: String) throws -> (value: PreparedStatement, isNew: Bool) {
        var isNew = false
        let statement = try statements.statement(for: sql) {
            discarded.append($0.name)
        } prepare: {
            isNew = true
            try SQLText.refuseTransactionControl(SQLText.effect(of: sql), sql)
            preparedCount += 1
            return PreparedStatement(
                name: "tc\(preparedCount)", mayChangeSession: SQLText.mayChangeSession(sql))
        }
        return (statement, isNew)
    }

    /// Queues what has to go before the statement and the statement itself, as often as goes.
    private func queue(
        _ sql: String, _ statement: PreparedStatement, _ isNew: Bool,
        _ batch: ArraySlice<[SQLValue]>
    ) throws(PostgresLoss) {
        var underway = PostgresUnderway(sql: sql, statement: statement, prepares: isNew)
        if let begin = pendingBegin {
            try send(begin)
            pendingBegin = nil
            underway.begins = true
            underway.preamble += 1
        }
        for name in discarded { try send("DEALLOCATE \(name)") }
        underway.preamble += discarded.count
        discarded = []
        if isNew {
            try check(pq.PQsendPrepare(link.connection, statement.name, sql, 0, nil))
            underway.preamble += 1
        }
        var bytes = 0
        for values in batch where bytes < PostgresConnection.batchBytes {
            parameters.set(values)
            try check(
                parameters.withPointers {
                    pq.PQsendQueryPrepared(link.connection, statement.name, $0, $1, $2, $3, 1)
                })
            bytes += parameters.byteCount
        }
        self.underway = underway
    }

    private func take(_ result: PostgresResult?) {
        underway?.take(result)
        if result?.isSuccess == true { hasAnswer = true }
    }

    /// What came of the statement, once everything is answered.
    private func conclude() throws -> [PostgresResult] {
        guard let underway else { return [] }
        self.underway = nil
        if underway.statement.mayChangeSession, !underway.results.isEmpty { needsReset = true }
        guard let refusal = underway.refusal else { return underway.results }
        if underway.isUnprepared { _ = statements.remove(underway.sql) }
        if refusal.consequence == .stale, let old = statements.remove(underway.sql) {
            discarded.append(old.name)
        }
        if underway.isBeginRefused, refusal.state == "0A000" {
            throw TCError(.unavailable, "'\(link.place)' is a standby, which takes no writes")
        }
        throw try failed(refusal, underway.sql)
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

    // MARK: One read without a thread

    /// Whether a statement that only reads can be sent and answered with no more ado: the server knows
    /// it already, and it leaves nothing behind.
    func isReady(for sql: String) -> Bool {
        discarded.isEmpty && statements.known(sql)?.mayChangeSession == false
    }

    /// Begins the call of a statement for which this is ready, and sends it.
    ///
    /// - Returns: whether all of it was sent; the rest goes with `finishStatement`.
    func startStatement(
        _ sql: String, _ parameters: [SQLValue], _ interruption: Interruption
    ) throws -> Bool {
        link.interruption = interruption
        begin(.statement)
        return try noting {
            try queue(sql, prepared(sql).value, false, [parameters])
            return try link.send()
        }
    }

    /// Takes what has come of it without waiting; nil where that is not all.
    func receiveStatement() throws -> PostgresResult? {
        try noting { try link.receive { take($0) } ? conclude().first : nil }
    }

    /// Waits for the rest of it.
    ///
    /// - Parameter deadline: as `uptime`.
    func finishStatement(isSent: Bool, deadline: Double) throws -> PostgresResult? {
        try noting {
            try link.finish(
                isSent: isSent, isCancellable: true, deadline: deadline, link.answerLimit
            ) { take($0) }
            return try conclude().first
        }
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
