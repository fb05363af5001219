import Glibc

extension Workers {
    /// Runs `body` on a thread of its own that nobody waits for: what comes of it, `body` hands on.
    ///
    /// Throws `.tryAgain` where the system has no thread to give; `body` is then never called.
    public static func detach(_ body: @escaping @Sendable () -> Void) throws(TCError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let job = Unmanaged.passRetained(DetachedJob(body))
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                Unmanaged<DetachedJob>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, job.toOpaque())
        guard status == 0 else {
            job.release()
            throw TCError(
                .tryAgain, "the system refused a thread: \(String(cString: strerror(status)))")
        }
    }
}

extension Workers {
    /// What `body` gives, which runs on a thread of its own: for a job that fills a core for a while, or
    /// waits in C. Cancelling the task does not interrupt it.
    ///
    /// Throws what `body` throws, and `.tryAgain` where the system has no thread to give.
    public static func result<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try detach { continuation.resume(with: Swift.Result { try body() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}

private final class DetachedJob {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
