import TCCore
import Testing

@testable import TCServe

/// Prolonging sessions and ending them, by cookie and by bearer.
struct RefreshWebTests {
    private let name = "__Secure-tc_refresh"
    private let path = "/v1/auth/refresh"

    @Test func `two tabs get the same token, and a replay ends the session for all`() async throws {
        try await AuthWebBed.with { bed, server in
            let tab = try await bed.user("ada", at: server)
            let old = try #require(tab.cookie(name))
            try await tab.send("POST", path)
            let next = try #require(tab.cookie(name))
            tab.set(cookie: name, old, path: path)
            #expect(try await tab.send("POST", path).status == 200)
            #expect(tab.cookie(name) == next)

            bed.clock.move(.seconds(31))
            tab.set(cookie: name, old, path: path)
            let replay = try await tab.send("POST", path)
            #expect(replay.status == 401)
            #expect(replay.code == "replayed")
            #expect(replay.cookies == ["\(name)=; Path=\(path); Max-Age=0;" + strict])
            #expect(tab.cookie(name) == nil)
            #expect(try await tab.send("GET", "/v1/auth/me").status == 401)
            tab.set(cookie: name, next, path: path)
            #expect(try await tab.send("POST", path).code == "revoked")
        }
    }

    private let strict = " HttpOnly; Secure; SameSite=Strict"

    @Test func `what is no token of a session gives nothing`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = try await bed.user("ada", at: server)
            let token = try #require(browser.cookie(name))
            for (value, code) in [
                ("", "no_token"), ("x", "unknown_token"), ("rt_\"", "unknown_token"),
                ("rt_" + String(repeating: "A", count: 43), "unknown_token"),
                (browser.bearer ?? "", "unknown_token"),
            ] {
                browser.set(cookie: name, value, path: path)
                let answer = try await browser.send("POST", path)
                #expect(answer.status == 401)
                #expect(answer.code == code)
            }
            bed.clock.move(.seconds(7 * 86_400))
            browser.set(cookie: name, token, path: path)
            #expect(try await browser.send("POST", path).code == "expired")
        }
    }

    @Test func `an access token that has expired still ends its session`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = try await bed.user("ada", at: server)
            let token = try #require(browser.cookie(name))
            bed.clock.move(.seconds(86_400 + 60))
            #expect(try await browser.send("GET", "/v1/auth/me").status == 401)
            #expect(try await browser.send("POST", "/v1/auth/logout").status == 204)
            browser.set(cookie: name, token, path: path)
            #expect(try await browser.send("POST", path).code == "revoked")
        }
    }

    @Test func `without a token of this service there is nothing to log out of`() async throws {
        try await AuthWebBed.with { bed, server in
            let browser = try await bed.user("ada", at: server)
            let good = try #require(browser.bearer)
            for bearer in [nil, "x", "a.b.c", String(good.dropLast(8)) + "AAAAAAAA"] {
                browser.bearer = bearer
                let answer = try await browser.send("POST", "/v1/auth/logout")
                #expect(answer.status == 401)
                #expect(answer.cookies.count == 1)
            }
            browser.bearer = good
            #expect(try await browser.send("GET", "/v1/auth/me").status == 200)
        }
    }
}
