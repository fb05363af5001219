import Synchronization
import TCCore
import TCCrypto
import TCWire
import Testing

@testable import TCAuth

struct OAuth2ClientTests {
    private let key: AEADKey
    private let base = "https://id.example.com"
    private let http: ScriptedHTTP

    init() throws {
        key = try AEADKey([UInt8](repeating: 7, count: 32))
        http = ScriptedHTTP([:])
        http.set("\(base)/.well-known/openid-configuration", metadata())
    }

    @Test func `RFC 7636 gives a challenge`() throws {
        // Appendix B.
        #expect(
            SignInAttempt.challenge(of: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `the exchange proves what the browser was sent with`() async throws {
        http.set("\(base)/token", status: 400, #"{"error":"invalid_grant"}"#)
        let client = try client()
        let begun = try await client.begin("id", redirectURI: "https://fleet.example/cb?a=b")
        let back = try SignInCallback(query: [("code", "c/d"), ("state", begun.field("state"))])
        await #expect(throws: TCError.self) {
            try await client.finish("id", back, cookie: begun.cookie)
        }
        let exchange = try #require(http.requests.last)
        let fields = Dictionary(
            uniqueKeysWithValues: exchange.form.split(separator: "&").map { field in
                let parts = field.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), String(parts[1]))
            })
        #expect(fields["grant_type"] == "authorization_code")
        #expect(fields["code"] == "c%2Fd")
        #expect(fields["redirect_uri"] == "https%3A%2F%2Ffleet.example%2Fcb%3Fa%3Db")
        let verifier = try #require(fields["code_verifier"])
        #expect(verifier.utf8.count == 43)
        #expect(
            Base64URL.encode(Digest.sha256.hash(Array(verifier.utf8)))
                == begun.field("code_challenge"))
        // Both halves escaped and then in base64 with padding: "tc:s%2F%20%C3%BC".
        #expect(exchange.header("Authorization") == "Basic dGM6cyUyRiUyMCVDMyVCQw==")
        #expect(fields["client_secret"] == nil)
    }

    @Test func `each attempt has its own state, nonce and challenge`() async throws {
        let client = try client()
        var seen: Set<String> = []
        for _ in 0..<20 {
            let begun = try await client.begin("id", redirectURI: "https://fleet.example/cb")
            for name in ["state", "nonce", "code_challenge"] { seen.insert(begun.field(name)) }
            #expect(!begun.url.contains(begun.cookie))
        }
        #expect(seen.count == 60)
        #expect(seen.allSatisfy { $0.utf8.count == 43 })
    }

    @Test func `an attempt is good for ten minutes and for its own provider`() async throws {
        let now = Mutex(Instant.newYear)
        let seams = Seams.seeded(1, now: { now.withLock { $0 } })
        let other = try OAuth2Provider.openID(
            name: "other", issuer: base, clientID: "tc", clientSecret: nil)
        let client = try OAuth2Client(
            [try provider(), other], cookieKey: key, http: http, seams: seams)
        let begun = try await client.begin("id", redirectURI: "https://fleet.example/cb")
        let back = try SignInCallback(
            query: [("state", begun.field("state")), ("error", "access_denied")])
        // Refused by the user is an answer that only a good attempt gets.
        func outcome(_ provider: String) async -> TCError? {
            await #expect(throws: TCError.self) {
                try await client.finish(provider, back, cookie: begun.cookie)
            }
        }
        #expect(await outcome("id")?.kind == .notPermitted)
        #expect(await outcome("other")?.kind == .badInput)
        now.withLock { $0 = $0 + .milliseconds(599_999) }
        #expect(await outcome("id")?.message.hasSuffix("answered with access_denied") == true)
        now.withLock { $0 = $0 + .milliseconds(1) }
        #expect(await outcome("id")?.message.contains("more than 10m ago") == true)
    }

    @Test func `a callback of another issuer, with two codes or with none is refused`() async throws
    {
        let client = try client()
        let begun = try await client.begin("id", redirectURI: "https://fleet.example/cb")
        let state = (name: "state", value: begun.field("state"))
        for query in [
            [state], [state, ("code", "")], [state, ("code", "c"), ("iss", "https://x")],
        ] {
            let error = await #expect(throws: TCError.self) {
                try await client.finish("id", SignInCallback(query: query), cookie: begun.cookie)
            }
            #expect(error?.kind == .badInput)
        }
        #expect(throws: TCError.self) {
            try SignInCallback(query: [state, ("code", "c"), ("code", "d")])
        }
    }

    @Test func `metadata that cannot be trusted is not used`() async throws {
        for (text, reason) in [
            (metadata(issuer: "https://evil.example"), "names an issuer other"),
            (metadata(issuer: "\(base)/"), "names an issuer other"),
            (metadata(token: "http://id.example.com/token"), "has a 'token_endpoint'"),
            (metadata(token: "https://user@id.example.com/"), "has a 'token_endpoint'"),
            (metadata(token: "http://127.0.0.1/token"), "has a 'token_endpoint'"),
            ("{}", "names an issuer other"), ("[]", "is no object"), ("x", "is not JSON"),
        ] {
            http.set("\(base)/.well-known/openid-configuration", text)
            let error = await #expect(throws: TCError.self) {
                try await client().begin("id", redirectURI: "https://fleet.example/cb")
            }
            #expect(error?.kind == .unavailable)
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }

    @Test func `a key set with a secret in it is not used`() throws {
        let text = #"{"keys":[{"kty":"oct","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}]}"#
        let error = #expect(throws: TCError.self) {
            try ProviderKeys(parsing: Array(text.utf8), "id")
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("c2Vj") == false)
    }

    @Test func `metadata is fetched once for all who ask at the same time`() async throws {
        let client = try client()
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask {
                    _ = try await client.begin("id", redirectURI: "https://f.example/")
                }
            }
            try await group.waitForAll()
        }
        #expect(http.requests.count == 1)
    }

    @Test func `a misspelt provider is a clear error`() async throws {
        let error = await #expect(throws: TCError.self) {
            try await client().begin("ib", redirectURI: "https://fleet.example/cb")
        }
        #expect(error?.message == "there is no provider 'ib'")
        #expect(error?.hint == "did you mean 'id'?")
    }

    @Test func `what is configured wrongly is said at the start`() throws {
        for make in [
            {
                try OAuth2Provider.openID(
                    name: "Id", issuer: base, clientID: "c", clientSecret: nil)
            },
            {
                try OAuth2Provider.openID(name: "id", issuer: base, clientID: "", clientSecret: nil)
            },
            {
                try OAuth2Provider.openID(
                    name: "id", issuer: "http://id.example", clientID: "c", clientSecret: nil)
            },
            {
                try OAuth2Provider.openID(
                    name: "id", issuer: "\(base)?a", clientID: "c", clientSecret: nil)
            },
        ] as [() throws -> OAuth2Provider] {
            let error = #expect(throws: TCError.self) { _ = try make() }
            #expect(error?.kind == .configuration)
        }
        #expect(throws: TCError.self) { try ClientSecret("") }
        #expect(throws: TCError.self) {
            try OAuth2Client(
                [try provider(), try provider()], cookieKey: key, http: http, seams: .seeded(1))
        }
    }

    @Test func `no interpolation prints a client secret`() throws {
        let provider = try provider()
        var dumped = ""
        dump(provider, to: &dumped)
        for text in ["\(provider)", String(reflecting: provider), dumped] {
            #expect(!text.contains("s/ ü"))
        }
    }

    // MARK: Helpers

    private func provider() throws -> OAuth2Provider {
        try .openID(
            name: "id", issuer: base, clientID: "tc", clientSecret: ClientSecret("s/ ü"))
    }

    private func client() throws -> OAuth2Client {
        try OAuth2Client([try provider()], cookieKey: key, http: http, seams: .seeded(1))
    }

    private func metadata(issuer: String? = nil, token: String? = nil) -> String {
        """
        {"issuer":"\(issuer ?? base)","authorization_endpoint":"\(base)/authorize",
         "token_endpoint":"\(token ?? "\(base)/token")","jwks_uri":"\(base)/keys"}
        """
    }
}
