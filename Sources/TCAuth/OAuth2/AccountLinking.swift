/// Decides which account an external identity opens.
///
/// A link is made by the provider's subject, never by an address alone, and an account that somebody
/// has is never handed to whoever shows up with its address: only where the operator allows it, and both
/// the provider vouches for the address and the account's owner has proven it here. Without the latter,
/// somebody could register with another's address and keep a password to what becomes the other's
/// account.
public enum AccountLinking {
    /// What the operator allows.
    public struct Rules: Sendable {
        /// Whether an identity that is not known makes a new account.
        public var createsAccounts: Bool
        /// Whether a verified address opens the account that has it.
        public var linksByEmail: Bool
        /// Whether that is so, too, for an account with a password, whose owner then has another way in.
        public var linksAccountsWithPassword: Bool

        /// The rules to begin with: new accounts, and no links but those that a user asks for.
        public init(
            createsAccounts: Bool = true, linksByEmail: Bool = false,
            linksAccountsWithPassword: Bool = false
        ) {
            self.createsAccounts = createsAccounts
            self.linksByEmail = linksByEmail
            self.linksAccountsWithPassword = linksAccountsWithPassword
        }
    }

    /// The account that has the identity's address.
    public struct Account: Sendable {
        public let userID: String
        public let hasPassword: Bool
        /// Whether its owner has proven to read the address.
        public let isEmailVerified: Bool

        /// All as the store has it.
        public init(userID: String, hasPassword: Bool, isEmailVerified: Bool) {
            self.userID = userID
            self.hasPassword = hasPassword
            self.isEmailVerified = isEmailVerified
        }
    }

    /// What is to be done.
    public enum Decision: Equatable, Sendable {
        /// The identity is linked to this user.
        case logIn(userID: String)
        /// Link it to this user, who is then logged in.
        case link(userID: String)
        /// Make an account; with the address only where it is verified.
        case create(email: String?)
        case refuse(Refusal)
    }

    /// Why no account opens. The raw value is the error's code.
    public enum Refusal: String, Sendable {
        /// Who is logged in wants to link an identity that is another user's.
        case linkedToAnother = "linked_to_another"
        /// There is an account with the address, and it opens only with its own password or link: log in
        /// there, then link.
        case accountExists = "account_exists"
        case accountsNotCreated = "accounts_not_created"
    }

    /// - Parameters:
    ///   - linkedUser: whom the identity's provider and subject are linked to.
    ///   - account: the account with the identity's address, verified or not; nil where there is none.
    ///   - currentUser: who is logged in and asks to link the identity; nil at a login.
    public static func decide(
        _ identity: ExternalIdentity, linkedUser: String?, account: Account?, currentUser: String?,
        rules: Rules
    ) -> Decision {
        if let linkedUser {
            let isOwn = currentUser == nil || currentUser == linkedUser
            return isOwn ? .logIn(userID: linkedUser) : .refuse(.linkedToAnother)
        }
        if let currentUser { return .link(userID: currentUser) }
        if let account {
            let mayLink =
                identity.emailVerified && rules.linksByEmail && account.isEmailVerified
                && (!account.hasPassword || rules.linksAccountsWithPassword)
            return mayLink ? .link(userID: account.userID) : .refuse(.accountExists)
        }
        guard rules.createsAccounts else { return .refuse(.accountsNotCreated) }
        return .create(email: identity.emailVerified ? identity.email : nil)
    }
}
