import TCCore
import TCWire

/// A sign-in at GitHub, which is OAuth 2 without OpenID: the user comes from its API.
struct GitHubFlow: ProviderFlow {
    let provider: OAuth2Provider
    private let calls: ProviderCalls
    private let authorizationEndpoint: WebAddress
    private let tokenEndpoint: WebAddress
    private let userAddress: WebAddress
    private let emailsAddress: WebAddress

    /// - Parameters:
    ///   - web: where people sign in.
    ///   - api: where programs ask.
    ///
    /// Throws `.badInput` where the two leave no room for a path.
    init(
        _ provider: OAuth2Provider, web: WebAddress, api: WebAddress, _ calls: ProviderCalls
    ) throws(TCError) {
        self.provider = provider
        self.calls = calls
        authorizationEndpoint = try web.adding(path: "/login/oauth/authorize")
        tokenEndpoint = try web.adding(path: "/login/oauth/access_token")
        userAddress = try api.adding(path: "/user")
        emailsAddress = try api.adding(path: "/user/emails")
    }

    func authorization(
        _ attempt: SignInAttempt
    ) async throws -> (endpoint: WebAddress, fields: [(name: String, value: String)]) {
        (authorizationEndpoint, fields(attempt))
    }

    func identity(
        _ code: String, _ callback: SignInCallback, _ attempt: SignInAttempt, at now: Instant
    ) async throws -> ExternalIdentity {
        let answer = try await calls.exchange(
            code, of: attempt, at: tokenEndpoint, for: provider, secretInBody: true)
        // It goes into a header, where a line end would begin another.
        guard let token = answer["access_token"]?.string,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw TCError(.unavailable, "the provider '\(provider.name)' sent no access token")
        }
        // GitHub refuses requests without a user agent.
        let headers = [
            (name: "Authorization", value: "Bearer \(token)"), ("User-Agent", "tc"),
            ("X-GitHub-Api-Version", "2022-11-28"),
        ]
        let user = try await calls.getObject(userAddress, "user", headers: headers)
        // The login can be changed and then taken by another; the number cannot.
        guard let id = user["id"]?.number?.int64 else {
            throw TCError(.unavailable, "the provider '\(provider.name)' tells no user id")
        }
        let email = try await primaryEmail(headers)
        return ExternalIdentity(
            provider: provider.name, subject: String(id), email: email?.address,
            emailVerified: email?.isVerified ?? false,
            name: user["name"]?.string ?? user["login"]?.string)
    }

    /// The profile's own `email` is what the user chose to show, so that is not looked at.
    private func primaryEmail(
        _ headers: [(name: String, value: String)]
    ) async throws -> (address: String, isVerified: Bool)? {
        let body = try await calls.get(emailsAddress, "addresses", headers: headers)
        guard let entries = try calls.value(body, "addresses").array else {
            throw TCError(
                .unavailable, "the addresses of the provider '\(provider.name)' are no array")
        }
        let primary = entries.compactMap(\.object).first { $0["primary"]?.bool == true }
        return primary.flatMap { entry in
            entry["email"]?.string.map { ($0, entry["verified"]?.bool == true) }
        }
    }
}
