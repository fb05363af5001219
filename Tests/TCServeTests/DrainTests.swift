import Glibc
import Synchronization
import TCCore
import TCWire
import Testing

@testable import TCServe

/// How a server ends.
struct DrainTests {
    /// Answers when `gate` opens, and says through `arrived` that it was asked.
    private func slow(_ gate: Gate, _ arrived: Gate) -> Route {
        Route(
            .get, "/v1/slow", "Wait", access: .public, answers: [200: .text("text/plain", "done")]
        ) { _ in
            arrived.open()
            try await gate.pass()
            return .text("done", "text/plain")
        }
    }

    @Test func `what is in flight is finished, nothing new is taken, and the order is right`()
        async throws
    {
        let gate = Gate()
        let arrived = Gate()
        let steps = Mutex<[String]>([])
        let service = SampleService.make(
            work: [
                BackgroundWork("outbox") {
                    defer { steps.withLock { $0.append("work") } }
                    try await Gate().pass()
                }
            ], more: [slow(gate, arrived)], close: { steps.withLock { $0.append("close") } })
        let log = try await TestServer.with([service]) { server in
            let resting = try Client(port: server.port)
            resting.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
            #expect(await resting.answer()?.status == 200)
            let client = try Client(port: server.port)
            client.send("GET /v1/slow HTTP/1.1\r\nhost: t\r\n\r\n")
            try await arrived.pass()
            await server.askToStop()
            // A connection that rests is closed, which shows that draining has begun.
            #expect(await resting.rest() == "")
            // The system may take a connection more while the socket is being closed.
            var isRefused = false
            for _ in 0..<1000 where !isRefused {
                do {
                    let late = try Client(port: server.port)
                    late.send("GET /v1/hello HTTP/1.1\r\nhost: t\r\n\r\n")
                    #expect(await late.rest()?.isEmpty ?? true)
                } catch {
                    isRefused = true
                }
            }
            #expect(isRefused)
            steps.withLock { $0.append("answer") }
            gate.open()
            let answer = await client.answer()
            #expect(answer?.body == "done")
            #expect(answer?.header("connection") == "close")
            #expect(await client.rest() == "")
            try await server.ended()
        }
        #expect(steps.withLock { $0 } == ["answer", "work", "close"])
        #expect(log.contains(#""msg":"draining","requests":1"#))
        #expect(log.contains(#""msg":"stopped""#))
        #expect(!log.contains("cut"))
    }

    @Test func `what does not end within the time to drain is cut`() async throws {
        let arrived = Gate()
        let log = try await TestServer.with(
            [SampleService.make(more: [slow(Gate(), arrived)])],
            settings: { $0.drain = .milliseconds(100) }
        ) { server in
            let client = try Client(port: server.port)
            client.send("GET /v1/slow HTTP/1.1\r\nhost: t\r\n\r\n")
            try await arrived.pass()
            await server.askToStop()
            try await server.ended()
            // Cut, with an answer or without one.
            _ = await client.rest()
        }
        #expect(log.contains(#""msg":"cut what was still in flight","requests":1"#))
    }

    @Test func `a server that drains is not ready`() async throws {
        let gate = Gate()
        let arrived = Gate()
        try await TestServer.with([SampleService.make(more: [slow(gate, arrived)])]) { server in
            let resting = try Client(port: server.port)
            resting.send("GET /readyz HTTP/1.1\r\nhost: t\r\n\r\n")
            #expect(await resting.answer()?.json["status"]?.string == "ready")
            let client = try Client(port: server.port)
            // Both are on their way when the draining begins.
            client.send(
                "GET /v1/slow HTTP/1.1\r\nhost: t\r\n\r\nGET /readyz HTTP/1.1\r\nhost: t\r\n\r\n")
            try await arrived.pass()
            await server.askToStop()
            #expect(await resting.rest() == "")
            gate.open()
            #expect(await client.answer()?.body == "done")
            let answer = await client.answer()
            #expect(answer?.status == 503)
            #expect(answer?.json["status"]?.string == "draining")
            #expect(answer?.header("connection") == "close")
        }
    }

    @Test func `SIGTERM ends a server in good order`() async throws {
        let log = try await TestServer.with([SampleService.make()], stoppedBy: [.sigterm]) {
            server in
            #expect(try await server.send("GET", "/v1/hello").status == 200)
            kill(getpid(), SIGTERM)
            try await server.ended()
        }
        #expect(log.contains(#""msg":"stopped""#))
    }

    @Test func `a server does not outlive its work`() async throws {
        let closed = Mutex(false)
        let gate = Gate()
        let service = SampleService.make(
            work: [
                BackgroundWork("outbox") {
                    try await gate.pass()
                    throw TCError(.io, "the outbox broke")
                }
            ], close: { closed.withLock { $0 = true } })
        await #expect {
            try await TestServer.with([service]) { server in
                gate.open()
                try await server.ended()
            }
        } throws: { "\($0)".contains("the outbox broke") }
        #expect(closed.withLock { $0 })
    }

    @Test func `an address that is taken is an error that names it`() async throws {
        try await TestServer.with([SampleService.make()]) { first in
            let port = first.port
            await #expect {
                try await TestServer.with(
                    [SampleService.make()],
                    settings: { $0.listen = [.tcp(host: "127.0.0.1", port: port)] }
                ) { _ in }
            } throws: {
                ($0 as? TCError)?.kind == .unavailable && "\($0)".contains("127.0.0.1:\(port)")
            }
        }
    }
}
