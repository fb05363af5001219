import Synchronization
import TCCore

/// What this node has lately read of sessions, so that a busy one is not looked up for each request.
///
/// An entry is believed for a time that is counted from before it was read, and only that bound keeps
/// the promise that a revocation is honoured within a second: it holds when messages are lost, too.
/// Messages make it faster. An entry that was read before a message and arrives behind it is not kept,
/// since it may tell of the time before.
final class SessionStates: Sendable {
    /// What a message names.
    enum Subject: Sendable, Equatable {
        case session(String)
        case user(String)
        case everyone

        /// What goes over the channel.
        var message: [UInt8] {
            switch self {
            case .session(let id), .user(let id): Array(id.utf8)
            case .everyone: Array("everyone".utf8)
            }
        }

        /// What is not understood, as of a later release, counts as everyone.
        init(message: [UInt8]) {
            let text = String(decoding: message, as: UTF8.self)
            if Identifier.isValid(text, prefix: "ses") {
                self = .session(text)
            } else if Identifier.isValid(text, prefix: "usr") {
                self = .user(text)
            } else {
                self = .everyone
            }
        }
    }

    private struct Entry {
        let state: SessionState?
        let readAt: Double
    }

    private struct Table {
        var entries: [String: Entry] = [:]
        /// Counts messages.
        var version: UInt64 = 0
    }

    /// A part of the sessions under a lock of its own, so that threads rarely meet.
    private final class Shard: Sendable {
        let table = Mutex(Table())
    }

    private static let shardCount = 16

    private let shards = (0..<shardCount).map { _ in Shard() }
    private let capacity: Int
    private let believedSeconds: Double
    private let uptime: @Sendable () -> Double

    /// - Parameters:
    ///   - capacity: how many sessions at most, over all shards.
    ///   - believedFor: 0 to 1 s.
    init(capacity: Int, believedFor: Duration, uptime: @escaping @Sendable () -> Double) {
        precondition((.zero ... .seconds(1)).contains(believedFor))
        self.capacity = max(1, capacity / SessionStates.shardCount)
        believedSeconds = Double(believedFor.milliseconds) / 1000
        self.uptime = uptime
    }

    /// How many sessions are remembered now.
    var count: Int { shards.reduce(0) { $0 + $1.table.withLock { $0.entries.count } } }

    /// The session's state: as it was read lately, or as `read` finds it; nil where there is none.
    func state(
        of sessionID: String, _ read: () async throws -> SessionState?
    ) async throws -> SessionState? {
        let shard = shards[place(of: sessionID)]
        let now = uptime()
        let (known, version) = shard.table.withLock { ($0.entries[sessionID], $0.version) }
        if let known, now - known.readAt < believedSeconds { return known.state }
        let state = try await read()
        shard.table.withLock { table in
            guard table.version == version else { return }
            if table.entries.count >= capacity { makeRoom(&table, at: now) }
            table.entries[sessionID] = Entry(state: state, readAt: now)
        }
        return state
    }

    /// Stops believing what a revocation is about.
    func forget(_ subject: Subject) {
        switch subject {
        case .session(let id):
            shards[place(of: id)].table.withLock { table in
                table.version += 1
                table.entries[id] = nil
            }
        case .user(let id):
            for shard in shards {
                shard.table.withLock { table in
                    table.version += 1
                    table.entries = table.entries.filter { $0.value.state?.userID != id }
                }
            }
        case .everyone:
            for shard in shards {
                shard.table.withLock { table in
                    table.version += 1
                    table.entries = [:]
                }
            }
        }
    }

    /// Lets go of what is too old; of everything where nothing is.
    private func makeRoom(_ table: inout Table, at now: Double) {
        table.entries = table.entries.filter { now - $0.value.readAt < believedSeconds }
        if table.entries.count >= capacity { table.entries = [:] }
    }

    /// Ids end in random hexadecimal digits; of one alone the remainder would favour some shards.
    private func place(of sessionID: String) -> Int {
        sessionID.utf8.suffix(2).reduce(0) { $0 * 31 + Int($1) } % SessionStates.shardCount
    }
}
