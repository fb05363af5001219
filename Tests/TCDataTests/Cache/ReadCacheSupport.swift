import Glibc
import Synchronization
import TCCore
import TCEngines
import TCStore
import Testing

@testable import TCData

/// The engines that the second level is tried on.
enum SharedEngine: String, CaseIterable, CustomTestStringConvertible {
    case memory, redis

    /// Redis where the run has started one.
    static var available: [SharedEngine] { url == nil ? [.memory] : [.memory, .redis] }

    private static var url: String? { getenv("TC_TEST_REDIS").map { String(cString: $0) } }

    var testDescription: String { rawValue }

    /// Two clients of one cache, closed after `body`; in memory they are one.
    func use(_ body: (any Cache, any Cache) async throws -> Void) async throws {
        var options = CacheOptions()
        // Nothing here is about time-outs, and the machine may be busy.
        options.timeout = .seconds(20)
        let url = self == .memory ? "memory:" : SharedEngine.url ?? ""
        let one = try openCache(url: url, seams: .forTests, options: options)
        let two =
            self == .memory ? one : try openCache(url: url, seams: .forTests, options: options)
        do { try await body(one, two) } catch {
            await one.close()
            await two.close()
            throw error
        }
        await one.close()
        await two.close()
    }
}

/// Names a space that nothing else in this run or an earlier one uses.
func freshOptions() -> ReadCacheOptions {
    var options = ReadCacheOptions()
    options.space = "test:\(getpid()):\(UInt64.random(in: 0 ... .max))"
    // Messages tell in time; how long this machine stands still is no matter.
    options.window = .seconds(600)
    return options
}

extension ReadCache {
    /// Runs while `body` does, which is called when this process can rely on what it hears.
    func whileRunning(_ body: () async throws -> Void) async throws {
        let running = Task { await run() }
        try await eventually("it hears") {
            await confirm()
            return hearing.isCurrent(at: seams.uptime())
        }
        do { try await body() } catch {
            running.cancel()
            await running.value
            throw error
        }
        running.cancel()
        await running.value
    }
}

extension Seams {
    /// The system's clocks and randomness.
    static let forTests = Seams(
        now: { Instant(milliseconds: Int64(seconds(CLOCK_REALTIME) * 1000)) },
        uptime: { seconds(CLOCK_MONOTONIC) }, random: { UInt64.random(in: 0 ... .max) })

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A clock that a test moves.
final class MovedClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_800_000_000_000)

    func advance(_ duration: Duration) {
        milliseconds.withLock { $0 += duration.milliseconds }
    }

    var seams: Seams {
        Seams(
            now: { Instant(milliseconds: self.milliseconds.withLock { $0 }) },
            uptime: { Double(self.milliseconds.withLock { $0 }) / 1000 },
            random: { UInt64.random(in: 0 ... .max) })
    }
}

/// A count that tasks share.
final class Tally: Sendable {
    private let value = Atomic(0)
    var count: Int { value.load(ordering: .relaxed) }
    @discardableResult
    func add() -> Int { value.add(1, ordering: .relaxed).newValue }
}

/// A door that tasks wait at until it is opened.
final class Door: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isWaitedAt: Bool { !waiting.isEmpty }
    }

    private let state = Mutex(State())

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    var isWaitedAt: Bool { state.withLock(\.isWaitedAt) }
}

/// Asks again until the answer is true; the test fails after two minutes.
func eventually(
    _ what: Comment, at location: SourceLocation = #_sourceLocation,
    _ isTrue: () async throws -> Bool
) async throws {
    let end = Seams.forTests.uptime() + 120
    while Seams.forTests.uptime() < end {
        if try await isTrue() { return }
        await Task.yield()
    }
    Issue.record(what, sourceLocation: location)
}

extension [UInt8] {
    init(text: String) { self = Array(text.utf8) }
}
