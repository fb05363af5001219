import Synchronization

/// OpenSSL contexts that are all set up for one key, so that many threads can use the key at once.
///
/// A context serves one thread at a time, and setting one up costs as much as several short
/// operations, so idle ones are kept: as many as threads have used the key at the same time, at most
/// `mostIdle`.
final class ContextPool<Context: AnyObject & Sendable>: Sendable {
    private let idle = Mutex<[Context]>([])
    private let make: @Sendable () -> Context
    private let mostIdle = 16

    /// - Parameter make: sets a context up for the key.
    init(make: @escaping @Sendable () -> Context) { self.make = make }

    /// Calls `body` with a context that no other thread uses meanwhile.
    @inline(__always)
    func with<Result>(_ body: (Context) -> Result) -> Result {
        let context = idle.withLock { $0.popLast() } ?? make()
        defer { idle.withLock { if $0.count < mostIdle { $0.append(context) } } }
        return body(context)
    }
}
