import TCCore
import TCCrypto
import TCWire
import Testing

@testable import TCAuth

/// Microsoft's one set of metadata for all tenants, each of which is an issuer.
struct MicrosoftTests {
    private let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47"
    private let consumers = "9188040d-6c67-4c5b-b112-36a304b66dad"
    private let base = "https://login.microsoftonline.com"
    private let key: SigningKey
    private let http = ScriptedHTTP([:])

    init() throws { key = try SigningKey.generate(.rs256) }

    @Test func `a token of any tenant is good for that tenant`() async throws {
        let identity = try await signIn(["tid": tenant, "iss": issuer(tenant)])
        #expect(identity.subject == "\(tenant)/u1")
        #expect(identity.email == "ada@example.com")
    }

    @Test func `an address is not verified unless Microsoft vouches for it`() async throws {
        let claims = ["tid": tenant, "iss": issuer(tenant)]
        #expect(try await !signIn(claims).emailVerified)
        #expect(try await signIn(claims.merging(["xms_edov": "1"]) { $1 }).emailVerified)
        #expect(try await !signIn(claims.merging(["xms_edov": "0"]) { $1 }).emailVerified)
    }

    @Test func `a token must be its own tenant's`() async throws {
        for claims in [
            ["tid": consumers, "iss": issuer(tenant)], ["iss": issuer(tenant)],
            ["tid": "{tenantid}", "iss": issuer("{tenantid}")],
            ["tid": "x/../y", "iss": issuer("x/../y")],
            ["tid": tenant, "iss": "https://id.example/\(tenant)/v2.0"],
        ] {
            let error = await #expect(throws: TCError.self) { try await signIn(claims) }
            #expect(error?.kind == .notPermitted, "\(claims)")
            #expect(error?.message.contains("issued by") == true)
        }
    }

    @Test func `a key that is one tenant's does not sign for another`() async throws {
        let claims = ["tid": tenant, "iss": issuer(tenant)]
        _ = try await signIn(claims, keyIssuer: issuer("{tenantid}"))
        _ = try await signIn(claims, keyIssuer: issuer(tenant))
        let error = await #expect(throws: TCError.self) {
            try await signIn(claims, keyIssuer: issuer(consumers))
        }
        #expect(error?.message.contains("its key is for") == true)
    }

    @Test func `metadata must be Microsoft's, and of the tenant that is configured`() {
        for (configured, found, isAdmitted) in [
            ("common", "{tenantid}", true), ("organizations", "{tenantid}", true),
            ("consumers", consumers, true), ("contoso.example", tenant, true),
            (tenant, tenant, true), (tenant.uppercased(), tenant, true),
            (tenant, consumers, false), (tenant, "{tenantid}", false), ("common", "common", false),
        ] {
            let admitted = (try? OpenIDIssuer(microsoftTenant: configured))?
                .admits(metadataIssuer: issuer(found))
            #expect(admitted == isAdmitted, "\(configured), \(found)")
        }
        #expect(
            (try? OpenIDIssuer(microsoftTenant: "common"))?.admits(
                metadataIssuer: "https://login.example.com/{tenantid}/v2.0") == false)
        #expect(throws: TCError.self) { try OpenIDIssuer(microsoftTenant: "a/b") }
        #expect(throws: TCError.self) { try OpenIDIssuer(microsoftTenant: "") }
    }

    // MARK: Helpers

    private func issuer(_ tenant: String) -> String { "\(base)/\(tenant)/v2.0" }

    /// Signs in with a token that says so, each value a text.
    private func signIn(
        _ claims: [String: String], keyIssuer: String? = nil
    ) async throws -> ExternalIdentity {
        let seams = Seams.seeded(3)
        http.set(
            "\(base)/common/v2.0/.well-known/openid-configuration",
            """
            {"issuer":"\(issuer("{tenantid}"))","authorization_endpoint":"\(base)/authorize",
             "token_endpoint":"\(base)/token","jwks_uri":"\(base)/keys",
             "token_endpoint_auth_methods_supported":["client_secret_post","private_key_jwt"]}
            """)
        http.set("\(base)/keys", try keySet(issuer: keyIssuer))
        let client = try OAuth2Client(
            [.microsoft(clientID: "app", clientSecret: ClientSecret("s3cr3t"))],
            cookieKey: AEADKey([UInt8](repeating: 7, count: 32)), http: http, seams: seams)
        let begun = try await client.begin("microsoft", redirectURI: "https://fleet.example/cb")
        let seconds = seams.now().milliseconds / 1000
        var members = claims.map { #""\#($0.key)":"\#($0.value)""# }
        members += [
            #""sub":"u1","aud":"app","email":"ada@example.com","nonce":"\#(begun.field("nonce"))""#,
            #""iat":\#(seconds),"exp":\#(seconds + 3600)"#,
        ]
        let payload = Array("{\(members.joined(separator: ","))}".utf8)
        let header = JWS.header(.rs256, keyID: "k1", type: "JWT")
        let token = payload.withUnsafeBufferPointer { JWS.sign($0, header: header, with: key) }
        http.set(
            "\(base)/token",
            #"{"token_type":"Bearer","id_token":"\#(token)"}"#)
        let back = try SignInCallback(
            query: [("code", "c0de"), ("state", begun.field("state"))])
        return try await client.finish("microsoft", back, cookie: begun.cookie)
    }

    private func keySet(issuer: String?) throws -> String {
        var writer = JSONWriter()
        JWK(key.parts, keyID: "k1", algorithm: nil).write(to: &writer, withSecrets: false)
        let jwk = String(decoding: writer.bytes, as: UTF8.self)
        let more = issuer.map { #","issuer":"\#($0)"}"# } ?? "}"
        return #"{"keys":[\#(jwk.dropLast())\#(more)]}"#
    }
}
