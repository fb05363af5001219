import TCCore
import TCCrypto
import TCWire

/// Where to send a browser, and what it must bring back.
public struct SignInRedirect: Sendable {
    /// At the provider.
    public let url: String
    /// The value of a cookie to set: HttpOnly, Secure, SameSite=Lax, since the way back is a navigation
    /// from another site, and its path that of the callback, where it is deleted.
    public let cookie: String
    /// How long the cookie is good.
    public let lifetime: Duration
}

/// What a provider added to the callback's address (RFC 6749, section 4.1.2; RFC 9207).
public struct SignInCallback: Sendable {
    let code: String?
    let state: String?
    let error: String?
    let issuer: String?

    /// - Parameter query: the fields of the query, decoded.
    ///
    /// Throws `.badInput` where one of those that matter is repeated: of two codes, which one would
    /// count is anybody's guess.
    public init(query: [(name: String, value: String)]) throws(TCError) {
        func only(_ name: String) throws(TCError) -> String? {
            let values = query.filter { $0.name == name }
            guard values.count <= 1 else {
                throw TCError(.badInput, "the callback has '\(name)' \(values.count) times")
            }
            return values.first?.value
        }
        code = try only("code")
        state = try only("state")
        error = try only("error")
        issuer = try only("iss")
    }
}

/// Signs users in through identity providers: the authorization code flow with PKCE (RFC 6749, RFC 7636,
/// RFC 9700; OpenID Connect Core 1.0).
public final class OAuth2Client: Sendable {
    private let flows: [String: any ProviderFlow]
    private let cookieKey: AEADKey
    private let seams: Seams

    /// - Parameters:
    ///   - providers: with distinct names.
    ///   - cookieKey: seals what the browser keeps meanwhile; the same on every node.
    ///
    /// Throws `.configuration` where two have one name, `.badInput` where an address is too long.
    public init(
        _ providers: [OAuth2Provider], cookieKey: AEADKey, http: any OutboundHTTP, seams: Seams
    ) throws(TCError) {
        var flows: [String: any ProviderFlow] = [:]
        for provider in providers {
            let calls = ProviderCalls(provider: provider.name, http: http)
            let flow: any ProviderFlow =
                switch provider.kind {
                case .openID(let issuer): OpenIDFlow(provider, issuer, calls, seams)
                case .gitHub(let web, let api):
                    try GitHubFlow(provider, web: web, api: api, calls)
                }
            guard flows.updateValue(flow, forKey: provider.name) == nil else {
                throw TCError(.configuration, "there are two providers called '\(provider.name)'")
            }
        }
        self.flows = flows
        self.cookieKey = cookieKey
        self.seams = seams
    }

    /// The names of the providers, in alphabetical order.
    public var providerNames: [String] { flows.keys.sorted() }

    /// Begins a sign-in.
    ///
    /// - Parameter redirectURI: this service's callback, as it is registered at the provider.
    ///
    /// Throws `.badInput` for a provider that is not configured or a redirect URI that is none,
    /// `.unavailable` where the provider's metadata cannot be fetched.
    public func begin(_ provider: String, redirectURI: String) async throws -> SignInRedirect {
        let flow = try flow(provider)
        _ = try WebAddress(redirectURI, allowsLoopbackHTTP: true)
        let attempt = SignInAttempt(provider, redirectURI: redirectURI, seams)
        let (endpoint, fields) = try await flow.authorization(attempt)
        return SignInRedirect(
            url: endpoint.adding(query: queryEncoded(fields)),
            cookie: try attempt.sealed(with: cookieKey, seams), lifetime: SignInAttempt.lifetime)
    }

    /// Ends a sign-in: exchanges the code, checks what comes, and says who the user is.
    ///
    /// - Parameters:
    ///   - provider: from the callback's path.
    ///   - cookie: the value that `begin` gave; empty where the browser sent none.
    ///
    /// Throws `.badInput` where the callback does not belong to an attempt of this browser,
    /// `.notPermitted` where user or provider declined or a check failed, `.configuration` where the
    /// provider does not know this client, `.unavailable` where it does not answer as it must.
    public func finish(
        _ provider: String, _ callback: SignInCallback, cookie: String
    ) async throws -> ExternalIdentity {
        let flow = try flow(provider)
        let attempt = try SignInAttempt(cookie: cookie, key: cookieKey, at: seams.now())
        guard attempt.provider == provider, let state = callback.state,
            constantTimeEquals(Array(state.utf8), Array(attempt.state.utf8))
        else {
            throw TCError(
                .badInput, "the callback does not belong to the sign-in that this browser began",
                hint: "begin the sign-in again")
        }
        if let error = callback.error {
            let word = ProviderCalls.errorCode(error) ?? "an error"
            throw TCError(.notPermitted, "the provider '\(provider)' answered with \(word)")
        }
        guard let code = callback.code, (1...4_096).contains(code.utf8.count) else {
            throw TCError(.badInput, "the callback has no code")
        }
        return try await flow.identity(code, callback, attempt, at: seams.now())
    }

    private func flow(_ name: String) throws(TCError) -> any ProviderFlow {
        guard let flow = flows[name] else {
            let hint = nearest(to: name, in: providerNames).map { "did you mean '\($0)'?" }
            throw TCError(.badInput, "there is no provider '\(name)'", hint: hint)
        }
        return flow
    }
}
