import TCAuth
import TCCore
import TCWire
import Testing

@testable import TCServe

/// What a person does from the first day on, as a browser and its script see it.
struct LoginWalkTests {
    private let credentials =
        #"{"email":"ada@x.example","password":"\#(AuthWebBed.password)"}"#

    @Test func `from registering by way of a second factor and refreshing to logging out`()
        async throws
    {
        try await AuthWebBed.with { bed, server in
            let browser = Browser(bed, server)
            let made = try await browser.send(
                "POST", "/v1/auth/register",
                #"{"email":"Ada@x.example","password":"\#(AuthWebBed.password)","name":"Ada"}"#)
            #expect(made.status == 201)
            #expect(made.text("email") == "ada@x.example")
            #expect(made.text("role") == "user")

            let first = try await browser.logIn("ada")
            #expect(first.status == 200)
            #expect(first.text("status") == "ok")
            #expect(first.json["expires_in"]?.number?.int64 == 86_400)
            let secret = try await browser.send("POST", "/v1/auth/mfa/enroll").text("secret")
            let totp = try TOTP(secret: try #require(Base32.decode(secret)))
            func code() -> String { totp.code(step: totp.step(at: bed.clock.now)) }
            let confirmed = try await browser.send(
                "POST", "/v1/auth/mfa/confirm", #"{"code":"\#(code())"}"#)
            #expect(confirmed.json["recovery_codes"]?.array?.count == 10)

            let challenge = try await browser.logIn("ada")
            #expect(challenge.text("status") == "mfa_required")
            #expect(challenge.cookies.isEmpty)
            #expect(browser.bearer == nil)
            bed.clock.move(.seconds(30))
            let verified = try await browser.send(
                "POST", "/v1/auth/mfa/verify",
                #"{"mfa_token":"\#(challenge.text("mfa_token"))","code":"\#(code())"}"#)
            #expect(verified.status == 200)
            // The device is known since the first login.
            #expect(verified.cookies.count == 1)

            let old = browser.cookie("__Secure-tc_refresh")
            let refreshed = try await browser.send("POST", "/v1/auth/refresh")
            #expect(refreshed.status == 200)
            #expect(refreshed.text("session_id") == verified.text("session_id"))
            #expect(browser.cookie("__Secure-tc_refresh") != old)
            browser.bearer = refreshed.text("access_token")
            let me = try await browser.send("GET", "/v1/auth/me")
            #expect(me.text("user_id") == made.text("user_id"))
            #expect(me.json["has_mfa"]?.bool == true)

            #expect(try await browser.send("POST", "/v1/auth/logout").status == 204)
            #expect(browser.cookie("__Secure-tc_refresh") == nil)
            #expect(try await browser.send("GET", "/v1/auth/me").status == 401)
            #expect(try await browser.send("POST", "/v1/auth/logout").status == 204)
            #expect(
                try await browser.send("POST", "/v1/auth/refresh").code == "no_token")
            let counts = bed.metrics.exposition()
            for line in [
                #"auth_logins_total{step="password",outcome="mfa_required"} 1"#,
                #"auth_logins_total{step="second_factor",outcome="ok"} 1"#,
                #"auth_refreshes_total{outcome="ok"} 1"#, "auth_password_hashes_waiting 0",
            ] {
                #expect(counts.contains("\(line)\n"))
            }
        }
    }

    @Test func `an address is registered once, and nobody gives themselves a role`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = Browser(bed, server)
            #expect(
                try await browser.send("POST", "/v1/auth/register", credentials).status == 201)
            let again = try await browser.send("POST", "/v1/auth/register", credentials)
            #expect(again.status == 409)
            #expect(again.code == "exists")
            for (body, status) in [
                (#"{"email":"b@x.example","password":"\#(AuthWebBed.password)","role":"a"}"#, 422),
                (#"{"email":"b@x.example","password":"password"}"#, 422),
                (#"{"email":"b.x.example","password":"\#(AuthWebBed.password)"}"#, 422),
                (#"{"email":"b@x.example"}"#, 422), ("{", 400),
            ] {
                let answer = try await browser.send("POST", "/v1/auth/register", body)
                #expect(answer.status == status)
                #expect(!answer.body.contains("kettle"))
            }
            let form = try await browser.send(
                "POST", "/v1/auth/register", "email=b",
                headers: ["content-type: application/x-www-form-urlencoded"])
            #expect(form.status == 415)
        }
    }

    @Test func `the cookies are what browsers guard best`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = Browser(bed, server)
            try await browser.send("POST", "/v1/auth/register", credentials)
            let answer = try await browser.logIn("ada")
            let refresh = try #require(browser.cookie("__Secure-tc_refresh"))
            let device = try #require(browser.cookie("__Secure-tc_device"))
            #expect(refresh.hasPrefix("rt_") && device.hasPrefix("dt_"))
            #expect(!answer.body.contains(refresh) && !answer.body.contains(device))
            #expect(
                answer.cookies == [
                    "__Secure-tc_refresh=\(refresh); Path=/v1/auth/refresh; Max-Age=604800;"
                        + " HttpOnly; Secure; SameSite=Strict",
                    "__Secure-tc_device=\(device); Path=/v1/auth; Max-Age=34560000;"
                        + " HttpOnly; Secure; SameSite=Lax",
                ])
            #expect(answer.header("cache-control") == "no-store")
            let left = try await browser.send("POST", "/v1/auth/logout")
            #expect(
                left.cookies == [
                    "__Secure-tc_refresh=; Path=/v1/auth/refresh; Max-Age=0;"
                        + " HttpOnly; Secure; SameSite=Strict"
                ])
        }
    }

    @Test func `without TLS the cookies are plain, where the operator says so`() async throws {
        try await AuthWebBed.with(changeWeb: { $0.hasSecureCookies = false }) { bed, server in
            let browser = Browser(bed, server)
            try await browser.send("POST", "/v1/auth/register", credentials)
            try await browser.logIn("ada")
            #expect(browser.cookie("tc_refresh") != nil && browser.cookie("tc_device") != nil)
            #expect(try await browser.send("POST", "/v1/auth/refresh").status == 200)
        }
    }

    @Test func `a wrong password, an unknown address and a closed account`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = try await bed.user("ada", at: server)
            for name in ["ada", "bob"] {
                let answer = try await browser.send(
                    "POST", "/v1/auth/login",
                    #"{"email":"\#(name)@x.example","password":"wrong"}"#)
                #expect(answer.status == 401)
                #expect(answer.code == "invalid_credentials")
                #expect(answer.header("www-authenticate") == "Bearer")
            }
            _ = try await bed.auth.setDisabled(.email("ada@x.example"), true, by: .local)
            let answer = try await browser.logIn("ada")
            #expect(answer.status == 403)
            #expect(answer.code == "disabled")
        }
    }

    @Test func `who guesses waits as long as Retry-After says`() async throws {
        try await AuthWebBed.with { bed, server in
            _ = try await bed.user("ada", at: server)
            let stranger = Browser(bed, server)
            for expected in [401, 401, 401, 401, 401, 429] {
                let answer = try await stranger.send(
                    "POST", "/v1/auth/login", #"{"email":"ada@x.example","password":"wrong"}"#)
                #expect(answer.status == expected)
                guard expected == 429 else { continue }
                #expect(answer.code == "wait")
                #expect(answer.header("retry-after") == "1")
            }
            #expect(try await stranger.logIn("ada").status == 429)
            bed.clock.move(.seconds(1))
            #expect(try await stranger.logIn("ada").status == 200)
        }
    }
}
