import Testing

@testable import TCAuth

struct AccountLinkingTests {
    private typealias Account = AccountLinking.Account
    private typealias Rules = AccountLinking.Rules

    private let verified = identity(emailVerified: true)
    private let unverified = identity(emailVerified: false)
    private let everything = Rules(
        createsAccounts: true, linksByEmail: true, linksAccountsWithPassword: true)

    @Test func `a linked identity opens its user's account, whatever its address says`() {
        for identity in [verified, unverified] {
            for account in [nil, Account(userID: "b", hasPassword: true, isEmailVerified: true)] {
                #expect(decide(identity, linked: "a", account, Rules()) == .logIn(userID: "a"))
            }
        }
    }

    @Test func `who is logged in links an identity unless it is another's`() {
        #expect(decide(unverified, nil, Rules(), current: "a") == .link(userID: "a"))
        #expect(decide(verified, linked: "a", nil, Rules(), current: "a") == .logIn(userID: "a"))
        #expect(
            decide(verified, linked: "b", nil, everything, current: "a")
                == .refuse(.linkedToAnother))
        // Somebody else's account with the address does not matter: the link is by subject.
        let other = Account(userID: "b", hasPassword: false, isEmailVerified: true)
        #expect(decide(verified, other, everything, current: "a") == .link(userID: "a"))
    }

    @Test
    func `an unknown identity makes an account, with its address only where that is verified`() {
        #expect(decide(verified, nil, Rules()) == .create(email: "ada@example.com"))
        #expect(decide(unverified, nil, Rules()) == .create(email: nil))
        #expect(
            decide(verified, nil, Rules(createsAccounts: false)) == .refuse(.accountsNotCreated))
    }

    @Test func `an account is linked by its address only where all of five conditions hold`() {
        var links = 0
        for bits in 0..<32 {
            let flag = { (bit: Int) in bits >> bit & 1 == 1 }
            let account = Account(userID: "a", hasPassword: flag(0), isEmailVerified: flag(1))
            let rules = Rules(linksByEmail: flag(2), linksAccountsWithPassword: flag(3))
            let decision = decide(flag(4) ? verified : unverified, account, rules)
            let mayLink = flag(1) && flag(2) && flag(4) && (!flag(0) || flag(3))
            #expect(decision == (mayLink ? .link(userID: "a") : .refuse(.accountExists)))
            if mayLink { links += 1 }
        }
        #expect(links == 3)
    }

    @Test func `nothing is linked by address unless the operator says so`() {
        let account = Account(userID: "a", hasPassword: false, isEmailVerified: true)
        #expect(decide(verified, account, Rules()) == .refuse(.accountExists))
    }

    private func decide(
        _ identity: ExternalIdentity, linked: String? = nil, _ account: Account?, _ rules: Rules,
        current: String? = nil
    ) -> AccountLinking.Decision {
        AccountLinking.decide(
            identity, linkedUser: linked, account: account, currentUser: current, rules: rules)
    }
}

private func identity(emailVerified: Bool) -> ExternalIdentity {
    ExternalIdentity(
        provider: "google", subject: "1", email: "ada@example.com", emailVerified: emailVerified,
        name: nil)
}
