import TCAuth
import TCCore
import TCWire
import Testing

@testable import TCServe

/// What users do with their own accounts.
struct AccountTests {
    private let old = AuthWebBed.password
    private let new = "four kettles and a summer"

    @Test func `a password is changed by who knows it, which ends all sessions`() async throws {
        try await AuthWebBed.with { bed, server in
            let ada = try await bed.user("ada", at: server)
            func change(_ from: String, _ to: String) async throws -> Answer {
                try await ada.send(
                    "POST", "/v1/auth/password",
                    #"{"old_password":"\#(from)","new_password":"\#(to)"}"#)
            }
            let wrong = try await change("wrong", new)
            #expect(wrong.status == 403)
            #expect(wrong.code == "invalid_credentials")
            let weak = try await change(old, "password")
            #expect(weak.status == 422)
            #expect(weak.code == "bad_input")
            let changed = try await change(old, new)
            #expect(changed.status == 200)
            #expect(changed.text("status") == "password_changed")
            #expect(ada.cookie("__Secure-tc_refresh") == nil)
            #expect(try await ada.send("GET", "/v1/auth/me").status == 401)
            #expect(try await ada.logIn("ada").status == 401)
        }
    }

    @Test func `guesses at the old password wait as those of logins do`() async throws {
        try await AuthWebBed.with { bed, server in
            let ada = try await bed.user("ada", at: server)
            for expected in [403, 403, 403, 403, 403, 429] {
                let answer = try await ada.send(
                    "POST", "/v1/auth/password",
                    #"{"old_password":"wrong","new_password":"\#(new)"}"#)
                #expect(answer.status == expected)
                #expect((answer.header("retry-after") != nil) == (expected == 429))
            }
            #expect(try await ada.logIn("ada").status == 429)
        }
    }

    @Test func `a second factor is taken away only by who shows it`() async throws {
        try await AuthWebBed.with { bed, server in
            let ada = try await bed.user("ada", at: server)
            func act(_ name: String, _ code: String) async throws -> Answer {
                try await ada.send("POST", "/v1/auth/mfa/\(name)", #"{"code":"\#(code)"}"#)
            }
            for name in ["confirm", "disable", "recovery-codes"] {
                let answer = try await act(name, "123456")
                #expect(answer.status == 409)
                #expect(answer.code == "not_enrolled")
            }
            let secret = try await ada.send("POST", "/v1/auth/mfa/enroll").text("secret")
            let totp = try TOTP(secret: try #require(Base32.decode(secret)))
            func code() -> String { totp.code(step: totp.step(at: bed.clock.now)) }
            #expect(try await act("confirm", "x").code == "invalid_code")
            let first = try await act("confirm", code())
            let codes = first.json["recovery_codes"]?.array?.compactMap(\.string) ?? []
            #expect(codes.count == 10)
            #expect(try await ada.send("POST", "/v1/auth/mfa/enroll").code == "already_enrolled")
            #expect(try await act("confirm", code()).code == "already_enrolled")
            // The code was used up by confirming.
            #expect(try await act("disable", code()).status == 403)
            let next = try await act("recovery-codes", try #require(codes.first))
            #expect(next.json["recovery_codes"]?.array?.count == 10)
            #expect(try await act("disable", try #require(codes.last)).status == 403)
            bed.clock.move(.seconds(30))
            #expect(try await act("disable", code()).status == 204)
            #expect(try await ada.logIn("ada").text("status") == "ok")
        }
    }

    @Test func `sessions are listed by pages and ended one by one or together`() async throws {
        try await AuthWebBed.with { bed, server in
            let ada = try await bed.user("ada", at: server)
            let bob = try await bed.user("bob", at: server)
            for _ in 0..<2 { try await ada.logIn("ada") }
            var ids: [String] = []
            var path = "/v1/auth/sessions?limit=2"
            while ids.count < 3 {
                let page = try await ada.send("GET", path)
                ids += (page.json["sessions"]?.array ?? []).compactMap {
                    $0.object?["session_id"]?.string
                }
                guard let next = page.json["next"]?.string else { break }
                path = "/v1/auth/sessions?limit=2&after=\(next)"
            }
            #expect(ids.count == 3 && ids == ids.sorted())
            let one = "/v1/auth/sessions/\(ids[0])"
            #expect(try await bob.send("DELETE", one).status == 404)
            #expect(try await ada.send("DELETE", one).status == 204)
            #expect(try await ada.send("DELETE", one).status == 204)
            let all = try await ada.send("POST", "/v1/auth/sessions/revoke-all")
            #expect(all.text("status") == "revoked")
            #expect(all.json["sessions"]?.number?.int64 == 2)
            #expect(try await ada.send("GET", "/v1/auth/me").status == 401)
            #expect(try await bob.send("GET", "/v1/auth/me").status == 200)
        }
    }
}
