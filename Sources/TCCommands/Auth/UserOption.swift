import ArgumentParser
import TCAuth
import TCCore
import TCWire

/// The flag of commands about one user.
struct UserOption: ParsableArguments {
    @Option(help: .init("The user, by id or by e-mail address.", valueName: "user"))
    var user: String?

    init() {}

    /// The field of a record that it gives.
    var field: FlagField {
        user?.contains("@") == true ? .subject("email", user) : .subject("user_id", user)
    }
}

extension UserKey {
    /// The user that a record names by `user_id`, else by `email`.
    ///
    /// Throws `.badInput` where it names none.
    init(_ record: JSONObject) throws(TCError) {
        if let id = record["user_id"]?.string {
            try self.init(id)
        } else if let email = record["email"]?.string {
            try self.init(email)
        } else {
            throw TCError(.badInput, "the record has neither 'user_id' nor 'email'")
        }
    }
}

/// What a dry run says of a user.
struct Preview: RecordOutcome {
    let status: String
    private let user: User

    /// - Parameter status: `would_disable`.
    init(_ status: String, _ user: User) {
        self.status = status
        self.user = user
    }

    var isNegative: Bool { false }

    func writeMembers(to writer: inout JSONWriter) {
        writer.key("status")
        writer.string(status)
        writer.key("user_id")
        writer.string(user.id)
    }
}
