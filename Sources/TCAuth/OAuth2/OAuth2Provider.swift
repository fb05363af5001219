import TCCore

/// An identity provider that users may sign in with, and what tc is called there.
public struct OAuth2Provider: Sendable {
    /// How the provider tells who a user is.
    enum Kind: Sendable {
        /// OpenID Connect: endpoints from the issuer's metadata, identity from a signed token.
        case openID(OpenIDIssuer)
        /// GitHub has no id token: identity from its API.
        case gitHub(web: WebAddress, api: WebAddress)
    }

    /// What the provider is called in URLs, records and settings: small letters, digits and `-`.
    public let name: String
    let kind: Kind
    public let clientID: String
    let clientSecret: ClientSecret?
    public let scopes: [String]

    /// Whether it tells by itself where its endpoints are, so that a sign-in begins with asking it.
    public var hasMetadata: Bool { if case .openID = kind { true } else { false } }

    /// Any OpenID provider.
    ///
    /// - Parameters:
    ///   - issuer: as its metadata has it, to the letter: `https://id.example.com`. With
    ///     `allowsLoopbackHTTP` also `http://127.0.0.1:PORT`, for tests.
    ///   - clientSecret: nil for a client that is registered without one; PKCE protects it.
    ///   - scopes: besides `openid`.
    ///
    /// Throws `.configuration` where one of them cannot be right.
    public static func openID(
        name: String, issuer: String, clientID: String, clientSecret: ClientSecret?,
        scopes: [String] = ["email", "profile"], allowsLoopbackHTTP: Bool = false
    ) throws(TCError) -> OAuth2Provider {
        let issuer = try OpenIDIssuer(issuer, name, allowsLoopbackHTTP: allowsLoopbackHTTP)
        return try OAuth2Provider(
            name, .openID(issuer), clientID, clientSecret, ["openid"] + scopes)
    }

    /// Google, with an OAuth client of the type "web application".
    public static func google(
        clientID: String, clientSecret: ClientSecret
    ) throws(TCError) -> OAuth2Provider {
        try openID(
            name: "google", issuer: "https://accounts.google.com", clientID: clientID,
            clientSecret: clientSecret)
    }

    /// Microsoft Entra ID.
    ///
    /// - Parameter tenant: a tenant's id (a GUID) or domain; `organizations` for any of them,
    ///   `consumers` for personal accounts, `common` for all.
    public static func microsoft(
        clientID: String, clientSecret: ClientSecret, tenant: String = "common"
    ) throws(TCError) -> OAuth2Provider {
        let issuer = try OpenIDIssuer(microsoftTenant: tenant)
        return try OAuth2Provider(
            "microsoft", .openID(issuer), clientID, clientSecret, ["openid", "email", "profile"])
    }

    /// GitHub, with an OAuth app.
    ///
    /// - Parameter web, api: of a GitHub Enterprise Server, where it is not github.com.
    public static func gitHub(
        clientID: String, clientSecret: ClientSecret, web: String = "https://github.com",
        api: String = "https://api.github.com"
    ) throws(TCError) -> OAuth2Provider {
        let web = try configured(web, "github", allowsLoopbackHTTP: false)
        let api = try configured(api, "github", allowsLoopbackHTTP: false)
        guard !web.text.contains("?"), !api.text.contains("?") else {
            throw TCError(.configuration, "the addresses of GitHub must have no query")
        }
        return try OAuth2Provider(
            "github", .gitHub(web: web, api: api), clientID, clientSecret,
            ["read:user", "user:email"])
    }

    private init(
        _ name: String, _ kind: Kind, _ clientID: String, _ clientSecret: ClientSecret?,
        _ scopes: [String]
    ) throws(TCError) {
        let isName = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard isName, (1...32).contains(name.utf8.count) else {
            throw TCError(
                .configuration,
                "a provider's name must have 1 to 32 small letters, digits and '-', got '\(name)'")
        }
        guard !clientID.isEmpty else {
            throw TCError(.configuration, "the client id at the provider '\(name)' is missing")
        }
        self.name = name
        self.kind = kind
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
    }

    /// An address from the configuration.
    static func configured(
        _ text: String, _ provider: String, allowsLoopbackHTTP: Bool
    ) throws(TCError) -> WebAddress {
        do {
            return try WebAddress(text, allowsLoopbackHTTP: allowsLoopbackHTTP)
        } catch {
            throw TCError(.configuration, "the provider '\(provider)': \(error.message)")
        }
    }
}

/// What a provider knows tc by.
public struct ClientSecret: Sendable, Redacted {
    let text: String

    /// Any text but an empty one, which would be a setting that was forgotten.
    ///
    /// Throws `.configuration`.
    public init(_ text: String) throws(TCError) {
        guard !text.isEmpty else { throw TCError(.configuration, "a client secret is empty") }
        self.text = text
    }
}
