import Glibc
import TCAuth
import TCCore
import TCEngines
import TCStore
import Testing

@testable import TCServe

/// What a tool that others have written finds by sending what the description allows, and what it
/// does not. `TC_PYTHON` names a Python that has schemathesis; without it this is skipped.
@Suite(.enabled(if: getenv("TC_PYTHON") != nil, "set TC_PYTHON to a Python with schemathesis"))
struct SchemathesisTests {
    @Test(arguments: [nil, "admin"] as [String?])
    func `no answer is a failure of the server or not declared`(role: String?) async throws {
        let python = getenv("TC_PYTHON").map { String(cString: $0) } ?? ""
        // On the system's clock, so that the limit lets through what comes in real time.
        let cache = try openCache(url: "memory:", seams: .running)
        try await AuthWebBed.with(
            change: {
                $0.requestLimit = try RateLimit(name: "many", limit: 1000, window: .seconds(1))
            }, wrap: { _ in cache }
        ) { bed, server in
            var options = ""
            if let role {
                let browser = try await bed.user("ada", role: role, at: server)
                // Without what ends the session that asks.
                options = """
                    -H 'Authorization: Bearer \(browser.bearer ?? "")' --exclude-path-regex \
                    '/(revoke|revoke-all|logout)$'
                    """
            }
            let text = await shell(
                """
                folder=$(mktemp -d) && cd "$folder" && '\(python)' -m schemathesis.cli run \
                http://127.0.0.1:\(server.port)/openapi.json \(options) --seed 1 --no-color \
                --max-examples 15 --phases coverage,fuzzing --checks not_a_server_error \
                --checks status_code_conformance,content_type_conformance \
                --checks response_schema_conformance
                code=$?; cd / && rm -r "$folder"; (exit $code)
                """)
            #expect(text.hasSuffix("status 0\n"), "\(text.suffix(6000))")
            #expect(text.contains("generated"))
        }
    }
}
