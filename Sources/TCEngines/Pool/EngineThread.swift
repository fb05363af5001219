import Glibc
import TCCore

/// Threads for calls that block in C.
enum EngineThread {
    private final class Job {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a thread of its own, which ends with it; nobody joins it.
    static func start(_ body: @escaping @Sendable () -> Void) throws(TCError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(body))
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, job.toOpaque())
        if status != 0 {
            job.release()
            throw TCError(
                .unavailable, "the system refused a thread: \(String(cString: strerror(status)))")
        }
    }
}
