import Glibc
import TCCore
import TCWire
import Testing

@testable import TCServe

struct LogTests {
    @Test func `a request is one line, whatever it carries, without a secret`() async throws {
        let secret = SampleService.secret
        let log = try await TestServer.with([SampleService.make()]) { server in
            _ = try await server.send(
                "GET", "/v1/things/\(secret)?limit=3&token=\(secret)",
                headers: [
                    "authorization: Bearer \(secret)", "cookie: tc_refresh=\(secret)",
                    "x-request-id: \(secret)/{}<", "user-agent: \(secret)",
                ])
            _ = try await server.send(
                "POST", "/v1/echo", body: "{\"text\":\"\(secret)\",\"password\":\"\(secret)\"}")
            _ = try await server.send("POST", "/v1/echo", body: "{\"password\":\"\(secret)")
            _ = try await server.send("GET", "/\(secret)?\(secret)")
            _ = try await server.send("PUT", "/v1/echo")
            let client = try Client(port: server.port)
            client.send("\(secret) /\(secret) HTTP/1.1\r\nhost: \(secret)\r\n\r\n")
            #expect(await client.answer()?.status == 400)
        }
        #expect(!log.contains(secret))
        var requests: [JSONObject] = []
        for line in log.split(separator: "\n") {
            let record = try #require(try JSONReader.parse(String(line)).object)
            #expect(record.keys.prefix(3) == ["time", "level", "msg"])
            if record["msg"]?.string == "request" { requests.append(record) }
        }
        #expect(
            requests.map { $0["route"]?.string } == [
                "/v1/things/{thing_id}", "/v1/echo", "/v1/echo", "unmatched", "unmatched",
                "unmatched",
            ])
        #expect(requests.map { $0["status"]?.number?.int64 } == [200, 200, 400, 404, 405, 400])
        #expect(
            requests[0].keys == [
                "time", "level", "msg", "method", "route", "status", "duration_ms", "request_id",
                "trace_id", "remote",
            ])
        #expect(requests[0]["remote"]?.string == "127.0.0.1")
        #expect((requests[0]["duration_ms"]?.number?.double ?? -1) >= 0)
    }

    @Test func `why a request failed is in the log`() async throws {
        let log = try await TestServer.with([SampleService.make()]) { server in
            _ = try await server.send("GET", "/v1/broken")
            _ = try await server.send(
                "GET", "/v1/me", headers: ["authorization: Bearer no-engine"])
        }
        let failed = log.split(separator: "\n").filter { $0.contains(#""cause""#) }
        #expect(failed.count == 2)
        #expect(failed.first?.contains(#""level":"error""#) == true)
        #expect(failed.first?.contains("is full") == true)
        #expect(failed.last?.contains(#""level":"warning""#) == true)
        #expect(failed.last?.contains("cache7 does not answer") == true)
    }

    @Test func `what finds no room is dropped and counted, and nobody waits`() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reader, writer) = (ends[0], ends[1])
        let queue = try LogQueue(descriptor: writer)
        func append(_ text: String) {
            queue.append {
                $0.string(text)
                $0.newline()
            } dropped: { count, json in
                json.int(count)
                json.newline()
            }
        }
        let long = String(repeating: "x", count: 1000)
        let written = 10_000
        for _ in 0..<written { append(long) }
        async let drained: Void = waiting {
            queue.drain()
            close(writer)
        }
        // The first byte that comes out shows that there is room again.
        let first = await waiting {
            var byte: UInt8 = 0
            return read(reader, &byte, 1)
        }
        #expect(first == 1)
        append("after")
        queue.close()
        let rest = await waiting {
            var all: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = read(reader, &part, part.count)
                if count <= 0 { return String(decoding: all, as: UTF8.self) }
                all += part[..<count]
            }
        }
        await drained
        close(reader)
        let lines = rest.split(separator: "\n")
        let kept = lines.count - 2
        #expect(kept < written)
        #expect(lines.suffix(2) == ["\(written - kept)", "\"after\""])
    }
}
