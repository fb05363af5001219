import Glibc
import Synchronization
import TCCore
import TCStore
import Testing

@testable import TCEngines

/// The engines that every contract test runs on.
enum DatabaseEngine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgres

    var testDescription: String { rawValue }

    /// PostgreSQL takes part where `Tests/Support/postgres.sh` has started a server.
    static var present: [DatabaseEngine] { serverURL == nil ? [.sqlite] : [.sqlite, .postgres] }

    static let serverURL = getenv("TC_TEST_POSTGRES").map { String(cString: $0) }
    static let absence: Comment =
        "TC_TEST_POSTGRES is not set: source Tests/Support/postgres.sh and call start_postgres"
}

/// A database of one test's own: a file that goes away with it, or a schema on the server.
final class DatabaseBed: Sendable {
    let engine: DatabaseEngine
    var dialect: SQLDialect { engine == .sqlite ? .sqlite : .postgres }
    /// Opens this database and nothing else of the engine.
    let url: String
    private let folder: String
    private static let count = Atomic(0)

    /// - Parameter server: another server than the one that all tests share.
    init(_ engine: DatabaseEngine, server: String? = nil) async throws {
        self.engine = engine
        folder = temporaryFolder()
        switch engine {
        case .sqlite: url = "sqlite:\(folder)/test.db"
        case .postgres:
            let server = try #require(server ?? DatabaseEngine.serverURL)
            let number = DatabaseBed.count.add(1, ordering: .relaxed).newValue
            let schema = "test_\(getpid())_\(number)"
            url = "\(server)?options=-csearch_path%3D\(schema)"
            let database = try openDatabase(url: server, seams: .machine)
            try await database.write { try $0.execute("CREATE SCHEMA \(schema)") }
            await database.close()
        }
    }

    deinit { removeFolder(folder) }

    /// A pool of its own on the same data.
    func open(_ change: (inout DatabaseOptions) -> Void = { _ in }) throws -> any Database {
        var options = DatabaseOptions()
        change(&options)
        return try openDatabase(url: url, seams: .machine, options: options)
    }

    /// The same after these statements.
    func opened(
        with sql: String..., change: (inout DatabaseOptions) -> Void = { _ in }
    ) async throws -> any Database {
        let database = try open(change)
        try await database.write { connection in
            for statement in sql { try connection.execute(statement) }
        }
        return database
    }

    var path: String { "\(folder)/test.db" }
}

extension Seams {
    /// The machine's clocks; randomness that need not be good.
    static let machine = Seams(
        now: { Instant(milliseconds: Int64(seconds(of: CLOCK_REALTIME) * 1000)) },
        uptime: { seconds(of: CLOCK_MONOTONIC) },
        random: { UInt64.random(in: 0...UInt64.max) })
}

private func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// A new folder, on a disk: these tests are about what reaches it.
func temporaryFolder() -> String {
    var template = Array("/tmp/tc-database-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
}

func removeFolder(_ path: String) {
    let files = FileSystem()
    do {
        for name in try files.list(path) {
            let entry = "\(path)/\(name)"
            if files.isFolder(entry) { removeFolder(entry) } else { try files.remove(entry) }
        }
        try files.removeFolderIfEmpty(path)
    } catch {
        Issue.record(error)
    }
}

/// Something that happens once, waited for by a thread (in a body) or a task.
final class Event: Sendable {
    private let wakeup: Wakeup

    init() throws { wakeup = try Wakeup() }

    func happen() { wakeup.signal() }

    /// Blocks this thread until it has happened, at most some minutes: a test whose other half has
    /// failed must end, and one on a machine that stands still for a while must not.
    func wait() {
        let end = Seams.machine.uptime() + 300
        var poll = pollfd(fd: wakeup.descriptor, events: Int16(POLLIN), revents: 0)
        while Glibc.poll(&poll, 1, 1000) <= 0, Seams.machine.uptime() < end {}
    }

    /// The same for a task.
    func happened() async {
        await withCheckedContinuation { continuation in
            do {
                try EngineThread.start {
                    self.wait()
                    continuation.resume()
                }
            } catch {
                Issue.record(error)
                continuation.resume()
            }
        }
    }
}

/// What several threads tell, in the order in which they do.
final class Collected<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])

    func add(_ value: Value) { state.withLock { $0.append(value) } }

    var values: [Value] { state.withLock { $0 } }
}

extension Database {
    /// The first column of the first row.
    func integer(_ sql: String, _ parameters: [SQLValue] = []) async throws -> Int64? {
        try await query(sql, parameters) { try $0.integer(0) }.first
    }

    func execute(_ sql: String, _ parameters: [SQLValue] = []) async throws {
        try await write { try $0.execute(sql, parameters) }
    }
}

/// The kind of the error that `body` throws.
func kind(_ body: () async throws -> some Any) async -> TCError.Kind? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? any TCErrorConvertible)?.tcError.kind
    }
}

/// A statement that runs until it is stopped, on every engine.
let endlessSQL = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n
    """
