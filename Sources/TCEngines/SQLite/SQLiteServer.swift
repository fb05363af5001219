import TCCore
import TCStore

/// Works on calls with one SQLite connection, which it opens at the first and keeps.
///
/// Writes that wait at the same time share a commit: the device is asked once to make all of them
/// durable, which is what a small write takes its time for. Each but the first stands behind a
/// savepoint, so that one that throws takes back only its own changes; all are answered after the
/// commit.
final class SQLiteServer: CallServer {
    /// How many writes share a commit at most: past some dozens the device no longer matters, and
    /// the first of them has waited for all.
    private static let sharing = 64

    private let open: () throws -> SQLiteConnection
    private var connection: SQLiteConnection?

    init(_ open: @escaping () throws -> SQLiteConnection) { self.open = open }

    func end() { connection = nil }

    func serve(_ call: DatabaseCall, more: (DatabaseCall.Mode) -> DatabaseCall?) {
        let connection: SQLiteConnection
        do {
            connection = try opened(for: call)
        } catch {
            return call.fail(error)
        }
        switch call.mode {
        case .statement: answer(call) { try attempt(call, connection) }
        case .read: answer(call) { try transaction("BEGIN", call, connection) }
        case .write: write(call, connection) { more(.write) }
        }
    }

    private func opened(for call: DatabaseCall) throws -> SQLiteConnection {
        if let connection { return connection }
        let new = try open()
        connection = new
        return new
    }

    private func answer(_ call: DatabaseCall, _ work: () throws -> @Sendable () -> Void) {
        do { try work()() } catch { call.fail(error) }
    }

    /// Runs the body, and throws too where the body swallowed what ended the transaction.
    private func attempt(
        _ call: DatabaseCall, _ connection: SQLiteConnection
    ) throws -> @Sendable () -> Void {
        connection.begin()
        connection.mayWrite = call.mode == .write
        connection.handle.interruption = call.interruption
        defer { connection.handle.interruption = nil }
        let tell = try call.attempt(connection)
        if let failure = connection.failure { throw failure }
        return tell
    }

    /// A transaction of this call alone.
    private func transaction(
        _ begin: String, _ call: DatabaseCall, _ connection: SQLiteConnection
    ) throws -> @Sendable () -> Void {
        let handle = connection.handle
        do {
            try start(begin, call, handle)
            let tell = try attempt(call, connection)
            try handle.run("COMMIT")
            return tell
        } catch {
            rollBack(handle)
            throw error
        }
    }

    /// Begins while the call can still be cancelled: it may wait for another process here.
    private func start(_ begin: String, _ call: DatabaseCall, _ handle: SQLiteHandle) throws {
        handle.interruption = call.interruption
        defer { handle.interruption = nil }
        try handle.run(begin)
    }

    private func rollBack(_ handle: SQLiteHandle) {
        // SQLite has done it itself after some errors, and refuses to do it twice.
        guard !handle.isOutsideTransaction else { return }
        do {
            try handle.run("ROLLBACK")
        } catch {
            // A connection that cannot even roll back is of no use to the next call.
            connection = nil
        }
    }

    // MARK: Sharing a commit

    private func write(
        _ first: DatabaseCall, _ connection: SQLiteConnection, _ next: () -> DatabaseCall?
    ) {
        let handle = connection.handle
        var done: [(call: DatabaseCall, tell: @Sendable () -> Void)] = []
        do {
            try start("BEGIN IMMEDIATE", first, handle)
            done.append((first, try attempt(first, connection)))
        } catch {
            rollBack(handle)
            return first.fail(error)
        }
        while done.count < SQLiteServer.sharing, let call = next() {
            do {
                try handle.run("SAVEPOINT shared")
                let tell = try attempt(call, connection)
                try handle.run("RELEASE shared")
                done.append((call, tell))
            } catch {
                call.fail(error)
                guard takeBack(handle) else { return redo(done.map(\.call), connection) }
            }
        }
        do {
            try handle.run("COMMIT")
            for (_, tell) in done { tell() }
        } catch {
            rollBack(handle)
            for (call, _) in done { call.fail(error) }
        }
    }

    /// Undoes what stands behind the savepoint; false where SQLite has given up the whole transaction.
    private func takeBack(_ handle: SQLiteHandle) -> Bool {
        guard !handle.isOutsideTransaction else { return false }
        do {
            try handle.run("ROLLBACK TO shared; RELEASE shared")
            return true
        } catch {
            return false
        }
    }

    /// Runs again, each alone, what shared a transaction that is gone through no fault of theirs.
    private func redo(_ calls: [DatabaseCall], _ connection: SQLiteConnection) {
        for call in calls {
            answer(call) { try transaction("BEGIN IMMEDIATE", call, connection) }
        }
    }
}
