import TCCore
import TCCrypto
import TCWire

/// Checks what an OpenID provider signed about a user (OpenID Connect Core 1.0, section 3.1.3.7).
struct IDTokenCheck {
    let provider: OAuth2Provider
    /// Of the provider's metadata; may be a template.
    let issuer: String
    let nonce: String
    let now: Instant

    /// How far the provider's clock and ours may be apart.
    private static let leeway = Duration.seconds(60)

    enum Failure: Error {
        /// The key that the token names is not in the set: it may be newer than the set.
        case unknownKey(String)
        case refused(String)
    }

    /// Who the user is.
    ///
    /// Signature, algorithm, audience and times are the verifier's work; the algorithm is that of the
    /// key, one of those that are asymmetric here, whatever the token says.
    func identity(_ token: String, _ keys: ProviderKeys) -> Result<ExternalIdentity, Failure> {
        do throws(Failure) {
            return .success(try checked(token, keys))
        } catch {
            return .failure(error)
        }
    }

    private func checked(
        _ token: String, _ keys: ProviderKeys
    ) throws(Failure) -> ExternalIdentity {
        let rules = TokenRules(
            .identity, issuer: nil, audience: provider.clientID, leeway: IDTokenCheck.leeway)
        let claims: JSONObject
        let verified: VerifiedToken
        do {
            verified = try TokenVerifier(keys.keys, rules).verify(token, at: now)
        } catch {
            // A provider that names no keys may have another one since.
            let isNewKey =
                error.check == .key || error.check == .signature && keyID(of: token) == nil
            throw isNewKey ? .unknownKey(error.message) : .refused(error.message)
        }
        do {
            claims = try JOSEText.object(json: verified.record, "claims")
        } catch {
            throw .refused(error.message)
        }
        try checkIssuer(
            verified.claims.issuer, claims, ofKey: keyID(of: token).flatMap { keys.issuers[$0] })
        try checkAuthorizedParty(verified.claims.audience, claims)
        guard let answered = claims["nonce"]?.string,
            constantTimeEquals(Array(answered.utf8), Array(nonce.utf8))
        else { throw .refused("the nonce is not that of this sign-in") }
        return try identity(verified.claims.subject, claims)
    }

    private func checkIssuer(
        _ actual: String, _ claims: JSONObject, ofKey keyIssuer: String?
    ) throws(Failure) {
        let tenant = claims["tid"]?.string
        guard OpenIDIssuer.issuer(issuer, tenant: tenant) == actual else {
            throw .refused("it was issued by '\(actual)', not by '\(issuer)'")
        }
        guard let keyIssuer else { return }
        guard OpenIDIssuer.issuer(keyIssuer, tenant: tenant) == actual else {
            throw .refused("its key is for '\(keyIssuer)', not for '\(actual)'")
        }
    }

    /// `azp` names the client that asked; it must be there where the token is for several.
    private func checkAuthorizedParty(
        _ audience: [String], _ claims: JSONObject
    ) throws(Failure) {
        guard let value = claims["azp"] else {
            guard audience.count == 1 else {
                throw .refused("it is for several clients and does not say which one asked")
            }
            return
        }
        guard value.string == provider.clientID else {
            throw .refused("another client asked for it")
        }
    }

    private func identity(
        _ subject: String, _ claims: JSONObject
    ) throws(Failure) -> ExternalIdentity {
        guard (1...255).contains(subject.utf8.count) else {
            throw .refused("'sub' must have 1 to 255 bytes, got \(subject.utf8.count)")
        }
        // Where tenants are issuers, a subject is unique within its tenant only.
        let tenant = issuer.contains("{tenantid}") ? claims["tid"]?.string : nil
        let email = claims["email"]?.string
        return ExternalIdentity(
            provider: provider.name, subject: tenant.map { "\($0)/\(subject)" } ?? subject,
            email: email, emailVerified: email != nil && isEmailVerified(claims),
            name: claims["name"]?.string)
    }

    /// `email_verified`, or Microsoft's `xms_edov`. Without either an address of Microsoft's is what a
    /// tenant's administrator wrote there, and proves nothing.
    private func isEmailVerified(_ claims: JSONObject) -> Bool {
        ["email_verified", "xms_edov"].contains { key in
            switch claims[key] {
            case .bool(let flag)?: flag
            // Some providers send texts, and Microsoft sends numbers.
            case .string(let text)?: text == "true" || text == "1"
            case .number(let number)?: number.int64 == 1
            default: false
            }
        }
    }

    private func keyID(of token: String) -> String? {
        let header = Array(token.utf8.prefix { $0 != UInt8(ascii: ".") })
        // Nil cannot come of a token that was verified, since its header was read for that.
        return header.withUnsafeBufferPointer { try? JOSEHeader($0).keyID }
    }
}
