import TCCore
import TCWire

/// What an OpenID provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as signing
/// in needs it.
struct ProviderMetadata: Sendable {
    /// Of Microsoft's shared metadata a template with `{tenantid}`.
    let issuer: String
    let authorizationEndpoint: WebAddress
    let tokenEndpoint: WebAddress
    let keySetAddress: WebAddress
    /// Whether the client secret goes into the body rather than into a header.
    let takesSecretInBody: Bool

    /// Throws `.unavailable` where the metadata is not what it must be: the provider, not the user, has
    /// to mend that.
    init(_ object: JSONObject, of issuer: OpenIDIssuer, _ provider: String) throws(TCError) {
        let fail = { (reason: String) in
            TCError(.unavailable, "the metadata of the provider '\(provider)' \(reason)")
        }
        guard let name = object["issuer"]?.string, issuer.admits(metadataIssuer: name) else {
            throw fail("names an issuer other than the one that is configured")
        }
        func address(_ key: String) throws(TCError) -> WebAddress {
            guard let text = object[key]?.string else { throw fail("has no '\(key)'") }
            do {
                return try WebAddress(text, allowsLoopbackHTTP: issuer.allowsLoopbackHTTP)
            } catch {
                throw fail("has a '\(key)' that cannot be used: \(error.message)")
            }
        }
        self.issuer = name
        authorizationEndpoint = try address("authorization_endpoint")
        tokenEndpoint = try address("token_endpoint")
        keySetAddress = try address("jwks_uri")
        // Where nothing is said, the header is meant.
        let methods = object["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string)
        takesSecretInBody =
            methods.map { !$0.contains("client_secret_basic") && $0.contains("client_secret_post") }
            ?? false
    }
}

/// A provider's signing keys.
struct ProviderKeys: Sendable {
    let keys: TokenKeys
    /// The issuer that a key may sign for, where the set says one: Microsoft's does, so that a tenant's
    /// key is not good for every tenant.
    let issuers: [String: String]

    /// Throws `.unavailable` where the set cannot be used, or holds a secret: whoever can read it could
    /// sign with that.
    init(parsing bytes: [UInt8], _ provider: String) throws(TCError) {
        do throws(TCError) {
            let set = try JWKSet(parsing: bytes)
            guard set.keys.allSatisfy({ $0.parts.publicParts != nil }) else {
                throw TCError(.badInput, "it holds a secret key")
            }
            keys = try TokenKeys(set)
            var issuers: [String: String] = [:]
            let elements = try JOSEText.object(json: bytes, "key set")["keys"]?.array ?? []
            for key in elements.compactMap(\.object) {
                if let keyID = key["kid"]?.string { issuers[keyID] = key["issuer"]?.string }
            }
            self.issuers = issuers
        } catch {
            throw TCError(
                .unavailable,
                "the key set of the provider '\(provider)' cannot be used: \(error.message)")
        }
    }
}
