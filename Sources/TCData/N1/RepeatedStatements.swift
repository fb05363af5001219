import TCCore

/// Finds statements that are repeated inside one request: the N+1 queries of whoever asks for a
/// list and then for each of its elements.
///
/// A request ends when its log says so, when the log's clock has gone on for a minute without it,
/// and else with the log. Memory is bounded: past a limit the requests that were quiet longest are
/// closed, so that one which goes on afterwards counts as two; `reached` tells.
public struct RepeatedStatements {
    /// What is held at most.
    public struct Limits: Sendable {
        /// Requests that may go on.
        public var openRequests = 10_000
        /// Different statements of one request.
        public var statementsPerRequest = 1000
        /// Bytes of all that is held of open requests, about.
        public var bytes = 64 << 20
        /// Different findings.
        public var findings = 1000

        public init() {}
    }

    /// How often each limit had an effect.
    public struct Reached: Equatable, Sendable {
        /// Requests closed before their end.
        public var requests = 0
        /// Statements that were not counted, since their request had too many different ones.
        public var statements = 0
        /// Findings that are left out.
        public var findings = 0
    }

    public private(set) var reached = Reached()

    private let threshold: Int
    private let limits: Limits
    private var open: [String: Request] = [:]
    private var findings: [StatementGroup.Key: RepeatedStatement] = [:]
    private var bytes = 0
    private var turn = 0
    /// The latest time of the log until now.
    private var newest: Instant?

    /// A request that says nothing for so long is over.
    private static let quietMilliseconds: Int64 = 60_000

    private struct Request {
        var groups: [StatementGroup.Key: StatementGroup] = [:]
        var bytes = 0
        var lastTurn = 0
        var lastTime: Instant?
    }

    /// - Parameter threshold: how often a statement may run in one request without being told of.
    public init(moreThan threshold: Int = 10, limits: Limits = Limits()) {
        self.threshold = threshold
        self.limits = limits
    }

    /// Counts a statement.
    public mutating func add(_ statement: LoggedStatement) {
        turn += 1
        if let time = statement.time { newest = max(newest ?? time, time) }
        if open[statement.request] == nil, open.count >= limits.openRequests { makeRoom() }
        let key = StatementGroup.Key(
            fingerprint: StatementFingerprint(statement.statement), caller: statement.caller)
        var request = open.removeValue(forKey: statement.request) ?? Request()
        request.lastTurn = turn
        request.lastTime = statement.time
        if request.groups[key] == nil {
            if request.groups.count < limits.statementsPerRequest {
                let group = StatementGroup(statement)
                let size = group.bytes + key.fingerprint.text.utf8.count
                request.groups[key] = group
                request.bytes += size
                bytes += size
            } else {
                reached.statements += 1
            }
        }
        request.groups[key]?.add(statement)
        open[statement.request] = request
        if bytes > limits.bytes { makeRoom() }
    }

    /// Counts out a request that has ended.
    public mutating func end(request name: String) {
        guard let request = open.removeValue(forKey: name) else { return }
        bytes -= request.bytes
        let repeated = request.groups.filter { $0.value.count > threshold }
        for (key, group) in repeated.sorted(by: { $0.value.count > $1.value.count }) {
            let finding = group.finding(key)
            if findings[key] != nil {
                findings[key]?.add(finding)
            } else if findings.count < limits.findings {
                findings[key] = finding
            } else {
                reached.findings += 1
            }
        }
    }

    /// Ends every request, and gives what was found: first what was run most often, and of equals
    /// what stands first in the log.
    public mutating func finish() -> [RepeatedStatement] {
        for name in requestsByAge { end(request: name) }
        return findings.values.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.line < $1.line
        }
    }

    private var requestsByAge: [String] {
        open.sorted { $0.value.lastTurn < $1.value.lastTurn }.map(\.key)
    }

    /// Closes what is over, and half of the rest where that gave no tenth of the room: then looking
    /// again so soon would cost more than it gives.
    private mutating func makeRoom() {
        for name in requestsByAge where isQuiet(name) { end(request: name) }
        if open.count <= limits.openRequests / 10 * 9, bytes <= limits.bytes / 10 * 9 { return }
        for name in requestsByAge.prefix((open.count + 1) / 2) {
            end(request: name)
            reached.requests += 1
        }
    }

    private func isQuiet(_ name: String) -> Bool {
        guard let newest, let last = open[name]?.lastTime else { return false }
        return newest.milliseconds - last.milliseconds > RepeatedStatements.quietMilliseconds
    }
}
