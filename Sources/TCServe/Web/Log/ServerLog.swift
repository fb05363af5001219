import Glibc
import TCCore
import TCWire

/// The log of a daemon: one JSON object a line, on a descriptor.
///
/// No line ever holds a body, a cookie, a token, a query or a path as it came.
public final class ServerLog: Sendable {
    /// How much a line matters.
    public enum Level: String, Sendable {
        case info, warning, error
    }

    private let queue: LogQueue
    private let thread: pthread_t
    private let now: @Sendable () -> Instant

    /// Starts the thread that writes; end it with `close`.
    ///
    /// - Parameter descriptor: stays the caller's and must be open until `close` returns.
    /// - Throws: `unavailable` where the system has no descriptor left.
    public init(descriptor: Int32 = STDERR_FILENO, now: @escaping @Sendable () -> Instant) throws {
        let queue = try LogQueue(descriptor: descriptor)
        self.queue = queue
        self.now = now
        thread = Workers.start { queue.drain() }
    }

    /// Writes one line: the time, the level, what happened, and what `fields` adds.
    ///
    /// - Parameter fields: writes keys with values; others wait while it runs, so it only writes.
    public func write(
        _ level: Level, _ message: String, _ fields: (inout JSONWriter) -> Void = { _ in }
    ) {
        let time = now()
        queue.append(
            line: { $0.line(time, level, message, fields) },
            dropped: { count, json in
                json.line(time, .warning, "log lines were dropped") {
                    $0.key("count")
                    $0.int(count)
                }
            })
    }

    /// Writes what waits and ends the thread; call it once. Lines that come later are dropped.
    public func close() {
        queue.close()
        pthread_join(thread, nil)
    }
}

extension JSONWriter {
    fileprivate mutating func line(
        _ time: Instant, _ level: ServerLog.Level, _ message: String,
        _ fields: (inout JSONWriter) -> Void
    ) {
        beginObject()
        key("time")
        instant(time)
        key("level")
        string(level.rawValue)
        key("msg")
        string(message)
        fields(&self)
        endObject()
        newline()
    }
}
