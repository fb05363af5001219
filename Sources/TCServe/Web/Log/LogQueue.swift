import Glibc
import Synchronization
import TCCore
import TCWire

/// Lines on their way to a descriptor.
///
/// Whoever logs only appends to memory, and a thread of the log's own writes: a reader that does not
/// keep up, or a disk that stalls, never holds up a request. Lines that find no room are dropped and
/// counted. The first line wakes the thread, which then lets more gather: waking it for each would
/// cost a tenth of all that a small request costs.
final class LogQueue: Sendable {
    /// Bytes that may wait: some ten thousand lines.
    static let mostWaiting = 2 << 20

    /// Nanoseconds for which lines gather.
    private static let gathering = 2_000_000

    private struct State {
        var json = JSONWriter()
        var dropped = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let descriptor: Int32
    /// A pipe on whose end the thread sleeps until there is something to do. A byte goes in when the
    /// queue was empty and out before it is emptied, so that writing to it never has to wait.
    private let wake: (read: Int32, write: Int32)

    init(descriptor: Int32) throws {
        self.descriptor = descriptor
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TCError(.unavailable, "cannot start the log: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wake = (ends[0], ends[1])
    }

    deinit {
        Glibc.close(wake.read)
        Glibc.close(wake.write)
    }

    /// Appends a line.
    ///
    /// - Parameters:
    ///   - line: writes it.
    ///   - dropped: writes a line that says how many were dropped before.
    func append(line: (inout JSONWriter) -> Void, dropped: (Int, inout JSONWriter) -> Void) {
        let isFirst = state.withLock { state in
            guard !state.isClosed else { return false }
            guard state.json.count < LogQueue.mostWaiting else {
                state.dropped += 1
                return false
            }
            let isFirst = state.json.count == 0
            if state.dropped > 0 {
                dropped(state.dropped, &state.json)
                state.dropped = 0
            }
            line(&state.json)
            return isFirst
        }
        if isFirst { signal() }
    }

    /// Lets `drain` return when all is written.
    func close() {
        state.withLock { $0.isClosed = true }
        signal()
    }

    private func signal() {
        var byte: UInt8 = 1
        _ = Glibc.write(wake.write, &byte, 1)
    }

    /// Writes what comes until the queue is closed and empty.
    func drain() {
        // What is being written and what is being filled change places, so that both keep their room.
        var full = JSONWriter()
        var isClosed = false
        while !isClosed {
            var byte: UInt8 = 0
            _ = read(wake.read, &byte, 1)
            if !state.withLock(\.isClosed) {
                var time = timespec(tv_sec: 0, tv_nsec: LogQueue.gathering)
                nanosleep(&time, nil)
            }
            full.reset()
            isClosed = state.withLock { state in
                swap(&state.json, &full)
                return state.isClosed
            }
            full.withBytes(write)
        }
    }

    private func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                rest = UnsafeBufferPointer(rebasing: rest[count...])
            } else if errno == EAGAIN {
                // Whoever shares the descriptor has made it non-blocking.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&request, 1, -1)
            } else if errno != EINTR {
                // There is nowhere to tell that the log itself is broken.
                return
            }
        }
    }
}
