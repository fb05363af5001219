import TCCore
import TCCrypto
import Testing

@testable import TCAuth

struct GitHubTests {
    private let token = "https://github.com/login/oauth/access_token"
    private let user = "https://api.github.com/user"
    private let emails = "https://api.github.com/user/emails"
    private let http: ScriptedHTTP
    private let client: OAuth2Client

    init() throws {
        http = ScriptedHTTP([
            token:
                #"{"access_token":"gho_abc","scope":"read:user,user:email","token_type":"bearer"}"#,
            user:
                #"{"login":"ada","id":9007199254740993,"email":"shown@example.com","name":"Ada"}"#,
            emails: """
            [{"email":"old@example.com","primary":false,"verified":true,"visibility":null},
             {"email":"ada@example.com","primary":true,"verified":true,"visibility":"private"}]
            """,
        ])
        client = try OAuth2Client(
            [.gitHub(clientID: "Iv1.1", clientSecret: ClientSecret("s3cr3t"))],
            cookieKey: AEADKey([UInt8](repeating: 7, count: 32)), http: http, seams: .seeded(1))
    }

    @Test func `the user is known by number and primary verified address`() async throws {
        #expect(
            try await client.signIn("github")
                == ExternalIdentity(
                    provider: "github", subject: "9007199254740993", email: "ada@example.com",
                    emailVerified: true, name: "Ada"))
        #expect(http.requests.map(\.address.text) == [token, user, emails])
        let exchange = http.requests[0]
        #expect(exchange.form.contains("client_id=Iv1.1&client_secret=s3cr3t"))
        #expect(exchange.header("Accept") == "application/json")
        #expect(http.requests[1].header("Authorization") == "Bearer gho_abc")
        #expect(http.requests[1].header("User-Agent") == "tc")
    }

    @Test func `the browser goes to GitHub with a challenge`() async throws {
        let begun = try await client.begin("github", redirectURI: "https://fleet.example/callback")
        #expect(begun.url.hasPrefix("https://github.com/login/oauth/authorize?response_type=code&"))
        #expect(begun.field("scope") == "read%3Auser%20user%3Aemail")
        #expect(begun.field("code_challenge_method") == "S256")
        #expect(begun.field("nonce") == "")
    }

    @Test func `an address that is not verified, or none, is told so`() async throws {
        http.set(emails, #"[{"email":"ada@example.com","primary":true,"verified":false}]"#)
        #expect(try await client.signIn("github").emailVerified == false)
        http.set(emails, "[]")
        let identity = try await client.signIn("github")
        #expect(identity.email == nil)
        #expect(!identity.emailVerified)
    }

    @Test func `a user without a name is called by the login`() async throws {
        http.set(user, #"{"login":"ada","id":1,"name":null}"#)
        #expect(try await client.signIn("github").name == "ada")
    }

    @Test func `an error behind status 200 is one`() async throws {
        for (code, kind) in [
            ("bad_verification_code", TCError.Kind.notPermitted),
            ("incorrect_client_credentials", .configuration),
            ("redirect_uri_mismatch", .configuration), ("<b>no word</b>", .notPermitted),
        ] {
            http.set(token, #"{"error":"\#(code)","error_description":"a novel"}"#)
            let error = await #expect(throws: TCError.self) { try await client.signIn("github") }
            #expect(error?.kind == kind, "\(code)")
            #expect(error?.message.contains("novel") == false)
            #expect(error?.message.contains("<") == false)
        }
    }

    @Test func `answers that are not GitHub's are no identity`() async throws {
        for (url, body) in [
            (token, "{}"), (token, #"{"access_token":"a\r\nb"}"#), (token, "access_token=abc"),
            (user, "[]"), (user, #"{"id":"1"}"#), (emails, "{}"), (emails, "nonsense"),
        ] {
            let (client, http) = try fresh()
            http.set(url, body)
            let error = await #expect(throws: TCError.self) { try await client.signIn("github") }
            #expect(error?.kind == .unavailable, "\(url) \(body)")
        }
        for status in [302, 401, 500] {
            let (client, http) = try fresh()
            http.set(user, status: status, #"{"id":1}"#)
            let error = await #expect(throws: TCError.self) { try await client.signIn("github") }
            #expect(error?.kind == .unavailable)
        }
    }

    private func fresh() throws -> (OAuth2Client, ScriptedHTTP) {
        let tests = try GitHubTests()
        return (tests.client, tests.http)
    }
}
