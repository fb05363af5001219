import Glibc
import TCCore
import TCWire
import Testing

@testable import TCServe

struct OpenAPITests {
    @Test func `every route is described with everything that it may answer`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            let document = try await server.send("GET", "/openapi.json").json
            #expect(document["openapi"]?.string == "3.1.0")
            #expect(document["info"]?.object?["version"]?.string == "1.2.3")
            #expect(document["info"]?.object?["title"]?.string == "tc sample")
            let paths = try #require(document["paths"]?.object)
            #expect(
                paths.keys == [
                    "/v1/hello", "/v1/echo", "/v1/things/{thing_id}", "/v1/me", "/v1/all",
                    "/v1/broken", "/healthz", "/readyz", "/metrics", "/openapi.json",
                ])
            func answers(_ path: String, _ method: String) -> [String]? {
                paths[path]?.object?[method]?.object?["responses"]?.object?.keys
            }
            #expect(
                answers("/v1/echo", "post") == [
                    "200", "400", "408", "413", "414", "415", "422", "431", "500", "503",
                ])
            #expect(
                answers("/v1/all", "delete") == [
                    "204", "400", "401", "403", "414", "431", "500", "503",
                ])
        }
    }
}

/// What tools that others have written say of ours. `TC_PYTHON` names a Python that has
/// openapi-spec-validator and prometheus_client; without it these are skipped.
@Suite(
    .enabled(
        if: getenv("TC_PYTHON") != nil,
        "set TC_PYTHON to a Python with openapi-spec-validator and prometheus_client"))
struct WebInteropTests {
    private func python(_ script: String, _ server: TestServer, _ path: String) async -> String {
        let python = getenv("TC_PYTHON").map { String(cString: $0) } ?? ""
        return await shell(
            "curl -sS -m 20 http://127.0.0.1:\(server.port)\(path) | '\(python)' -c '\(script)'")
    }

    @Test func `the description is valid OpenAPI 3.1`() async throws {
        try await TestServer.with([SampleService.make(rateLimit: nil)]) { server in
            let text = await python(
                """
                import json, sys
                from openapi_spec_validator import OpenAPIV31SpecValidator
                errors = list(OpenAPIV31SpecValidator(json.load(sys.stdin)).iter_errors())
                print(len(errors), errors)
                """, server, "/openapi.json")
            #expect(text == "0 []\nstatus 0\n")
        }
    }

    @Test func `the metrics are read by Prometheus' own parser`() async throws {
        try await TestServer.with([SampleService.make()]) { server in
            for path in ["/v1/hello", "/v1/nothing", "/v1/broken"] {
                _ = try await server.send("GET", path)
            }
            let text = await python(
                """
                import sys
                from prometheus_client.parser import text_string_to_metric_families as parse
                families = {f.name: f for f in parse(sys.stdin.read())}
                seen = {
                    (s.labels["route"], s.labels["status"]): int(s.value)
                    for s in families["http_request_duration_seconds"].samples
                    if s.name.endswith("_count")
                }
                print(seen[("/v1/hello", "2xx")], seen[("unmatched", "4xx")],
                    seen[("/v1/broken", "5xx")], families["http_connections"].type,
                    families["process_cpu_seconds"].type)
                """, server, "/metrics")
            #expect(text == "1 1 1 gauge counter\nstatus 0\n")
        }
    }
}
