import TCCore
import TCStore

/// The calls that wait for a connection, first come, first served among those that may have it: reads
/// and writes stand in lines of their own, since some connections are not for reads.
struct CallQueue {
    private struct Waiting {
        let call: DatabaseCall
        let since: Double
        let number: Int
    }

    private var reads = FirstInFirstOut<Waiting>()
    private var writes = FirstInFirstOut<Waiting>()
    private var lastNumber = 0
    /// Of those that no longer wait, in seconds.
    private var longestWait = 0.0

    var count: Int { reads.count + writes.count }

    /// The mode of the call that has waited the longest.
    var firstMode: DatabaseCall.Mode? { first?.call.mode }

    private var first: Waiting? {
        guard let read = reads.first else { return writes.first }
        guard let write = writes.first else { return read }
        return read.number < write.number ? read : write
    }

    mutating func append(_ call: DatabaseCall, at now: Double) {
        lastNumber += 1
        let waiting = Waiting(call: call, since: now, number: lastNumber)
        if call.mode == .write { writes.append(waiting) } else { reads.append(waiting) }
    }

    /// The one that has waited the longest, or the first that writes where no read may have its turn.
    mutating func popFirst(mayRead: Bool, at now: Double) -> DatabaseCall? {
        let isWrite = !mayRead || first?.call.mode == .write
        guard let waiting = isWrite ? writes.popFirst() : reads.popFirst() else { return nil }
        longestWait = max(longestWait, now - waiting.since)
        return waiting.call
    }

    /// Takes out the call with that interruption, if it waits.
    mutating func remove(_ interruption: Interruption) -> DatabaseCall? {
        func isMeant(_ waiting: Waiting) -> Bool { waiting.call.interruption === interruption }
        return (reads.remove(where: isMeant) ?? writes.remove(where: isMeant))?.call
    }

    /// Takes out those that came before `limit`, each with the seconds that it has waited.
    mutating func popExpired(before limit: Double, at now: Double) -> [(DatabaseCall, Double)] {
        var expired: [(DatabaseCall, Double)] = []
        while let first, first.since <= limit, let call = popFirst(mayRead: true, at: now) {
            expired.append((call, now - first.since))
        }
        return expired
    }

    /// When the first of them came; nil where none waits.
    var oldest: Double? { first?.since }

    mutating func removeAll() -> [DatabaseCall] {
        (reads.removeAll() + writes.removeAll()).map(\.call)
    }

    /// The longest wait so far, of those that still wait too.
    func longestWait(at now: Double) -> Duration {
        let seconds = max(longestWait, first.map { now - $0.since } ?? 0)
        return .milliseconds(Int64((seconds * 1000).rounded()))
    }
}
