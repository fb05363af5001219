import Glibc
import TCCore

/// Wakes a thread that waits, at once or at its next wait; also beside a socket in `poll`.
///
/// It owns a pipe. A signal is remembered until `clear`, however many there were.
final class Wakeup: Sendable {
    /// Readable while a signal is remembered.
    let descriptor: Int32
    private let writingEnd: Int32

    init() throws(TCError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TCError(
                .unavailable, "cannot make a pipe: \(String(cString: strerror(errno)))",
                hint: "too many files may be open")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingEnd)
    }

    /// Remembers a signal; any thread.
    func signal() {
        // A full pipe remembers already.
        _ = write(writingEnd, [1], 1)
    }

    /// Forgets the signals so far.
    func clear() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) {
            while read(descriptor, $0.baseAddress!, $0.count) == $0.count {}
        }
    }

    /// Returns when a signal is remembered, or after so many seconds; nil waits without end. A
    /// signal to the process may end the wait early.
    func wait(seconds: Double?) {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        Glibc.poll(&poll, 1, Wakeup.milliseconds(seconds))
    }

    /// What `poll` takes: whole milliseconds, rounded up so that nobody spins through the last one.
    static func milliseconds(_ seconds: Double?) -> Int32 {
        guard let seconds else { return -1 }
        return Int32(min(max(0, (seconds * 1000).rounded(.up)), 86_400_000))
    }
}
