import TCCore
import TCWire
import Testing

@testable import TCServe

/// Clients that are slow, greedy, broken or hostile.
struct ConnectionTests {
    @Test func `requests that come at once are answered in order`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let client = try Client(port: server.port)
            let post = #"{"text":"two"}"#
            client.send(
                "GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n"
                    + "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                    + "content-length: \(post.utf8.count)\r\n\r\n\(post)"
                    + "GET /v1/nothing HTTP/1.1\r\nhost: t\r\n\r\nBROKEN\r\n\r\n")
            #expect(await client.answer()?.body == "hello")
            #expect(await client.answer()?.body == post)
            let third = await client.answer()
            #expect(third?.status == 404)
            // What is no request is refused behind the answers that were due.
            let last = await client.answer()
            #expect(last?.status == 400)
            #expect(last?.header("connection") == "close")
            #expect(await client.rest() == "")
        }
    }

    @Test func `a client may close its side and wait for the answer`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let client = try Client(port: server.port)
            client.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
            client.finish()
            #expect(await client.rest()?.hasSuffix("hello") == true)
        }
    }

    @Test func `a body may come in chunks, and not above its limit`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let head =
                "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                + "transfer-encoding: chunked\r\n\r\n"
            let client = try Client(port: server.port)
            client.send("\(head)8\r\n{\"text\":\r\n4\r\n\"a\"}\r\n0\r\n\r\n")
            #expect(await client.answer()?.body == #"{"text":"a"}"#)
            client.send(
                head + "3e8\r\n\(String(repeating: " ", count: 1000))\r\n1\r\n \r\n0\r\n\r\n")
            let answer = await client.answer()
            #expect(answer?.status == 413)
            #expect(answer?.header("connection") == "close")
        }
    }

    @Test func `a client that asks before it sends a large body is told`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            func head(_ length: Int) -> String {
                "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                    + "expect: 100-continue\r\ncontent-length: \(length)\r\n\r\n"
            }
            let client = try Client(port: server.port)
            client.send(head(12))
            #expect(await client.answer()?.status == 100)
            client.send(#"{"text":"a"}"#)
            #expect(await client.answer()?.body == #"{"text":"a"}"#)
            client.send(head(1_000_000))
            #expect(await client.answer()?.status == 413)
            #expect(await client.rest() == "")
        }
    }

    @Test func `the answer to a body that is too large arrives, however much was sent`()
        async throws
    {
        try await TestServer.with([SampleService.make()]) { server in
            let client = try Client(port: server.port)
            client.send(
                "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                    + "content-length: 3000000\r\n\r\n")
            let sent = Task {
                await waiting { client.send(String(repeating: "x", count: 3_000_000)) }
            }
            #expect(await client.answer()?.status == 413)
            client.finish()
            #expect(await client.rest() == "")
            _ = await sent.value
        }
    }

    @Test(arguments: [
        ("NONSENSE\r\n\r\n", 400),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0", 400),
        ("GET /v1/hello HTTP/7.3\r\nhost: t\r\n\r\n", 505),
        ("GET /v1/hello HTTP/1.1\r\n\r\n", 400),
        ("GET /v1/hello HTTP/1.1\r\nhost: t\r\nhost: u\r\n\r\n", 400),
        ("GET /v1/hello HTTP/1.1\r\nhost:\r\n\r\n", 400),
        ("GET /v1/hello HTTP/1.1\r\nhost: t\r\nbad header: x\r\n\r\n", 400),
        ("GET /v1/hello HTTP/1.1\r\nhost: t\r\nx: a\0b\r\n\r\n", 400),
        ("GET /v1/hello HTTP/1.1\r\nhost: t\r\n x: folded\r\n\r\n", 400),
        // Two lengths are how requests are smuggled past a proxy.
        (
            "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-length: 4\r\n"
                + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400
        ),
        (
            "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n",
            400
        ),
        ("POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-length: -1\r\n\r\n", 400),
        (
            "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                + "transfer-encoding: chunked\r\n\r\nzz\r\n", 400
        ),
        ("GET /\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nhost: t\r\n\r\n", 414),
        (
            "GET / HTTP/1.1\r\nhost: t\r\nx: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431
        ),
        (
            "GET / HTTP/1.1\r\nhost: t\r\n"
                + (0..<120).map { "x\($0): y\r\n" }.joined() + "\r\n", 431
        ),
    ])
    func `what is no proper request is refused with a problem`(
        text: String, status: Int
    )
        async throws
    {
        let log = try await TestServer.with([SampleService.make()]) { server in
            let client = try Client(port: server.port)
            client.send(text)
            client.finish()
            let answer = await client.answer()
            #expect(answer?.status == status)
            #expect(answer?.header("content-type") == "application/problem+json")
            #expect(answer?.json["request_id"]?.string == answer?.header("x-request-id"))
            // The server lives.
            #expect(try await server.send("GET", "/v1/hello").status == 200)
        }
        #expect(log.contains("\"status\":\(status)"))
    }

    @Test func `a request that is cut off leaves nothing behind`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            for text in [
                "", "G", "GET /v1/hello HTTP/1.1\r\nhost: t\r\n",
                "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                    + "content-length: 100\r\n\r\n{\"text\":",
            ] {
                let client = try Client(port: server.port)
                client.send(text)
                client.finish()
                _ = await client.rest()
            }
            #expect(try await server.send("GET", "/v1/hello").status == 200)
            let metrics = try await server.send("GET", "/metrics").body
            // The one that asks is there, and nobody else.
            #expect(metrics.contains("http_requests_in_flight 1\n"))
        }
    }

    @Test(arguments: [
        ("GET /v1/hello HTTP/1.1\r\nhost: t\r\nx: ", 408),
        (
            "POST /v1/echo HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\n"
                + "content-length: 12\r\n\r\n{", 408
        ),
    ])
    func `a request that does not arrive in time is answered with 408`(
        text: String, status: Int
    )
        async throws
    {
        try await TestServer.with(
            [SampleService.make()],
            settings: {
                $0.limits.headTime = .milliseconds(150)
                $0.limits.bodyTime = .milliseconds(150)
            }
        ) { server in
            let client = try Client(port: server.port)
            // A first request shows that the connection is not only young.
            client.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
            #expect(await client.answer()?.status == 200)
            client.send(text)
            let answer = await client.answer()
            #expect(answer?.status == status)
            #expect(answer?.header("connection") == "close")
            #expect(await client.rest() != nil)
        }
    }

    @Test func `a connection that rests is closed, and so is one that never speaks`() async throws {
        try await TestServer.with(
            [SampleService.make()],
            settings: {
                $0.limits.headTime = .milliseconds(150)
                $0.limits.idle = .milliseconds(150)
            }
        ) { server in
            let silent = try Client(port: server.port)
            #expect(await silent.rest() == "")
            let resting = try Client(port: server.port)
            resting.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
            #expect(await resting.answer()?.status == 200)
            #expect(await resting.rest() == "")
        }
    }

    @Test func `one connection too many is told so, and the next finds room`() async throws {
        try await TestServer.with([SampleService.make()], settings: { $0.limits.connections = 1 }) {
            server in
            let first = try Client(port: server.port)
            first.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
            #expect(await first.answer()?.status == 200)
            let second = try Client(port: server.port)
            let answer = await second.answer()
            #expect(answer?.status == 503)
            #expect(answer?.header("retry-after") == "1")
            #expect(answer?.json["code"]?.string == "overloaded")
            first.finish()
            #expect(await first.rest() == "")
            // The client may know that a connection has ended before the server has counted it.
            var status = 503
            for _ in 0..<1000 where status == 503 {
                status = try await server.send("GET", "/v1/hello").status
            }
            #expect(status == 200)
        }
    }

    @Test func `one request too many is told so`() async throws {
        let gate = Gate()
        let arrived = Gate()
        let slow = Route(
            .get, "/v1/slow", "Wait", access: .public, answers: [204: .empty("done")]
        ) { _ in
            arrived.open()
            try await gate.pass()
            return .empty()
        }
        try await TestServer.with(
            [SampleService.make(more: [slow])], settings: { $0.limits.requests = 1 }
        ) { server in
            async let first = server.send("GET", "/v1/slow")
            try await arrived.pass()
            let second = try await server.send("GET", "/v1/hello")
            #expect(second.status == 503)
            #expect(second.json["code"]?.string == "overloaded")
            gate.open()
            #expect(try await first.status == 204)
            #expect(try await server.send("GET", "/v1/hello").status == 200)
        }
    }
}
