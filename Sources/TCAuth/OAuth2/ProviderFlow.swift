import TCCore

/// The two ends of a sign-in at one provider, as its kind has them.
protocol ProviderFlow: Sendable {
    var provider: OAuth2Provider { get }

    /// Where the user's browser goes.
    func authorization(
        _ attempt: SignInAttempt
    ) async throws -> (endpoint: WebAddress, fields: [(name: String, value: String)])

    /// Who the user is that came back with a code. Whether the callback belongs to the attempt was
    /// looked at before.
    func identity(
        _ code: String, _ callback: SignInCallback, _ attempt: SignInAttempt, at now: Instant
    ) async throws -> ExternalIdentity
}

extension ProviderFlow {
    /// The fields of an authorization request that every provider gets.
    func fields(_ attempt: SignInAttempt) -> [(name: String, value: String)] {
        [
            ("response_type", "code"), ("client_id", provider.clientID),
            ("redirect_uri", attempt.redirectURI),
            ("scope", provider.scopes.joined(separator: " ")), ("state", attempt.state),
            ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ]
    }
}
