import TCAuth
import TCCore
import TCWire
import Testing

@testable import TCServe

/// What administrators do about accounts and access.
struct AdminTests {
    private let users = "/v1/auth/admin/users"

    @Test func `accounts are made, found, listed and removed`() async throws {
        try await AuthWebBed.with { bed, server in
            let root = try await bed.user("root", role: "admin", at: server)
            let made = try await root.send(
                "POST", users, #"{"email":"gate@x.example","role":"service","name":"Gate"}"#)
            #expect(made.status == 201)
            #expect(made.json["has_password"]?.bool == false)
            let one = try #require(made.header("location"))
            #expect(one == "\(users)/\(made.text("user_id"))")
            #expect(
                try await root.send("POST", users, #"{"email":"gate@x.example"}"#).status == 409)
            #expect(
                try await root.send("POST", users, #"{"email":"b@x.example","role":"A B"}"#).status
                    == 422)
            #expect(try await root.send("GET", one).text("name") == "Gate")
            func listed(_ query: String) async throws -> [String] {
                let page = try await root.send("GET", "\(users)?\(query)")
                return (page.json["users"]?.array ?? []).compactMap {
                    $0.object?["email"]?.string
                } + (page.json["next"] == nil ? [] : ["…"])
            }
            #expect(try await listed("limit=1") == ["root@x.example", "…"])
            #expect(try await listed("role=service") == ["gate@x.example"])
            #expect(try await listed("disabled=true") == [])
            #expect(try await listed("limit=0").isEmpty)
            #expect(try await root.send("DELETE", one).status == 204)
            for method in ["GET", "DELETE"] {
                #expect(try await root.send(method, one).status == 404)
            }
        }
    }

    @Test func `a role, a password and a lock hold at once`() async throws {
        try await AuthWebBed.with { bed, server in
            let root = try await bed.user("root", role: "admin", at: server)
            let ada = try await bed.user("ada", at: server)
            let one = "\(users)/\(try await ada.send("GET", "/v1/auth/me").text("user_id"))"
            func act(_ method: String, _ name: String, _ body: String? = nil) async throws -> Answer
            {
                try await root.send(method, "\(one)/\(name)", body)
            }
            for status in ["role_changed", "unchanged"] {
                let answer = try await act("PUT", "role", #"{"role":"driver"}"#)
                #expect(answer.text("status") == status)
                #expect(answer.text("role") == "driver")
            }
            let told = try await ada.send("GET", "/v1/auth/me")
            #expect(told.status == 401)
            #expect(told.text("detail").contains("'driver' now"))
            let refreshed = try await ada.send("POST", "/v1/auth/refresh")
            #expect(refreshed.text("role") == "driver")
            ada.bearer = refreshed.text("access_token")

            #expect(try await act("PUT", "role", #"{"role":"A"}"#).status == 422)
            #expect(try await act("PUT", "password", #"{"password":"password"}"#).status == 422)
            let body = #"{"password":"four kettles and a summer"}"#
            #expect(try await act("PUT", "password", body).text("status") == "password_changed")
            #expect(try await ada.send("GET", "/v1/auth/me").status == 401)
            #expect(try await ada.logIn("ada").status == 401)
            _ = try await act("PUT", "password", #"{"password":"\#(AuthWebBed.password)"}"#)
            try await ada.logIn("ada")

            #expect(try await act("POST", "disable").text("status") == "disabled")
            #expect(try await act("POST", "disable").text("status") == "unchanged")
            #expect(try await ada.send("GET", "/v1/auth/me").status == 401)
            #expect(try await ada.send("POST", "/v1/auth/refresh").code == "revoked")
            #expect(try await act("POST", "enable").text("status") == "enabled")
            #expect(try await ada.logIn("ada").status == 200)
            for (method, path, body) in [
                ("PUT", "role", #"{"role":"a"}"#), ("PUT", "password", body),
                ("POST", "disable", nil), ("POST", "enable", nil), ("DELETE", "mfa", nil),
            ] {
                let answer = try await root.send(method, "\(users)/usr_x/\(path)", body)
                #expect(answer.status == 404)
            }
        }
    }

    @Test func `a lost second factor is removed, and sessions are seen`() async throws {
        try await AuthWebBed.with { bed, server in
            let root = try await bed.user("root", role: "admin", at: server)
            let ada = try await bed.user("ada", at: server)
            let one = "\(users)/\(try await ada.send("GET", "/v1/auth/me").text("user_id"))"
            let secret = try await ada.send("POST", "/v1/auth/mfa/enroll").text("secret")
            let totp = try TOTP(secret: try #require(Base32.decode(secret)))
            let code = totp.code(step: totp.step(at: bed.clock.now))
            try await ada.send("POST", "/v1/auth/mfa/confirm", #"{"code":"\#(code)"}"#)
            #expect(try await root.send("DELETE", "\(one)/mfa").status == 204)
            #expect(try await root.send("DELETE", "\(one)/mfa").status == 404)
            try await ada.send("POST", "/v1/auth/logout")
            #expect(try await ada.logIn("ada").text("status") == "ok")
            for (query, count) in [("", 1), ("?ended=true", 2), ("?ended=true&limit=1", 1)] {
                let page = try await root.send("GET", "\(one)/sessions\(query)")
                #expect(page.json["sessions"]?.array?.count == count)
            }
            #expect(try await root.send("GET", "\(users)/usr_x/sessions").status == 200)
        }
    }

    @Test func `a token, a session, a user's sessions and everybody's are revoked`() async throws {
        try await AuthWebBed.with { bed, server in
            let root = try await bed.user("root", role: "admin", at: server)
            let ada = try await bed.user("ada", at: server)
            func revoke(_ body: String) async throws -> Answer {
                try await root.send("POST", "/v1/auth/admin/revoke", body)
            }
            let me = try await ada.send("GET", "/v1/auth/me")
            let token = try await revoke(#"{"token":"\#(ada.bearer ?? "")"}"#)
            #expect(token.body == #"{"status":"revoked","revoked":"token","sessions":0}"#)
            #expect(try await ada.send("GET", "/v1/auth/me").status == 401)
            let refreshed = try await ada.send("POST", "/v1/auth/refresh")
            #expect(refreshed.status == 200)
            let session = #"{"session_id":"\#(refreshed.text("session_id"))"}"#
            #expect(try await revoke(session).text("status") == "revoked")
            #expect(try await revoke(session).text("status") == "unchanged")
            #expect(try await revoke(#"{"session_id":"ses_x"}"#).status == 404)
            try await ada.logIn("ada")
            let user = try await revoke(#"{"user_id":"\#(me.text("user_id"))"}"#)
            #expect(user.json["sessions"]?.number?.int64 == 1)
            for body in [
                "{}", #"{"everyone":false}"#, #"{"everyone":true,"user_id":"usr_x"}"#,
                #"{"token":"x"}"#,
            ] {
                #expect(try await revoke(body).status == 422)
            }
            #expect(try await revoke(#"{"everyone":true}"#).text("revoked") == "everyone")
            #expect(try await root.send("GET", "/v1/auth/me").status == 401)
        }
    }
}
