import Glibc
import Synchronization
import TCCore
import TCEngines
import TCStore
import Testing

/// The engines that the tests of this family run on: PostgreSQL where `Tests/run` has started one.
enum DataEngine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgres

    var testDescription: String { rawValue }

    static let serverURL = getenv("TC_TEST_POSTGRES").map { String(cString: $0) }
    static var present: [DataEngine] { serverURL == nil ? [.sqlite] : [.sqlite, .postgres] }
}

/// Whether `Tests/run --full` runs, which takes its time.
let isFullRun = getenv("FULL").map { $0.pointee != 0 } ?? false

/// A database of one test's own.
struct DataBed {
    let database: any Database
    private static let count = Atomic(0)

    /// Opens an empty one, runs `body` on it after `statements`, and puts it away.
    static func with(
        _ engine: DataEngine, _ statements: [String] = [],
        _ body: (any Database) async throws -> Void
    ) async throws {
        var url = "sqlite::memory:"
        if engine == .postgres {
            let server = try #require(DataEngine.serverURL)
            let schema = "data_\(getpid())_\(count.add(1, ordering: .relaxed).newValue)"
            url = "\(server)?options=-csearch_path%3D\(schema)"
            let database = try openDatabase(url: server, seams: .machine)
            try await database.write { try $0.execute("CREATE SCHEMA \(schema)") }
            await database.close()
        }
        let database = try openDatabase(url: url, seams: .machine)
        do {
            try await database.write { connection in
                for statement in statements { try connection.execute(statement) }
            }
            try await body(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
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

/// Numbers that a seed decides (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
