import Glibc
import TCCore
import TCWire
import Testing

@testable import TCServe

struct SystemdTests {
    /// A socket that listens on loopback, as systemd would hand it over, and its port.
    private func listening() throws -> (socket: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        try #require(status)
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    @Test func `a socket that is handed over is served, and systemd is told how it goes`()
        async throws
    {
        var template = Array("/tmp/tc-notify-XXXXXX".utf8CString)
        let folder = String(cString: mkdtemp(&template))
        defer { rmdir(folder) }
        let path = "\(folder)/notify"
        let manager = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(manager)
            unlink(path)
        }
        let isBound = UnixSocket.withAddress(path) { bind(manager, $0, $1) == 0 }
        try #require(isBound == true)
        let (socket, port) = try listening()
        let systemd = try Systemd(
            variables: [
                "LISTEN_FDS": "1", "LISTEN_PID": "\(getpid())", "NOTIFY_SOCKET": path,
            ], process: getpid(), first: socket)
        #expect(fcntl(socket, F_GETFD) & FD_CLOEXEC != 0)

        func told() -> String {
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = recv(manager, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
        }
        try await TestServer.with([SampleService.make()], systemd: systemd) { server in
            // Told before anybody else learns that the server listens.
            #expect(told() == "READY=1")
            #expect(server.port == port)
            let answer = try await server.send("GET", "/v1/hello")
            #expect(answer.body == "hello")
            #expect(told() == "")
        }
        #expect(told() == "STOPPING=1")
    }

    @Test func `what is meant for another process is left alone`() throws {
        let other = ["LISTEN_FDS": "1", "LISTEN_PID": "\(getpid() + 1)"]
        #expect(try Systemd(variables: other).sockets.isEmpty)
        #expect(try Systemd(variables: [:]).sockets.isEmpty)
    }

    @Test func `a number or a descriptor that cannot be is refused`() throws {
        let process = "\(getpid())"
        let pipe = open("/dev/null", O_RDONLY)
        defer { close(pipe) }
        for (count, first) in [("x", 3), ("-1", 3), ("65", 3), ("1", pipe), ("1", 999)]
            as [(String, Int32)]
        {
            #expect {
                try Systemd(
                    variables: ["LISTEN_FDS": count, "LISTEN_PID": process], process: getpid(),
                    first: first)
            } throws: { ($0 as? TCError)?.kind == .configuration }
        }
    }

    @Test func `a manager that cannot be told is no reason not to serve`() async throws {
        let systemd = try Systemd(variables: ["NOTIFY_SOCKET": "/nowhere/notify"])
        let log = try await TestServer.with(
            [SampleService.make()], systemd: systemd,
            settings: { $0.listen = [try ListenAddress("127.0.0.1:0")] }
        ) { server in
            let answer = try await server.send("GET", "/v1/hello")
            #expect(answer.status == 200)
        }
        #expect(log.contains("cannot tell 'READY=1' to /nowhere/notify"))
    }
}
