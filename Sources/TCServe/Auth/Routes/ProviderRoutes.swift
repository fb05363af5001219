import TCAuth
import TCCore

/// Signing in with an account at another provider, by two navigations of the browser.
extension AuthRoutes {
    var provider: [Route] {
        let name = RouteParameter.path("provider", .identifier, "as it is configured: github")
        return [
            Route(
                .get, "/v1/auth/oauth2/{provider}/authorize", "Go to a provider to sign in there",
                parameters: [name], access: .public,
                answers: [
                    303: .empty("to the provider, with the attempt in a cookie"),
                    404: .problem("there is no such provider"),
                ], handler: authorize),
            Route(
                .get, "/v1/auth/oauth2/{provider}/callback", "Come back from a provider",
                parameters: [
                    name, .query("code", .text(1...4096), secret: true, "good for one exchange"),
                    .query("state", .text(1...1024), secret: true, "as it was sent"),
                    .query("error", .text(1...1024), "why there is no code"),
                    .query("iss", .text(1...1024), "who answers (RFC 9207)"),
                    .cookie(cookies.attemptName, "the attempt"), deviceCookie,
                ], access: .public,
                answers: [
                    200: .record(
                        AuthRecords.login,
                        "an access token, with the refresh token in a cookie; or the second factor"
                            + " is asked for"),
                    401: .problem("the account has changed meanwhile"),
                    403: .problem("user, provider or the rules of this service declined"),
                    404: .problem("there is no such provider"),
                    409: .problem("an account that has the address opens by other ways only"),
                    422: .problem("this browser began no such sign-in"),
                ], handler: comeBack),
        ]
    }

    private func authorize(_ request: WebRequest) async throws -> WebResponse {
        let (name, providers) = try knownProvider(request)
        let redirect = try await providers.begin(
            name, redirectURI: settings.publicURL + AuthCookies.callbackPath(name))
        return WebResponse.redirect(to: redirect.url)
            .with(cookie: cookies.attempt(redirect, provider: name))
    }

    /// An attempt is good once, however it ends.
    private func comeBack(_ request: WebRequest) async throws -> WebResponse {
        let (name, providers) = try knownProvider(request)
        let dropped = cookies.droppingAttempt(provider: name)
        do {
            let callback = try SignInCallback(
                query: ["code", "state", "error", "iss"].compactMap { field in
                    request.parameters[field]?.string.map { (field, $0) }
                })
            let identity = try await providers.finish(
                name, callback, cookie: request.cookie(cookies.attemptName) ?? "")
            let outcome = try await auth.signIn(
                identity, rules: settings.linking, from: client(request))
            return try answer(outcome, of: .provider).with(cookie: dropped)
        } catch {
            throw Problem(error).with(cookie: dropped)
        }
    }

    private func knownProvider(
        _ request: WebRequest
    ) throws -> (name: String, client: OAuth2Client) {
        let name = request.pathText("provider")
        guard let providers, providers.providerNames.contains(name) else {
            let near = providers.flatMap { nearest(to: name, in: $0.providerNames) }
            throw Problem(
                404, "unknown_provider", "there is no provider '\(name)'",
                hint: near.map { "did you mean '\($0)'?" })
        }
        return (name, providers)
    }
}
