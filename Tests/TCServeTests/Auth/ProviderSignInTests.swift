import Synchronization
import TCAuth
import TCCore
import TCCrypto
import TCWire
import Testing

@testable import TCServe

/// Signing in by way of a provider, which answers in the form that its documentation gives.
struct ProviderSignInTests {
    private let http = ScriptedProvider()
    private let attempt = "__Secure-tc_sign_in"
    private let callback = "/v1/auth/oauth2/github/callback"

    private func providers(_ clock: SteppedClock) throws -> OAuth2Client {
        try OAuth2Client(
            [.gitHub(clientID: "Iv1.1", clientSecret: ClientSecret("s3cr3t"))],
            cookieKey: AEADKey([UInt8](repeating: 7, count: 32)), http: http, seams: clock.seams)
    }

    /// Goes to the provider, and gives the `state` to come back with.
    private func begin(_ browser: Browser) async throws -> String {
        let away = try await browser.send("GET", "/v1/auth/oauth2/github/authorize")
        #expect(away.status == 303)
        let location = away.header("location") ?? ""
        #expect(location.hasPrefix("https://github.com/login/oauth/authorize?"))
        #expect(
            location.contains(
                "redirect_uri=https%3A%2F%2Fauth.example%2Fv1%2Fauth%2Foauth2%2Fgithub%2Fcallback"))
        let value = try #require(browser.cookie(attempt))
        #expect(
            away.cookies == [
                "\(attempt)=\(value); Path=\(callback); Max-Age=600; HttpOnly; Secure; SameSite=Lax"
            ])
        let field = location.split(separator: "&").first { $0.contains("state=") } ?? ""
        return String(field.drop { $0 != "=" }.dropFirst())
    }

    @Test func `a sign-in ends like any login, and the next one is the same user's`() async throws {
        try await AuthWebBed.with(providers: providers(SteppedClock())) { bed, server in
            let browser = Browser(bed, server)
            let state = try await begin(browser)
            let back = try await browser.send("GET", "\(callback)?code=c0de&state=\(state)")
            #expect(back.status == 200)
            #expect(
                back.cookies.map { $0.prefix { $0 != "=" } } == [
                    "__Secure-tc_refresh", "__Secure-tc_device", "__Secure-tc_sign_in",
                ])
            #expect(browser.cookie(attempt) == nil)
            browser.bearer = back.text("access_token")
            let me = try await browser.send("GET", "/v1/auth/me")
            #expect(me.text("email") == "ada@x.example")
            #expect(try await browser.send("POST", "/v1/auth/refresh").status == 200)

            // An attempt is good once.
            let again = try await browser.send("GET", "\(callback)?code=c0de&state=\(state)")
            #expect(again.status == 422)
            let next = try await begin(browser)
            let second = try await browser.send("GET", "\(callback)?code=c0de&state=\(next)")
            #expect(second.text("user_id") == me.text("user_id"))
            // The device was known.
            #expect(second.cookies.count == 2)
        }
    }

    @Test func `what does not belong together, or was declined, opens nothing`() async throws {
        try await AuthWebBed.with(providers: providers(SteppedClock())) { bed, server in
            let browser = Browser(bed, server)
            for (query, status) in [
                ("", 422), ("?code=c0de&state=x", 422), ("?code=c0de", 422),
                ("?error=access_denied&state=STATE", 403), ("?state=STATE", 422),
                ("?code=c%30de&state=STATE&code=other", 200),
                ("?code=\(String(repeating: "c", count: 4097))&state=STATE", 400),
            ] {
                let state = try await begin(browser)
                let answer = try await browser.send(
                    "GET", callback + query.replacing("STATE", with: state))
                #expect(answer.status == status)
                // What the server itself refuses has not reached the attempt.
                #expect((browser.cookie(attempt) == nil) == (status != 400))
            }
            http.refuse()
            let state = try await begin(browser)
            let refused = try await browser.send("GET", "\(callback)?code=c0de&state=\(state)")
            #expect(refused.status == 403)
            #expect(refused.code == "not_permitted")
        }
    }

    @Test func `an account that has the address is not handed over`() async throws {
        try await AuthWebBed.with(providers: providers(SteppedClock())) { bed, server in
            _ = try await bed.user("ada", at: server)
            let browser = Browser(bed, server)
            let state = try await begin(browser)
            let answer = try await browser.send("GET", "\(callback)?code=c0de&state=\(state)")
            #expect(answer.status == 409)
            #expect(answer.code == "account_exists")
        }
        try await AuthWebBed.with(
            providers: providers(SteppedClock()),
            changeWeb: { $0.linking = AccountLinking.Rules(createsAccounts: false) }
        ) { bed, server in
            let browser = Browser(bed, server)
            let state = try await begin(browser)
            let answer = try await browser.send("GET", "\(callback)?code=c0de&state=\(state)")
            #expect(answer.status == 403)
            #expect(answer.code == "accounts_not_created")
        }
    }

    @Test func `a provider that is not configured is not found`() async throws {
        try await AuthWebBed.with(providers: providers(SteppedClock())) { bed, server in
            for end in ["authorize", "callback"] {
                let answer = try await Browser(bed, server).send(
                    "GET", "/v1/auth/oauth2/gitlab/\(end)")
                #expect(answer.status == 404)
                #expect(answer.text("hint") == "did you mean 'github'?")
            }
        }
        try await AuthWebBed.with { bed, server in
            let answer = try await Browser(bed, server).send(
                "GET", "/v1/auth/oauth2/github/authorize")
            #expect(answer.status == 404)
        }
    }
}

/// GitHub, as far as a sign-in goes.
private final class ScriptedProvider: OutboundHTTP {
    private let isRefusing = Mutex(false)

    func refuse() { isRefusing.withLock { $0 = true } }

    func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        let isRefusing = isRefusing.withLock { $0 }
        let body: String? =
            switch request.address.text {
            case "https://github.com/login/oauth/access_token":
                isRefusing
                    ? #"{"error":"bad_verification_code"}"#
                    : #"{"access_token":"gho_abc","token_type":"bearer"}"#
            case "https://api.github.com/user": #"{"login":"ada","id":7,"name":"Ada"}"#
            case "https://api.github.com/user/emails":
                #"[{"email":"ada@x.example","primary":true,"verified":true}]"#
            default: nil
            }
        return OutboundAnswer(
            status: body == nil ? 404 : 200, body: Array((body ?? "").utf8))
    }
}
