import TCCrypto

/// What the service needs of keys, wherever they are kept; any number of threads may ask at once.
///
/// Signing keys come and go while the service runs, so it asks each time. The other two stay: refresh
/// tokens and sealed secrets that were made with others are lost.
public protocol AuthKeys: Sendable {
    /// Makes tokens with the key that signs now.
    func issuer() async throws -> TokenIssuer

    /// Verifies tokens of this kind, signed with any key that is not retired.
    ///
    /// - Parameter kind: `access` or `mfa`.
    func verifier(of kind: TokenKind) async throws -> TokenVerifier

    /// Derives the successors of refresh tokens.
    var rotation: HMACKey { get }

    /// Seals the secrets of second factors.
    var sealing: AEADKey { get }
}
