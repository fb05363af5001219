import CPostgres
import Glibc
import TCCore

/// Waits for many sockets at once.
///
/// A socket that is watched is told of as long as there is something to read on it.
final class SocketWatch: Sendable {
    private let descriptor: Int32

    init() throws(TCError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else {
            throw TCError(
                .unavailable, "cannot watch sockets: \(String(cString: strerror(errno)))",
                hint: "too many files may be open")
        }
    }

    deinit { close(descriptor) }

    /// Watches a socket, which `wait` calls `id`; any thread.
    func add(_ socket: Int32, id: UInt64) throws(TCError) {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: id))
        guard epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0 else {
            throw TCError(
                .unavailable, "cannot watch a socket: \(String(cString: strerror(errno)))")
        }
    }

    /// Watches it no longer; a wait that has begun may tell of it once more.
    func remove(_ socket: Int32) {
        // It fails for a socket that is not watched, which is as well.
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
    }

    /// The ids of the sockets with something to read, some dozens at most; none after so many seconds,
    /// or after a signal to the process. Nil waits without end.
    func wait(seconds: Double?) -> [UInt64] {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
            let count = epoll_wait(
                descriptor, events.baseAddress, 64, Wakeup.milliseconds(seconds))
            return events.prefix(Int(max(0, count))).map(\.data.u64)
        }
    }
}
