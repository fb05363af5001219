import Glibc
import TCCore

/// What systemd hands to a service: sockets that listen already, and a place to say how it goes.
///
/// Both are a few lines over their protocols, sd_listen_fds(3) and sd_notify(3), which are stable; the
/// library would bring a dozen others into every start.
public struct Systemd: Sendable {
    /// Sockets that are bound and listen, in the order of the unit; none where not activated.
    public let sockets: [Int32]
    private let notifySocket: String?

    /// Neither sockets nor anybody to tell.
    public static let absent = Systemd(sockets: [], notifySocket: nil)

    private init(sockets: [Int32], notifySocket: String?) {
        self.sockets = sockets
        self.notifySocket = notifySocket
    }

    /// - Parameters:
    ///   - variables: those of the process.
    ///   - process: its id; sockets that are meant for another process are left alone.
    /// - Throws: `configuration` for a number of sockets that is none.
    public init(variables: [String: String], process: Int32 = getpid()) throws {
        try self.init(variables: variables, process: process, first: 3)
    }

    /// - Parameter first: the number of the first socket; the protocol says 3.
    init(variables: [String: String], process: Int32, first: Int32) throws {
        notifySocket = variables["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        guard let owner = variables["LISTEN_PID"], owner == "\(process)",
            let text = variables["LISTEN_FDS"]
        else {
            sockets = []
            return
        }
        guard let count = Int32(text), (0...64).contains(count) else {
            throw TCError(
                .configuration, "LISTEN_FDS must be a number from 0 to 64, got '\(text)'")
        }
        sockets = Array(first..<(first + count))
        for socket in sockets {
            var isListening: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            guard getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0,
                isListening == 1
            else {
                throw TCError(
                    .configuration,
                    "descriptor \(socket), which LISTEN_FDS names, is no socket that listens")
            }
            // What this process starts must not keep the port open.
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        }
    }

    /// Tells systemd a state: `READY=1`, `STOPPING=1`, `RELOADING=1`.
    ///
    /// - Throws: `unavailable` where systemd waits for word and cannot be told.
    func notify(_ state: String) throws {
        guard let path = notifySocket else { return }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { if descriptor >= 0 { close(descriptor) } }
        let sent = UnixSocket.withAddress(path) { address, size in
            Array(state.utf8).withUnsafeBytes {
                sendto(
                    descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL), address, size)
            }
        }
        guard let sent else {
            throw TCError(.configuration, "NOTIFY_SOCKET '\(path)' is no path of a socket")
        }
        guard sent == state.utf8.count else {
            throw TCError(
                .unavailable,
                "cannot tell '\(state)' to \(path): \(String(cString: strerror(errno)))")
        }
    }
}
