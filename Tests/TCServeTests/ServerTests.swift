import Glibc
import Synchronization
import TCCore
import TCStore
import TCWire
import Testing

@testable import TCServe

/// What a client sees of a server, over real sockets.
struct ServerTests {
    @Test func `a route answers with the fields that every answer has`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send("GET", "/v1/hello?x=1")
            #expect(answer.status == 200)
            #expect(answer.body == "hello")
            #expect(answer.header("content-length") == "5")
            #expect(answer.header("date")?.hasSuffix(" GMT") == true)
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.header("x-content-type-options") == "nosniff")
            #expect(answer.header("x-request-id")?.count == 16)
            #expect(answer.header("traceparent")?.count == 55)
            let head = try await server.send("HEAD", "/v1/hello")
            #expect(head.status == 200)
            #expect(head.header("content-length") == "5")
        }
    }

    @Test(arguments: [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/v1/hello/", 404, "not_found"),
        ("DELETE", "/v1/hello", 405, "method_not_allowed"),
        ("OPTIONS", "/v1/echo", 405, "method_not_allowed"),
        ("GET", "/v1/broken", 500, "bug"),
        ("GET", "/v1/things/a%20b", 400, "invalid_parameters"),
        ("GET", "/v1/things/%ff", 400, "invalid_parameters"),
        ("GET", "/v1/things/a?limit=11", 400, "invalid_parameters"),
        ("GET", "/v1/things/a?limit=x", 400, "invalid_parameters"),
        ("GET", "/v1/things/a?deep=yes", 400, "invalid_parameters"),
        ("GET", "/v1/things/a?since=now", 400, "invalid_parameters"),
        ("GET", "/v1/things/a?limit=%f", 400, "invalid_parameters"),
    ])
    func `what is refused is a problem`(
        method: String, path: String, status: Int, code: String
    ) async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send(method, path)
            #expect(answer.status == status)
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(answer.json["code"]?.string == code)
            #expect(answer.json["status"]?.number?.int64 == Int64(status))
            #expect(answer.json["request_id"]?.string == answer.header("x-request-id"))
            #expect(!answer.body.contains(SampleService.secret))
            #expect((answer.header("allow") != nil) == (status == 405))
        }
    }

    @Test func `parameters arrive as the values that they stand for`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send(
                "GET", "/v1/things/veh_7?deep=true&limit=3&since=2026-01-02T03:04:05Z&other=%ff")
            #expect(
                answer.body
                    == #"{"deep":true,"limit":3,"since":"2026-01-02T03:04:05Z","thing_id":"veh_7"}"#
            )
            #expect(try await server.send("GET", "/v1/things/a?since=7").body.contains(":7"))
        }
    }

    @Test(arguments: [
        (#"{"text":"é"}"#, 200, ""),
        (#"{"text":"a","times":null}"#, 200, ""),
        ("", 400, "malformed_json"),
        ("{", 400, "malformed_json"),
        (#"{"text":"a"} x"#, 400, "malformed_json"),
        ("[1]", 422, "invalid_fields"),
        ("{}", 422, "invalid_fields"),
        (#"{"text":7}"#, 422, "invalid_fields"),
        (#"{"text":""}"#, 422, "invalid_fields"),
        (#"{"text":"a","times":4}"#, 422, "invalid_fields"),
        (#"{"text":"a","tims":1}"#, 422, "invalid_fields"),
        ("{\"text\":\"\(String(repeating: "x", count: 1000))\"}", 413, "body_too_large"),
    ])
    func `a body is what its route declares, or refused`(
        body: String, status: Int, code: String
    ) async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send("POST", "/v1/echo", body: body)
            #expect(answer.status == status)
            #expect(answer.json["code"]?.string ?? "" == code)
        }
    }

    @Test func `each wrong field is named with what it must be, and a secret never shown`()
        async throws
    {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send(
                "POST", "/v1/echo", body: #"{"text":5,"times":9,"password":"hunter2","pasword":1}"#)
            #expect(
                answer.json["errors"]?.array?.compactMap { $0.object?["detail"]?.string } == [
                    "'text' must be a string of 1 to 100000 characters, got 5",
                    "'times' must be a whole number from 1 to 3, got 9",
                    "'password' must be a string of 8 to 64 characters",
                    "'pasword' is not a field of something to say; 'password'?",
                ])
            #expect(!answer.body.contains("hunter2"))
        }
    }

    @Test(arguments: [
        ("content-type: text/plain", 415), ("content-type: application/jsonx", 415),
        ("content-type: Application/JSON; charset=utf-8", 200),
    ])
    func `only JSON is taken`(header: String, status: Int) async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send(
                "POST", "/v1/echo", headers: [header], body: #"{"text":"a"}"#)
            #expect(answer.status == status)
            #expect((answer.header("accept") == "application/json") == (status == 415))
        }
    }

    @Test func `an encoded body is refused`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send(
                "POST", "/v1/echo",
                headers: ["content-type: application/json", "content-encoding: gzip"], body: "x")
            #expect(answer.status == 415)
            #expect(answer.header("accept-encoding") == "identity")
        }
    }

    @Test(
        arguments: [
            ([], 401, "Bearer"),
            (["authorization: Basic dTpw"], 401, "Bearer error=\"invalid_token\""),
            (["authorization: Bearer"], 401, "Bearer error=\"invalid_token\""),
            (["authorization: Bearer wrong"], 401, "Bearer error=\"invalid_token\""),
            (
                ["authorization: Bearer a:b", "authorization: Bearer a:b"], 401,
                "Bearer error=\"invalid_token\""
            ),
            (["authorization: Bearer usr_1:driver"], 403, nil),
            (["authorization: bearer usr_1:admin"], 204, nil),
            (["authorization: Bearer no-engine"], 503, nil),
        ] as [([String], Int, String?)])
    func `a route for a role takes that role alone`(
        headers: [String], status: Int, challenge: String?
    ) async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send("DELETE", "/v1/all", headers: headers)
            #expect(answer.status == status)
            #expect(answer.header("www-authenticate") == challenge)
            if status == 204 {
                #expect(answer.header("content-length") == nil)
                #expect(answer.header("set-cookie")?.hasPrefix("tc_refresh=; Path=/v1;") == true)
            }
            #expect((answer.header("retry-after") != nil) == (status == 503))
        }
    }

    @Test func `only a trusted proxy is believed about its client`() async throws {
        let headers = [
            "authorization: Bearer usr_1:driver", "x-forwarded-for: 6.6.6.6, 1.2.3.4",
            "x-forwarded-proto: https", "cookie: a=b; tc_refresh=xyz",
        ]
        try await TestServer.with([SampleService.make()]) { server in
            let answer = try await server.send("GET", "/v1/me", headers: headers)
            #expect(answer.json["address"]?.string == "127.0.0.1")
            #expect(answer.json["secure"]?.bool == false)
            #expect(answer.json["cookie"]?.string == "xyz")
        }
        try await TestServer.with(
            [SampleService.make()],
            settings: { $0.trustedProxies = [try #require(AddressRange("127.0.0.0/8"))] }
        ) { server in
            let answer = try await server.send("GET", "/v1/me", headers: headers)
            #expect(answer.json["address"]?.string == "1.2.3.4")
            #expect(answer.json["secure"]?.bool == true)
        }
    }

    @Test func `a Unix socket is served, by one server at a time, and removed`() async throws {
        let path = "/tmp/tc-test-\(getpid()).sock"
        let listen = try ListenAddress("unix:\(path)")
        // What a process that was killed leaves behind.
        let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        _ = UnixSocket.withAddress(path) { bind(left, $0, $1) }
        close(left)
        #expect(access(path, F_OK) == 0)
        try await TestServer.with([SampleService.make()], settings: { $0.listen = [listen] }) {
            server in
            #expect(server.addresses == ["unix:\(path)"])
            let text = await shell(
                "curl -sS -m 20 --unix-socket \(path) -H 'authorization: Bearer usr_1:driver' "
                    + "http://localhost/v1/me")
            #expect(text.contains(#""address":"unix""#))
            await #expect(throws: TCError.self) {
                try await TestServer.with(
                    [SampleService.make()], settings: { $0.listen = [listen] }
                ) { _ in }
            }
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a caller above the limit is told when to come back, whatever its token`()
        async throws
    {
        let limit = try fewRequests(2)
        try await TestServer.with([SampleService.make(rateLimit: limit)]) { server in
            for remaining in [1, 0] {
                let answer = try await server.send("GET", "/v1/hello")
                #expect(answer.status == 200)
                #expect(answer.header("ratelimit") == "\"few\";r=\(remaining);t=7")
                #expect(answer.header("ratelimit-policy") == "\"few\";q=2;w=60")
            }
            let refused = try await server.send("GET", "/v1/hello")
            #expect(refused.status == 429)
            #expect(refused.header("retry-after") == "7")
            #expect(refused.header("ratelimit") == "\"few\";r=0;t=7")
            // Guessing tokens counts by address; a user has an account of its own.
            let guess = ["authorization: Bearer guess"]
            #expect(try await server.send("GET", "/v1/me", headers: guess).status == 429)
            let user = ["authorization: Bearer usr_1:driver"]
            #expect(try await server.send("GET", "/v1/me", headers: user).status == 200)
            #expect(try await server.send("GET", "/healthz").status == 200)
        }
    }

    @Test func `the trace goes on and the request keeps its id where that is sane`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let trace = "00-12345678901234567890123456789012-1234567890123456-00"
            let answer = try await server.send(
                "GET", "/v1/hello", headers: ["traceparent: \(trace)", "x-request-id: req-7.a"])
            #expect(answer.header("x-request-id") == "req-7.a")
            let ours = try #require(answer.header("traceparent"))
            #expect(ours.hasPrefix("00-12345678901234567890123456789012-"))
            #expect(ours.hasSuffix("-00"))
            #expect(!ours.contains("1234567890123456-00"))
            for id in ["", "a b", "a\"b", String(repeating: "x", count: 129)] {
                let answer = try await server.send(
                    "GET", "/v1/hello", headers: ["x-request-id: \(id)"])
                #expect(answer.header("x-request-id")?.count == 16)
            }
        }
    }
}

/// Lets so many requests of each caller through.
private func fewRequests(_ quota: Int) throws -> RequestLimit {
    let rule = try RateLimit(name: "few", limit: quota, window: .seconds(60))
    let counts = Mutex<[String: Int]>([:])
    return { userID, address in
        let count = counts.withLock { counts in
            counts[userID ?? address, default: 0] += 1
            return counts[userID ?? address] ?? 0
        }
        return RateLimitAnswer(
            rule: rule, isAllowed: count <= quota, remaining: max(0, quota - count),
            untilNext: .milliseconds(6500))
    }
}
