import TCCore
import Testing

@testable import TCAuth

struct PasswordPolicyTests {
    private let personal = ["ada.lovelace@example.com", "Ada Lovelace"]

    @Test(arguments: [
        "correct horse battery staple", "Tr0ub4dor&3", "8 letters", "kjwx-fmqa", "日本語のパスワード",
        "my password is long", "secretary of state", "ada loves engines", "qwerty is a layout",
        String(repeating: "long and dull ", count: 73) + "x",
    ])
    func `what is not easily guessed is taken`(password: String) throws {
        try PasswordPolicy.check(password, personal: personal)
    }

    @Test func `eight to a thousand and twenty-four bytes are taken`() {
        for (password, count) in [("tzqkwbe", 7), ("", 0), (long(1_025), 1_025), ("ööö", 6)] {
            let error = refusal(password)
            #expect(
                error?.message == "the password must have 8 to 1024 bytes, got \(count)")
        }
        #expect(refusal("tzqkwbex") == nil)
        #expect(refusal("öööžščř") == nil)
        #expect(refusal(long(1_024)) == nil)
    }

    @Test(arguments: [
        "password", "Password1", "P@ssw0rd", "p455w0rd!", "!secret123", "Dragon2024", "Welcome1!",
        "iloveyou", "ILOVEYOU!!", "trustno1", "monkey12", "Summer2025", "admin123", "1q2w3e4r5t",
        "pa$$word", "sunsh1ne", "Football1",
    ])
    func `what is guessed first is refused, however it is dressed up`(password: String) {
        #expect(refusal(password)?.kind == .badInput)
    }

    @Test func `NULs, which would make no difference, are refused`() {
        #expect(refusal("correct horse\0")?.message.contains("NUL") == true)
    }

    @Test(arguments: [
        ("aaaaaaaa", "three different"), ("abababab", "three different"),
        ("12341234", "neighbours"), ("12345678", "neighbours"), ("87654321", "neighbours"),
        ("abcdefgh", "neighbours"), ("qwertyuiop", "neighbours"), ("abcd1234", "neighbours"),
        ("qwer1234", "neighbours"), ("1qaz2wsx", "neighbours"), ("asdfghjkl123", "neighbours"),
        ("zyxwvuts", "neighbours"), ("!@#$%^&*", "neighbours"), ("12345678a", "neighbours"),
        ("xk3qxk3q", "repeats"), ("tzqkwbetzqkwbetz", "repeats"),
    ])
    func `runs and repetitions are refused`(password: String, reason: String) {
        #expect(refusal(password)?.message.contains(reason) == true, "\(password)")
    }

    @Test(arguments: [
        "ada.lovelace@example.com", "Ada Lovelace", "adalovelace", "Lovelace1815", "l0velace",
        "LOVELACE!", "ada.lovelace", "example1234",
    ])
    func `the user's own name and address are refused`(password: String) {
        #expect(
            refusal(password)?.message == "the password is the user's own name or address",
            "\(password)")
    }

    @Test func `no message repeats the password`() {
        for password in ["zzzzzzzz", "sunshine", "qwertyui", "Lovelace1815", "tzq", "xk3qxk3q"] {
            let error = refusal(password)
            #expect(error != nil)
            #expect(error?.description.contains(password) == false)
        }
    }

    @Test func `every common word is refused on its own and with digits behind it`() {
        let words = CommonPasswords.words.split { $0 == " " || $0 == "\n" }
        #expect(words.count > 1_500)
        for word in words {
            let password =
                word + "9375".prefix(max(0, PasswordPolicy.length.lowerBound - word.count))
            #expect(refusal(String(password)) != nil, "\(password)")
        }
    }

    /// Nil where it is taken.
    private func refusal(_ password: String) -> TCError? {
        do throws(TCError) {
            try PasswordPolicy.check(password, personal: personal)
            return nil
        } catch {
            return error
        }
    }

    private func long(_ count: Int) -> String {
        String(String(repeating: "tzqkwbex-mjy", count: 100).prefix(count))
    }
}
