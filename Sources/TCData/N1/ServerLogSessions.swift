import TCCore
import TCStore

/// Puts the messages of PostgreSQL's server log together to statements, session by session.
///
/// A statement, its parameters and its duration may come in one message or in three, with those of
/// other sessions between. Where no trace tells requests apart, a request is a transaction of a
/// session; statements outside of transactions belong together until the session pauses.
struct ServerLogSessions {
    /// Without a transaction, a session that says nothing for so long is taken to serve another
    /// request.
    static let pauseMilliseconds: Int64 = 1000

    /// Sessions that are open at once; servers rarely allow a tenth.
    private let limit: Int
    /// Bytes of the statements that may wait for more, in all sessions.
    private let pendingLimit: Int
    private var pendingBytes = 0
    private var sessions: [String: Session] = [:]
    private var turn = 0
    /// How many sessions were forgotten because too many were open, or held too much: their
    /// requests may be told apart where they were one.
    private(set) var forgotten = 0

    private struct Session {
        var request = 1
        var requestHasStatements = false
        var isInTransaction = false
        var lastTime: Instant?
        var lastTurn = 0
        /// A statement whose parameters or duration may still come.
        var pending: Pending?
    }

    private struct Pending {
        let line: Int
        let time: Instant?
        let application: String?
        let sql: String
        var parameters: [String?] = []
        var milliseconds: Double?

        var bytes: Int {
            sql.utf8.count + parameters.reduce(0) { $0 + ($1?.utf8.count ?? 0) + 16 }
        }
    }

    init(limit: Int, pendingBytes pendingLimit: Int = 64 << 20) {
        self.limit = limit
        self.pendingLimit = pendingLimit
    }

    mutating func take(_ entry: ServerLogEntry, _ found: (QueryLogEvent) -> Void) {
        turn += 1
        let key = entry.session
        let isFull = sessions[key] == nil && sessions.count >= limit
        if isFull || pendingBytes > pendingLimit { forgetOlderHalf(found) }
        sessions[key, default: Session()].lastTurn = turn
        switch ServerLogMessage(severity: entry.severity, entry.message) {
        case .statement(let sql, let milliseconds):
            finishPending(key, found)
            let pending = Pending(
                line: entry.line, time: entry.time, application: entry.application, sql: sql,
                milliseconds: milliseconds)
            pendingBytes += pending.bytes
            sessions[key]?.pending = pending
        case .duration(let milliseconds):
            if sessions[key]?.pending?.milliseconds == nil {
                sessions[key]?.pending?.milliseconds = milliseconds
            }
        case .parameters(let values): takeParameters(values, key)
        case .disconnection:
            finishPending(key, found)
            endRequest(key, found)
            sessions[key] = nil
        case .other: finishPending(key, found)
        }
        if let detail = entry.detail,
            case .parameters(let values) = ServerLogMessage(severity: "DETAIL", detail)
        {
            takeParameters(values, key)
        }
    }

    private mutating func takeParameters(_ values: [String?], _ key: String) {
        guard var pending = sessions[key]?.pending else { return }
        pendingBytes -= pending.bytes
        pending.parameters = values
        pendingBytes += pending.bytes
        sessions[key]?.pending = pending
    }

    /// At the end of the log.
    mutating func finish(_ found: (QueryLogEvent) -> Void) {
        // In the order of the log, so that a report does not depend on hashing.
        for key in sessionsByAge {
            finishPending(key, found)
            endRequest(key, found)
        }
        sessions = [:]
    }

    private var sessionsByAge: [String] {
        sessions.sorted { $0.value.lastTurn < $1.value.lastTurn }.map(\.key)
    }

    private mutating func forgetOlderHalf(_ found: (QueryLogEvent) -> Void) {
        for key in sessionsByAge.prefix((sessions.count + 1) / 2) {
            finishPending(key, found)
            endRequest(key, found)
            sessions[key] = nil
            forgotten += 1
        }
    }

    /// Hands on the statement that waits for what may follow, and goes on with the transaction.
    private mutating func finishPending(_ key: String, _ found: (QueryLogEvent) -> Void) {
        guard let pending = sessions[key]?.pending else { return }
        sessions[key]?.pending = nil
        pendingBytes -= pending.bytes
        let statement: ScannedSQL
        do throws(SQLSyntaxError) {
            statement = try SQLScanner.scan(pending.sql, dialect: .postgres)
        } catch {
            return found(
                .fault(
                    QueryLogFault(
                        line: pending.line,
                        message: "the statement cannot be read: \(error)")))
        }
        switch statement.word(0) {
        case "BEGIN"?, "START"?:
            endRequest(key, found)
            sessions[key]?.isInTransaction = true
        case "COMMIT"?, "END"?, "ABORT"?,
            "ROLLBACK"? where !isPartial(statement):
            endRequest(key, found)
            sessions[key]?.isInTransaction = false
        default:
            pauseEndsRequest(key, pending.time, found)
            hand(on: pending, statement, key, found)
        }
        sessions[key]?.lastTime = pending.time
    }

    /// `ROLLBACK TO a` goes on with the transaction.
    private func isPartial(_ statement: ScannedSQL) -> Bool {
        statement.isWord(0, "ROLLBACK")
            && statement.tokens.indices.contains { statement.isWord($0, "TO") }
    }

    private mutating func pauseEndsRequest(
        _ key: String, _ time: Instant?, _ found: (QueryLogEvent) -> Void
    ) {
        guard let session = sessions[key], !session.isInTransaction, let time,
            let last = session.lastTime,
            time.milliseconds - last.milliseconds > ServerLogSessions.pauseMilliseconds
        else { return }
        endRequest(key, found)
    }

    private mutating func hand(
        on pending: Pending, _ statement: ScannedSQL, _ key: String,
        _ found: (QueryLogEvent) -> Void
    ) {
        let comment = StatementComment(of: statement)
        let trace = comment.trace.map { "trace \($0)" }
        if trace == nil { sessions[key]?.requestHasStatements = true }
        found(
            .statement(
                LoggedStatement(
                    line: pending.line, time: pending.time, request: trace ?? requestName(key),
                    caller: comment.caller ?? pending.application, statement: statement,
                    parameters: pending.parameters, milliseconds: pending.milliseconds)))
    }

    private func requestName(_ key: String) -> String {
        "session \(key), transaction \(sessions[key]?.request ?? 1)"
    }

    private mutating func endRequest(_ key: String, _ found: (QueryLogEvent) -> Void) {
        guard sessions[key]?.requestHasStatements == true else { return }
        found(.requestEnded(requestName(key)))
        sessions[key]?.requestHasStatements = false
        sessions[key]?.request += 1
    }
}
