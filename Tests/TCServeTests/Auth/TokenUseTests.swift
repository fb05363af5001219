import TCAuth
import TCCore
import TCStore
import TCWire
import Testing

@testable import TCServe

/// Who may do what, with which token, and how often.
struct TokenUseTests {
    @Test func `a token of one kind is never taken for one of another`() async throws {
        try await AuthWebBed.with { bed, server in
            let service = try await bed.user("gate", role: "service", at: server)
            let ada = try await bed.user("ada", at: server)
            let access = try #require(ada.bearer)
            let refresh = try #require(ada.cookie("__Secure-tc_refresh"))
            let secret = try await ada.send("POST", "/v1/auth/mfa/enroll").text("secret")
            let totp = try TOTP(secret: try #require(Base32.decode(secret)))
            func code() -> String { totp.code(step: totp.step(at: bed.clock.now)) }
            try await ada.send("POST", "/v1/auth/mfa/confirm", #"{"code":"\#(code())"}"#)
            bed.clock.move(.seconds(30))
            let mfa = try await ada.logIn("ada").text("mfa_token")

            for token in [mfa, refresh, "dt_x"] {
                ada.bearer = token
                for (method, path) in [("GET", "/v1/auth/me"), ("POST", "/v1/auth/logout")] {
                    #expect(try await ada.send(method, path).status == 401)
                }
                let told = try await service.send(
                    "POST", "/v1/auth/introspect", #"{"token":"\#(token)"}"#)
                #expect(told.body == #"{"active":false}"#)
            }
            ada.bearer = nil
            for token in [access, refresh, "x"] {
                let answer = try await ada.send(
                    "POST", "/v1/auth/mfa/verify", #"{"mfa_token":"\#(token)","code":"\#(code())"}"#
                )
                #expect(answer.status == 401)
                #expect(answer.code == "invalid_credentials")
            }
            #expect(
                try await ada.send(
                    "POST", "/v1/auth/mfa/verify", #"{"mfa_token":"\#(mfa)","code":"\#(code())"}"#
                ).status == 200)
        }
    }

    @Test func `introspection tells a service the claims, and nothing of what is not active`()
        async throws
    {
        try await AuthWebBed.with { bed, server in
            let service = try await bed.user("gate", role: "service", at: server)
            let ada = try await bed.user("ada", at: server)
            let body = #"{"token":"\#(ada.bearer ?? "")"}"#
            let told = try await service.send("POST", "/v1/auth/introspect", body)
            #expect(told.json["active"]?.bool == true)
            #expect(told.text("role") == "user")
            #expect(told.text("sub") == told.text("user_id"))
            #expect(told.text("iss") == AuthWebBed.publicURL)
            #expect(try await ada.send("POST", "/v1/auth/introspect", body).status == 403)
            try await ada.send("POST", "/v1/auth/logout")
            let after = try await service.send("POST", "/v1/auth/introspect", body)
            #expect(after.body == #"{"active":false}"#)
        }
    }

    @Test func `each route that is not public takes a token, and an administrator's where it says`()
        async throws
    {
        try await AuthWebBed.with { bed, server in
            let stranger = Browser(bed, server)
            let ada = try await bed.user("ada", at: server)
            let gate = try await bed.user("gate", role: "service", at: server)
            var closed = 0
            for route in bed.service.routes where route.access != .public {
                let path = route.path.text.replacing("{user_id}", with: "usr_x")
                    .replacing("{session_id}", with: "ses_x")
                let body = route.body.map { _ in "{}" }
                let method = route.method.rawValue
                #expect(try await stranger.send(method, path, body).status == 401)
                guard case .roles(let roles) = route.access else { continue }
                closed += 1
                #expect(try await ada.send(method, path, body).status == 403)
                let isGate = roles.contains("service")
                #expect((try await gate.send(method, path, body).status == 403) == !isGate)
                #expect(path.hasPrefix("/v1/auth/admin/") != isGate)
            }
            #expect(closed == 12)
        }
    }

    @Test func `requests are counted by user and by address, and refused with the fields`()
        async throws
    {
        try await AuthWebBed.with(change: {
            $0.requestLimit = try RateLimit(name: "few", limit: 3, window: .seconds(60))
        }) { bed, server in
            // Each logs in once, which counts for the address.
            let service = try await bed.user("gate", role: "service", at: server)
            let ada = try await bed.user("ada", at: server)
            for remaining in [2, 1, 0] {
                let answer = try await ada.send("GET", "/v1/auth/me")
                #expect(answer.status == 200)
                #expect(answer.header("ratelimit-policy") == "\"few\";q=3;w=60")
                #expect(answer.header("ratelimit")?.hasPrefix("\"few\";r=\(remaining);t=") == true)
            }
            let refused = try await ada.send("GET", "/v1/auth/me")
            #expect(refused.status == 429)
            #expect(refused.code == "rate_limited")
            let wait = try #require(refused.header("retry-after").flatMap { Int64($0) })
            #expect((1...60).contains(wait))
            bed.clock.move(.seconds(wait))
            #expect(try await ada.send("GET", "/v1/auth/me").status == 200)
            // A gateway's questions are not counted, and have no fields.
            let body = #"{"token":"\#(ada.bearer ?? "")"}"#
            for _ in 0..<5 {
                let told = try await service.send("POST", "/v1/auth/introspect", body)
                #expect(told.json["active"]?.bool == true)
                #expect(told.header("ratelimit") == nil)
            }
            for expected in [200, 200, 200, 429] {
                #expect(try await Browser(bed, server).logIn("ada").status == expected)
            }
        }
    }
}
