import CSQLite
import Glibc
import TCCore
import TCStore

/// An open SQLite database and whatever may interrupt its work.
///
/// It owns the handle and closes it with the last reference; statements keep a reference, so none
/// outlives it. It is used on one thread.
final class SQLiteHandle {
    let pointer: OpaquePointer
    let path: String
    let uptime: @Sendable () -> Double
    private let options: DatabaseOptions
    private let wakeup: Wakeup

    /// The call that is worked on; a cancelled one is stopped within some thousand steps.
    var interruption: Interruption?
    /// When the statement that runs has had its time.
    private var deadline = Double.infinity
    /// Since when SQLite asks for a lock that another process holds.
    private var lockedSince = 0.0

    /// Opens `path`, which is made, with mode 0600, where it is missing.
    init(
        path: String, options: DatabaseOptions, uptime: @escaping @Sendable () -> Double,
        wakeup: Wakeup
    ) throws {
        self.path = path
        self.options = options
        self.uptime = uptime
        self.wakeup = wakeup
        if path != SQLiteDatabase.memoryPath { try SQLiteHandle.createFile(path) }
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard let handle else { throw TCError(.unavailable, "no memory for a database handle") }
        pointer = handle
        guard code == SQLITE_OK else { throw SQLiteError.make(code, self) }
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(SQLLimits.valueBytes + (1 << 20)))
        let context = Unmanaged.passUnretained(self).toOpaque()
        // Some microseconds of work between two looks.
        sqlite3_progress_handler(
            handle, 2000,
            { Unmanaged<SQLiteHandle>.fromOpaque($0!).takeUnretainedValue().mustStop ? 1 : 0 },
            context)
        sqlite3_busy_handler(
            handle,
            { context, attempt in
                let handle = Unmanaged<SQLiteHandle>.fromOpaque(context!).takeUnretainedValue()
                return handle.waitForLock(attempt) ? 1 : 0
            }, context)
    }

    deinit { sqlite3_close_v2(pointer) }

    /// Gives the statement that runs next its time.
    func startClock() {
        deadline = uptime() + Double(options.statementTimeout.milliseconds) / 1000
    }

    /// From here on only a cancellation ends the work.
    func stopClock() { deadline = .infinity }

    /// Whether the last statement was interrupted because its time was over.
    var isLate: Bool { uptime() >= deadline }

    /// Runs statements of our own, which give no rows that matter.
    func run(_ sql: String) throws {
        let code = sqlite3_exec(pointer, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError.make(code, self) }
    }

    /// Whether no transaction is open: SQLite ends one by itself when the disk is full.
    var isOutsideTransaction: Bool { sqlite3_get_autocommit(pointer) != 0 }

    private var mustStop: Bool { interruption?.isRequested == true || isLate }

    /// Waits a little for another process; false once the wait was long enough.
    private func waitForLock(_ attempt: Int32) -> Bool {
        let now = uptime()
        if attempt == 0 { lockedSince = now }
        let rest = lockedSince + Double(options.waitLimit.milliseconds) / 1000 - now
        guard rest > 0, interruption?.isRequested != true else { return false }
        // 1 ms doubled to 32 ms: others write for about as long.
        wakeup.wait(seconds: min(rest, 0.001 * Double(1 << min(attempt, 5))))
        wakeup.clear()
        return true
    }

    var statementTimeout: Duration { options.statementTimeout }
    /// How long a wait for a lock may be.
    var lockTimeout: Duration { options.waitLimit }

    /// Only a file that is not there yet is touched: closing any descriptor of a database lets go of
    /// the locks that this process holds on it (SQLite, "How To Corrupt An SQLite Database File").
    private static func createFile(_ path: String) throws {
        let files = FileSystem()
        guard !files.exists(path) else { return }
        try files.makeFolders(folder(of: path))
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            let reason = String(cString: strerror(errno))
            throw TCError(
                errno == EACCES || errno == EPERM ? .notPermitted : .io,
                "cannot create the database '\(path)': \(reason)")
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
