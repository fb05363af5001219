import Glibc
import TCCore
import TCWire

/// An answer as it came over the wire.
struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    var json: JSONObject { (try? JSONReader.parse(body))?.object ?? JSONObject() }
}

/// A socket that says exactly what it is told, right or wrong. Waiting takes place on threads of its
/// own, so that any number of clients leaves the server its tasks.
final class Client: Sendable {
    private let descriptor: Int32

    /// Connects to loopback.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // No test waits longer for what should have come.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            throw TCError(.unavailable, "cannot connect: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Sends bytes as they are; false where the server does not take them any more.
    @discardableResult
    func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Says that nothing more will be sent.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Everything until the server closes; nil where it resets the connection or time is up.
    func rest() async -> String? {
        await waiting { [descriptor] in
            var all: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = recv(descriptor, &part, part.count, 0)
                if count == 0 { return String(decoding: all, as: UTF8.self) }
                if count < 0 { return nil }
                all += part[..<count]
            }
        }
    }

    /// The next answer, by its length; nil where the connection ends before.
    ///
    /// - Parameter hasBody: false for answers to HEAD.
    func answer(hasBody: Bool = true) async -> Answer? {
        await waiting { [descriptor] in
            var head: [UInt8] = []
            var byte: UInt8 = 0
            while !head.hasSuffix([13, 10, 13, 10]) {
                guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
                head.append(byte)
            }
            let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
            let headers = lines.dropFirst().map { line in
                let name = line.prefix { $0 != ":" }
                return (
                    name: name.lowercased(), value: String(line.dropFirst(name.count + 2))
                )
            }
            let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) }
            var body = [UInt8](repeating: 0, count: hasBody ? length ?? 0 : 0)
            var read = 0
            while read < body.count {
                let count = body.withUnsafeMutableBytes {
                    recv(descriptor, $0.baseAddress! + read, $0.count - read, 0)
                }
                guard count > 0 else { return nil }
                read += count
            }
            let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
            return Answer(
                status: status ?? 0, headers: headers, body: String(decoding: body, as: UTF8.self))
        }
    }
}

extension Array where Element == UInt8 {
    fileprivate func hasSuffix(_ end: [UInt8]) -> Bool {
        count >= end.count && self[(count - end.count)...].elementsEqual(end)
    }
}

/// Runs what blocks where no task is kept from running.
func waiting<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        // Nobody joins it: it ends with the answer that is waited for.
        pthread_detach(Workers.start { continuation.resume(returning: body()) })
    }
}

/// What a command of the shell prints, both ways, and `status N` at the end.
func shell(_ command: String) async -> String {
    await waiting {
        guard let output = popen("{ \(command)\n} 2>&1; echo status $?", "r") else { return "" }
        defer { pclose(output) }
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&part, 1, part.count, output)
            if count == 0 { return String(decoding: all, as: UTF8.self) }
            all += part[..<count]
        }
    }
}

extension TestServer {
    /// Sends one request on a connection of its own.
    func send(
        _ method: String, _ path: String, headers: [String] = [], body: String? = nil
    ) async throws -> Answer {
        let client = try Client(port: port)
        var text = "\(method) \(path) HTTP/1.1\r\nhost: test\r\nconnection: close\r\n"
        for header in headers { text += "\(header)\r\n" }
        if let body {
            if !headers.contains(where: { $0.hasPrefix("content-type") }) {
                text += "content-type: application/json\r\n"
            }
            text += "content-length: \(body.utf8.count)\r\n"
        }
        client.send("\(text)\r\n\(body ?? "")")
        guard let answer = await client.answer(hasBody: method != "HEAD") else {
            throw TCError(.io, "\(method) \(path) was not answered")
        }
        return answer
    }
}
