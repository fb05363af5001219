import Glibc
import Synchronization
import TCCore
import Testing

/// A server on loopback that says one thing to whoever connects, right or wrong.
final class LineServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let state = Mutex((received: "", connections: 0))
    private let (connected, connecting) = AsyncStream<Void>.makeStream()

    /// - Parameters:
    ///   - keepsOpen: whether the connection stays open behind the answer until the client closes it.
    ///   - answer: what is said, for the port that the server has.
    init(
        keepsOpen: Bool = false, _ answer: @escaping @Sendable (UInt16) -> String
    ) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
        let text = answer(port)
        try Workers.detach { [weak self] in
            // It ends when the listener is shut down, which `deinit` does.
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                let request = LineServer.readRequest(connection)
                self?.note(request)
                _ = text.withCString { write(connection, $0, strlen($0)) }
                if keepsOpen { _ = LineServer.readSome(connection) }
                close(connection)
            }
            close(listener)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// The last request, head and body.
    var received: String { state.withLock { $0.received } }
    var connectionCount: Int { state.withLock { $0.connections } }

    func untilConnected() async { for await _ in connected { break } }

    private func note(_ request: String) {
        state.withLock { $0 = (request, $0.connections + 1) }
        connecting.yield()
    }

    /// The head and as much of a body as its length says.
    private static func readRequest(_ connection: Int32) -> String {
        var text = ""
        while true {
            let more = readSome(connection)
            text += more
            guard !more.isEmpty else { return text }
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let length = text.lowercased().split(separator: "content-length: ").dropFirst().first
                .flatMap { Int($0.prefix { $0.isNumber }) }
            if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
        }
    }

    private static func readSome(_ connection: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = read(connection, &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }
}
