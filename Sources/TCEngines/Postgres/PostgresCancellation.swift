import CPostgres
import Synchronization
import TCCore

/// A request to the server to give up what a session is working on.
///
/// libpq connects anew for it and blocks until the server hangs up, which a server that is stopped
/// never does. So it runs on a thread of its own, of which each session has at most one: a session
/// whose request hangs is given up, and a stopped server lets no new one in.
final class PostgresCancellation: Sendable {
    private let isDone = Atomic(false)

    /// - Parameter wakeup: signalled when the request is through.
    init(_ connection: OpaquePointer, _ libpq: LibPQ, _ wakeup: Wakeup) {
        guard let ticket = libpq.functions.PQgetCancel(connection) else {
            isDone.store(true, ordering: .releasing)
            return
        }
        let request = Request(ticket: ticket, libpq: libpq)
        do {
            try EngineThread.start {
                request.send()
                self.isDone.store(true, ordering: .releasing)
                wakeup.signal()
            }
        } catch {
            // The statement then ends by its own time-out.
            isDone.store(true, ordering: .releasing)
        }
    }

    /// Whether nothing of it can reach the server any more.
    var isThrough: Bool { isDone.load(ordering: .acquiring) }

    /// Owns libpq's ticket, a copy of what a request needs, good beyond the connection's end.
    private final class Request: @unchecked Sendable {
        // Invariant: only the thread that sends touches the ticket, and after it `deinit`.
        private let ticket: OpaquePointer
        private let libpq: LibPQ

        init(ticket: OpaquePointer, libpq: LibPQ) {
            self.ticket = ticket
            self.libpq = libpq
        }

        deinit { libpq.functions.PQfreeCancel(ticket) }

        func send() {
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) {
                // Where it fails, the session's own deadline ends the wait.
                _ = libpq.functions.PQcancel(ticket, $0.baseAddress, Int32($0.count))
            }
        }
    }
}
