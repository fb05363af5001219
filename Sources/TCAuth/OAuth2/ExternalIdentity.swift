/// Who a provider says that a user is.
public struct ExternalIdentity: Equatable, Sendable {
    /// The name of the provider.
    public let provider: String
    /// The user's id there, which never changes and is never given to another: what accounts are linked
    /// by.
    public let subject: String
    /// As the provider has it; nil where it does not tell.
    public let email: String?
    /// Whether the provider vouches that the user reads this address. Nothing may be decided by an
    /// address that is not verified: at some providers anybody can write any address there.
    public let emailVerified: Bool
    /// For display.
    public let name: String?
}
