import TCCore

/// Who signs a provider's id tokens, and where its metadata is.
struct OpenIDIssuer: Sendable {
    /// Where the metadata is (OpenID Connect Discovery 1.0, section 4).
    let metadataAddress: WebAddress
    let allowsLoopbackHTTP: Bool
    private let rule: Rule

    private enum Rule: Sendable {
        case exactly(String)
        /// Microsoft's: each tenant is an issuer, and the metadata of `common` stands for all of them.
        case microsoft(tenant: String)
    }

    init(_ issuer: String, _ provider: String, allowsLoopbackHTTP: Bool) throws(TCError) {
        let address = try OAuth2Provider.configured(
            issuer, provider, allowsLoopbackHTTP: allowsLoopbackHTTP)
        guard !issuer.contains("?") else {
            throw TCError(
                .configuration, "the issuer of '\(provider)' must have no query, got '\(issuer)'")
        }
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        metadataAddress = try OAuth2Provider.configured(
            base + "/.well-known/openid-configuration", provider,
            allowsLoopbackHTTP: allowsLoopbackHTTP)
        self.allowsLoopbackHTTP = allowsLoopbackHTTP
        rule = .exactly(address.text)
    }

    init(microsoftTenant tenant: String) throws(TCError) {
        let isName = tenant.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
                || [UInt8(ascii: "-"), UInt8(ascii: ".")].contains($0)
        }
        guard isName, !tenant.isEmpty else {
            throw TCError(
                .configuration,
                "a Microsoft tenant must be an id, a domain, 'common', 'organizations' or"
                    + " 'consumers', got '\(tenant)'")
        }
        let tenant = tenant.lowercased()
        metadataAddress = try OAuth2Provider.configured(
            "https://login.microsoftonline.com/\(tenant)/v2.0/.well-known/openid-configuration",
            "microsoft", allowsLoopbackHTTP: false)
        allowsLoopbackHTTP = false
        rule = .microsoft(tenant: tenant)
    }

    /// Whether metadata that says so may be believed: it must be the issuer that was asked for
    /// (Discovery, section 4.3).
    func admits(metadataIssuer issuer: String) -> Bool {
        switch rule {
        case .exactly(let expected): return issuer == expected
        case .microsoft(let tenant):
            if OpenIDIssuer.isGUID(tenant) { return issuer == OpenIDIssuer.microsoft(tenant) }
            // Of a domain and of personal accounts the metadata tells the tenant's id.
            let id = issuer.dropFirst(OpenIDIssuer.microsoft("").count - "/v2.0".count).prefix(36)
            return issuer == OpenIDIssuer.microsoft("{tenantid}")
                || OpenIDIssuer.isGUID(String(id)) && issuer == OpenIDIssuer.microsoft(String(id))
        }
    }

    /// What an id token's `iss` must be.
    ///
    /// - Parameters:
    ///   - issuer: what the metadata or a key of the provider says; `{tenantid}` stands for the
    ///     token's tenant.
    ///   - tenant: the token's `tid`.
    ///
    /// Nil where there is a tenant to be filled in and the token has none that could be.
    static func issuer(_ issuer: String, tenant: String?) -> String? {
        guard issuer.contains("{tenantid}") else { return issuer }
        guard let tenant, isGUID(tenant) else { return nil }
        return issuer.replacing("{tenantid}", with: tenant)
    }

    private static func microsoft(_ tenant: String) -> String {
        "https://login.microsoftonline.com/\(tenant)/v2.0"
    }

    private static func isGUID(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.joined().utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }
    }
}
