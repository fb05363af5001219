import TCAuth
import TCCore
import TCStore
import TCWire
import Testing

@testable import TCServe

/// What the auth service shows of itself: to verifiers, to operators and in its description.
struct AuthServiceTests {
    @Test func `verifiers find the keys and the issuer`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = Browser(bed, server)
            let set = try await browser.send("GET", "/.well-known/jwks.json")
            #expect(set.header("cache-control") == "public, max-age=600")
            #expect(set.header("content-type") == "application/json")
            #expect(set.header("ratelimit") == nil)
            let keys = try #require(set.json["keys"]?.array)
            #expect(keys.count == 1 && keys[0].object?["d"] == nil)
            let known = try await browser.send("GET", "/.well-known/openid-configuration")
            #expect(known.header("cache-control") == "public, max-age=600")
            #expect(known.text("issuer") == AuthWebBed.publicURL)
            #expect(known.text("jwks_uri") == "https://auth.example/.well-known/jwks.json")
            #expect(
                known.json["id_token_signing_alg_values_supported"]?.array == [.string("ES256")])
            // Whoever has them verifies a token without asking.
            let ada = try await bed.user("ada", at: server)
            let verifier = try TokenVerifier(
                TokenKeys(JWKSet(parsing: Array(set.body.utf8))),
                TokenRules(.access, issuer: known.text("issuer"), audience: "tc"))
            let token = try verifier.verify(try #require(ada.bearer), at: bed.clock.now)
            #expect(token.claims.role == "user")
        }
    }

    @Test func `every route is described, with the cookie and the answers that it has`()
        async throws
    {
        try await AuthWebBed.with { _, server in
            let document = try await server.send("GET", "/openapi.json").json
            let paths = try #require(document["paths"]?.object)
            var routes: [String] = []
            for member in paths.members where member.key.contains("/auth/") {
                routes += (member.value.object?.keys ?? []).map {
                    "\($0) \(member.key.dropFirst("/v1/auth/".count))"
                }
            }
            #expect(
                routes.sorted() == [
                    "delete admin/users/{user_id}", "delete admin/users/{user_id}/mfa",
                    "delete sessions/{session_id}", "get admin/users", "get admin/users/{user_id}",
                    "get admin/users/{user_id}/sessions", "get me",
                    "get oauth2/{provider}/authorize", "get oauth2/{provider}/callback",
                    "get sessions", "post admin/revoke", "post admin/users",
                    "post admin/users/{user_id}/disable", "post admin/users/{user_id}/enable",
                    "post introspect", "post login", "post logout", "post mfa/confirm",
                    "post mfa/disable", "post mfa/enroll", "post mfa/recovery-codes",
                    "post mfa/verify", "post password", "post refresh", "post register",
                    "post sessions/revoke-all", "put admin/users/{user_id}/password",
                    "put admin/users/{user_id}/role",
                ])
            let refresh = paths["/v1/auth/refresh"]?.object?["post"]?.object
            #expect(
                refresh?["responses"]?.object?.keys == [
                    "200", "400", "401", "414", "429", "431", "500", "503",
                ])
            let cookie = refresh?["parameters"]?.array?.first?.object
            #expect(cookie?["in"]?.string == "cookie")
            #expect(cookie?["name"]?.string == "__Secure-tc_refresh")
        }
    }

    @Test func `what has ended is removed by itself`() async throws {
        try await AuthWebBed.with(changeWeb: { $0.pruneInterval = .milliseconds(1) }) {
            bed, server in
            let ada = try await bed.user("ada", at: server)
            let id = try await ada.send("GET", "/v1/auth/me").text("user_id")
            #expect(try await bed.auth.sessions(of: id, includingEnded: true).count == 1)
            bed.clock.move(.seconds(8 * 86_400))
            let end = Seams.running.uptime() + 20
            var left = 1
            while left > 0, Seams.running.uptime() < end {
                left = try await bed.auth.sessions(of: id, includingEnded: true).count
            }
            #expect(left == 0)
        }
    }

    @Test func `a cache that is down is shown, and takes no node out of service`() async throws {
        let alone = try MemoryCache(seams: .running)
        try await AuthWebBed.with(wrap: { _ in
            FallbackCache(shared: DownCache(), own: alone) { _ in }
        }) { bed, server in
            let ready = try await server.send("GET", "/readyz")
            #expect(ready.status == 200)
            #expect(
                ready.body == #"{"status":"ready","checks":["#
                    + #"{"name":"auth.database","outcome":"passed"},"#
                    + #"{"name":"auth.cache","outcome":"failed"},"#
                    + #"{"name":"auth.keys","outcome":"passed"}]}"#)
            let ada = try await bed.user("ada", at: server)
            #expect(try await ada.send("GET", "/v1/auth/me").status == 200)
        }
    }
}

/// A cache whose server does not answer.
private struct DownCache: Cache {
    private var down: TCError { TCError(.unavailable, "the cache does not answer") }

    func get(_ key: String) async throws -> [UInt8]? { throw down }
    func set(_ key: String, _ value: [UInt8], expiresAfter: Duration?) async throws { throw down }
    func delete(_ keys: [String]) async throws -> Int { throw down }
    func increment(
        _ key: String, by amount: Int64, expiresAfter: Duration?
    ) async throws -> Int64 { throw down }
    func run(
        _ script: CacheScript, keys: [String], arguments: [CacheArgument]
    ) async throws -> CacheReply { throw down }
    func publish(_ channel: String, _ message: [UInt8]) async throws { throw down }
    func subscribe(_ channel: String) async throws -> CacheSubscription {
        // As an engine does that cannot be reached: it listens in vain.
        try MemoryCache(seams: .running).subscribe(channel)
    }
    func check() async throws { throw down }
    func close() async {}
}
