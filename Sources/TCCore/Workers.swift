import Glibc
import Synchronization

/// Threads for work that fills a core or blocks in C: never the cooperative pool, which has no
/// thread to spare for either.
public enum Workers {
    /// The number of processors that are online.
    public static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs `body(0)` … `body(count - 1)` at the same time, each on its own thread (the last on the
    /// caller's), and returns when all have ended.
    ///
    /// If any throw, the error of the lowest index is thrown after all have ended. `count` is at
    /// least 1; with 1 no thread is made.
    public static func run(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
        precondition(count >= 1)
        try run(count - 1, body, meanwhile: { try body(count - 1) })
    }

    /// Runs `body(0)` … `body(count - 1)`, each on its own thread, and `meanwhile` on the caller's,
    /// and returns when all have ended.
    ///
    /// The error of the lowest index is thrown, then that of `meanwhile`.
    public static func run(
        _ count: Int, _ body: @Sendable (Int) throws -> Void, meanwhile: () throws -> Void
    ) throws {
        let failures = Mutex<[Int: any Error]>([:])
        withoutActuallyEscaping(body) { body in
            let threads = (0..<count).map { index in
                start {
                    do { try body(index) } catch { failures.withLock { $0[index] = error } }
                }
            }
            defer { for thread in threads { pthread_join(thread, nil) } }
            do { try meanwhile() } catch { failures.withLock { $0[count] = error } }
        }
        if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
    }

    private final class Job {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a thread of its own, which the caller must wait for with `pthread_join`.
    public static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(body))
        let status = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, job.toOpaque())
        precondition(status == 0, "the system refused a thread: error \(status)")
        return thread
    }
}
