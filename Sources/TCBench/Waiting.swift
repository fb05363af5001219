import Glibc
import Synchronization
import TCCore

/// Runs `body` as a task and blocks this thread, which is not of the cooperative pool, until it ends.
func waitFor<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value
{
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw TCError(.io, "cannot make a pipe") }
    let outcome = Outcome<Value>()
    let writingEnd = ends[1]
    // Waited for by the read below.
    Task {
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        outcome.value.withLock { $0 = result }
        close(writingEnd)
    }
    var byte: UInt8 = 0
    while read(ends[0], &byte, 1) < 0, errno == EINTR {}
    close(ends[0])
    guard let result = outcome.value.withLock({ $0 }) else {
        throw TCError(.bug, "a task was lost")
    }
    return try result.get()
}

private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
}

extension Seams {
    /// The machine's clocks and randomness.
    static let bench = Seams(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Instant(
                milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        uptime: wallSeconds, random: { UInt64.random(in: 0...UInt64.max) })
}
