import TCCore

/// A sign-in at an OpenID provider: endpoints and keys come from its metadata, the user from the id
/// token.
struct OpenIDFlow: ProviderFlow {
    let provider: OAuth2Provider
    private let calls: ProviderCalls
    private let metadata: FetchedDocument<ProviderMetadata>
    private let keys: FetchedDocument<ProviderKeys>

    /// How long metadata and keys are used before they are fetched again: a key that a provider takes
    /// back must not work for much longer.
    static let metadataAge = Duration.seconds(86_400)
    static let keysAge = Duration.seconds(3_600)
    /// A token that names an unknown key has the keys fetched again, but not more often than this.
    static let unknownKeyPause = Duration.seconds(60)

    init(
        _ provider: OAuth2Provider, _ issuer: OpenIDIssuer, _ calls: ProviderCalls, _ seams: Seams
    ) {
        self.provider = provider
        self.calls = calls
        let metadata = FetchedDocument(seams) {
            try ProviderMetadata(
                await calls.getObject(issuer.metadataAddress, "metadata"), of: issuer,
                calls.provider)
        }
        self.metadata = metadata
        keys = FetchedDocument(seams) {
            let address = try await metadata.value(notOlderThan: OpenIDFlow.metadataAge)
                .keySetAddress
            return try ProviderKeys(
                parsing: await calls.get(address, "key set"), calls.provider)
        }
    }

    func authorization(
        _ attempt: SignInAttempt
    ) async throws -> (endpoint: WebAddress, fields: [(name: String, value: String)]) {
        let endpoint = try await metadata.value(notOlderThan: OpenIDFlow.metadataAge)
            .authorizationEndpoint
        return (endpoint, fields(attempt) + [("nonce", attempt.nonce)])
    }

    func identity(
        _ code: String, _ callback: SignInCallback, _ attempt: SignInAttempt, at now: Instant
    ) async throws -> ExternalIdentity {
        let metadata = try await metadata.value(notOlderThan: OpenIDFlow.metadataAge)
        // Of a template nobody knows the issuer before the token comes.
        if let issuer = callback.issuer, !metadata.issuer.contains("{tenantid}"),
            issuer != metadata.issuer
        {
            throw TCError(
                .badInput, "the callback is of another provider than '\(provider.name)'")
        }
        let answer = try await calls.exchange(
            code, of: attempt, at: metadata.tokenEndpoint, for: provider,
            secretInBody: metadata.takesSecretInBody)
        guard let token = answer["id_token"]?.string else {
            throw TCError(.unavailable, "the provider '\(provider.name)' sent no id token")
        }
        let check = IDTokenCheck(
            provider: provider, issuer: metadata.issuer, nonce: attempt.nonce, now: now)
        return try await identity(token, check)
    }

    private func identity(_ token: String, _ check: IDTokenCheck) async throws -> ExternalIdentity {
        var result = check.identity(
            token, try await keys.value(notOlderThan: OpenIDFlow.keysAge))
        if case .failure(.unknownKey) = result {
            result = check.identity(
                token, try await keys.value(notOlderThan: OpenIDFlow.unknownKeyPause))
        }
        switch result {
        case .success(let identity): return identity
        case .failure(.unknownKey(let reason)), .failure(.refused(let reason)):
            throw TCError(
                .notPermitted,
                "the id token of the provider '\(provider.name)' is refused: \(reason)")
        }
    }
}
