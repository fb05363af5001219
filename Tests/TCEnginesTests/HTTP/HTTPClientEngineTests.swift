import Glibc
import TCCore
import TCEngines
import Testing

struct HTTPClientEngineTests {
    @Test func `a request arrives as it was made, and the answer comes back whole`() async throws {
        let server = try LineServer { _ in
            "HTTP/1.1 201 Created\r\nX-Mark: a\r\nx-mark: b\r\nContent-Length: 5\r\n\r\nhello"
        }
        let answer = try await send(to: server) { request in
            request.method = .post
            request.headers = [("X-Ask", "1"), ("Content-Type", "text/plain")]
            request.body = Array("body".utf8)
        }
        #expect(answer.status == 201)
        #expect(
            answer.headers.filter { $0.name.lowercased() == "x-mark" }.map(\.value) == ["a", "b"])
        #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
        let request = server.received
        #expect(request.hasPrefix("POST /path?q=1 HTTP/1.1\r\n"))
        #expect(request.contains("X-Ask: 1\r\n"))
        #expect(request.lowercased().contains("content-length: 4\r\n"))
        #expect(!request.lowercased().contains("accept-encoding"))
        #expect(request.hasSuffix("\r\n\r\nbody"))
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let server = try LineServer { port in
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(port)/b\r\nContent-Length: 0\r\n\r\n"
        }
        let answer = try await send(to: server)
        #expect(answer.status == 302)
        #expect(server.connectionCount == 1)
    }

    @Test func `an answer as long as allowed passes, and one byte more does not`() async throws {
        for chunked in [false, true] {
            let server = try LineServer { _ in
                chunked
                    ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef"
            }
            #expect(try await send(to: server) { $0.answerLimit = 6 }.body.count == 6)
            let error = await #expect(throws: TCError.self) {
                try await send(to: server) { $0.answerLimit = 5 }
            }
            #expect(error?.kind == .unavailable)
            #expect(error?.message == "cannot call '127.0.0.1': the answer has more than 5 bytes")
        }
    }

    /// Nothing at all, half a head, and a body that never ends.
    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
    ])
    func `an answer that does not end in time is given up`(beginning: String) async throws {
        let server = try LineServer(keepsOpen: true) { _ in beginning }
        let error = await #expect(throws: TCError.self) {
            try await send(to: server) { $0.timeLimit = .milliseconds(300) }
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message == "cannot call '127.0.0.1': no whole answer in 300ms")
    }

    @Test(arguments: [
        "", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
    ])
    func `an answer that is none, or breaks off, is unavailable`(text: String) async throws {
        let server = try LineServer { _ in text }
        let error = await #expect(throws: TCError.self) { try await send(to: server) }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.hasPrefix("cannot call '127.0.0.1': ") == true)
        #expect(error?.message.contains("q=1") == false)
    }

    @Test func `a server that is not there is unavailable at once`() async throws {
        let port = try LineServer { _ in "" }.port
        let error = await #expect(throws: TCError.self) {
            try await send("http://127.0.0.1:\(port)/")
        }
        #expect(
            error?.message == "cannot call '127.0.0.1': the connection failed: Connection refused")
    }

    @Test func `a server without TLS is no https server`() async throws {
        let server = try LineServer { _ in "HTTP/1.1 400 Bad Request\r\n\r\n" }
        let error = await #expect(throws: TCError.self) {
            try await send("https://127.0.0.1:\(server.port)/")
        }
        #expect(error?.kind == .unavailable)
    }

    @Test func `a task that is cancelled stops waiting`() async throws {
        let server = try LineServer(keepsOpen: true) { _ in "" }
        let task = Task { try await send(to: server) { $0.timeLimit = .seconds(60) } }
        await server.untilConnected()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    // MARK: Helpers

    private func send(
        to server: LineServer, _ change: (inout OutboundRequest) -> Void = { _ in }
    ) async throws -> OutboundAnswer {
        try await send("http://127.0.0.1:\(server.port)/path?q=1", change)
    }

    private func send(
        _ url: String, _ change: (inout OutboundRequest) -> Void = { _ in }
    ) async throws -> OutboundAnswer {
        var request = OutboundRequest(.get, try WebAddress(url, allowsLoopbackHTTP: true))
        change(&request)
        let engine = HTTPClientEngine()
        do {
            let answer = try await engine.send(request)
            await engine.close()
            return answer
        } catch {
            await engine.close()
            throw error
        }
    }
}
