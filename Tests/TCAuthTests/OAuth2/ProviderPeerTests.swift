import Glibc
import Synchronization
import TCCore
import TCCrypto
import Testing

@testable import TCAuth

/// oidc-provider-mock plays the identity provider.
@Suite(.enabled(if: Peer.isThere, Peer.absent), .serialized)
struct ProviderPeerTests {
    private let clock = TestClock()
    private let callback = "https://fleet.example/v1/auth/oauth2/mock/callback"

    @Test func `who signs in is known by subject, address and name`() async throws {
        try await withProvider { provider, client in
            try await provider.setClaims(
                #"{"email":"ada@example.com","email_verified":true,"name":"Ada Lovelace"}"#,
                of: "u1")
            let begun = try await client.begin("mock", redirectURI: callback)
            let identity = try await client.finish(
                "mock", try await provider.signIn("u1", at: begun.url), cookie: begun.cookie)
            #expect(
                identity
                    == ExternalIdentity(
                        provider: "mock", subject: "u1", email: "ada@example.com",
                        emailVerified: true, name: "Ada Lovelace"))
        }
    }

    @Test func `an address that the provider does not vouch for is not verified`() async throws {
        try await withProvider { provider, client in
            for claims in [#"{"email":"a@b.example"}"#, #"{"email":"a@b","email_verified":false}"#]
            {
                try await provider.setClaims(claims, of: "u1")
                let identity = try await signIn(provider, client)
                #expect(identity.email != nil)
                #expect(!identity.emailVerified)
            }
        }
    }

    /// Claims that the provider signs, and what is wrong with them.
    private static let forgeries = [
        (#"{"aud":"another"}"#, "not for 'tc'"),
        (#"{"aud":["tc","another"]}"#, "several clients"),
        (#"{"azp":"another"}"#, "another client"),
        (#"{"iss":"https://id.example.com"}"#, "issued by"),
        (#"{"iat":4000000000}"#, "will be issued"),
        (#"{"nbf":4000000000}"#, "not valid before"),
        (#"{"exp":1700000000}"#, "expired"),
        (#"{"nonce":"another"}"#, "nonce"),
        (#"{"nonce":null}"#, "nonce"),
    ]

    @Test func `a token with any claim that must not be there is refused`() async throws {
        try await withProvider { provider, client in
            for (claims, reason) in Self.forgeries {
                try await provider.setClaims(claims, of: "u1")
                let error = await #expect(throws: TCError.self) {
                    try await signIn(provider, client)
                }
                #expect(error?.kind == .notPermitted, "\(claims)")
                #expect(
                    error?.message.contains(reason) == true,
                    "\(claims): \(String(describing: error))")
            }
            try await provider.setClaims("{}", of: "u1")
            #expect(try await signIn(provider, client).subject == "u1")
        }
    }

    @Test func `a token that has expired by our clock is refused`() async throws {
        try await withProvider { provider, client in
            clock.move(by: .seconds(3_600 + 59))
            _ = try await signIn(provider, client)
            clock.move(by: .seconds(3))
            let error = await #expect(throws: TCError.self) { try await signIn(provider, client) }
            #expect(error?.message.contains("expired") == true)
        }
    }

    @Test func `a nonce that was changed on the way to the provider is noticed`() async throws {
        try await withProvider { provider, client in
            let begun = try await client.begin("mock", redirectURI: callback)
            let changed = begun.url.replacing("nonce=", with: "nonce=x")
            let error = await #expect(throws: TCError.self) {
                try await client.finish(
                    "mock", try await provider.signIn("u1", at: changed), cookie: begun.cookie)
            }
            #expect(error?.kind == .notPermitted)
            #expect(error?.message.contains("nonce") == true)
        }
    }

    @Test func `a new key of the provider is fetched, but not twice in a minute`() async throws {
        try await withProvider { provider, client in
            _ = try await signIn(provider, client)
            try await provider.rotateKey()
            clock.move(by: .seconds(59))
            let error = await #expect(throws: TCError.self) { try await signIn(provider, client) }
            #expect(error?.kind == .notPermitted)
            #expect(error?.message.contains("no key is called") == true)
            clock.move(by: .seconds(1))
            _ = try await signIn(provider, client)
        }
    }

    @Test func `a code works once, and no other does`() async throws {
        try await withProvider { provider, client in
            let begun = try await client.begin("mock", redirectURI: callback)
            let back = try await provider.signIn("u1", at: begun.url)
            _ = try await client.finish("mock", back, cookie: begun.cookie)
            let error = await #expect(throws: TCError.self) {
                try await client.finish("mock", back, cookie: begun.cookie)
            }
            #expect(error?.kind == .notPermitted)
            #expect(error?.message.contains("invalid_grant") == true)
        }
    }

    @Test func `a callback that this browser did not begin is refused`() async throws {
        try await withProvider { provider, client in
            let mine = try await client.begin("mock", redirectURI: callback)
            let theirs = try await client.begin("mock", redirectURI: callback)
            let back = try await provider.signIn("u1", at: mine.url)
            let last = mine.cookie.last == "A" ? "B" : "A"
            for cookie in [theirs.cookie, "", "AAAA", mine.cookie.dropLast() + last] {
                let error = await #expect(throws: TCError.self) {
                    try await client.finish("mock", back, cookie: String(cookie))
                }
                #expect(error?.kind == .badInput)
            }
            let tampered = try SignInCallback(
                query: [("code", back.code ?? ""), ("state", (back.state ?? "") + "x")])
            let error = await #expect(throws: TCError.self) {
                try await client.finish("mock", tampered, cookie: mine.cookie)
            }
            #expect(error?.kind == .badInput)
            // None of these has used the code up.
            _ = try await client.finish("mock", back, cookie: mine.cookie)
        }
    }

    @Test func `a provider that is gone is unavailable`() async throws {
        try await withProvider { provider, client in
            let begun = try await client.begin("mock", redirectURI: callback)
            let back = try await provider.signIn("u1", at: begun.url)
            provider.end()
            let error = await #expect(throws: TCError.self) {
                try await client.finish("mock", back, cookie: begun.cookie)
            }
            #expect(error?.kind == .unavailable)
            #expect(
                error?.message.hasPrefix("cannot call '127.0.0.1': the connection failed") == true)
        }
    }

    // MARK: Helpers

    private let key: AEADKey

    init() throws { key = try AEADKey([UInt8](repeating: 7, count: 32)) }

    private func withProvider(
        _ body: (IdentityProvider, OAuth2Client) async throws -> Void
    ) async throws {
        let provider = try await IdentityProvider()
        do {
            try await body(provider, try client(provider))
        } catch {
            await provider.stop()
            throw error
        }
        await provider.stop()
    }

    private func configuration(_ provider: IdentityProvider) throws -> OAuth2Provider {
        try .openID(
            name: "mock", issuer: provider.issuer, clientID: "tc",
            clientSecret: try ClientSecret("s3cr3t/+ ü"), allowsLoopbackHTTP: true)
    }

    private func client(_ provider: IdentityProvider) throws -> OAuth2Client {
        try OAuth2Client(
            [try configuration(provider)], cookieKey: key, http: provider.http, seams: clock.seams)
    }

    @discardableResult
    private func signIn(
        _ provider: IdentityProvider, _ client: OAuth2Client
    ) async throws -> ExternalIdentity {
        let begun = try await client.begin("mock", redirectURI: callback)
        return try await client.finish(
            "mock", try await provider.signIn("u1", at: begun.url), cookie: begun.cookie)
    }
}

/// The machine's clock, as the provider's is, moved as far as a test wants.
final class TestClock: Sendable {
    private let moved = Mutex(Duration.zero)

    func move(by duration: Duration) { moved.withLock { $0 += duration } }

    var seams: Seams {
        var seams = Seams.seeded(
            5,
            now: { [self] in
                Instant(milliseconds: 1000 * Int64(time(nil))) + moved.withLock { $0 }
            })
        seams.uptime = { [self] in Double(moved.withLock { $0 }.milliseconds) / 1000 }
        return seams
    }
}
