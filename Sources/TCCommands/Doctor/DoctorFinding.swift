import TCCore
import TCWire

/// What came of one check.
struct DoctorFinding: Sendable, Equatable {
    /// From good to bad.
    enum Outcome: String, Sendable, CaseIterable {
        case passed
        /// There is nothing to check yet, or it was not asked for.
        case skipped
        /// It works, and is worth a look.
        case warning
        /// It does not work, or is not safe.
        case failed

        var isProblem: Bool { self == .warning || self == .failed }
    }

    /// What was checked: a setting's name as a rule.
    let check: String
    /// Of which file, folder, server or key; nothing in it is secret.
    let subject: String
    let outcome: Outcome
    let detail: String
    let hint: String?

    init(
        _ outcome: Outcome, _ check: String, _ subject: String, _ detail: String,
        hint: String? = nil
    ) {
        self.check = check
        self.subject = subject
        self.outcome = outcome
        self.detail = detail
        self.hint = hint
    }

    /// What an error says of a check.
    init(_ outcome: Outcome, _ check: String, _ subject: String, _ error: any Error) {
        let error = (error as? any TCErrorConvertible)?.tcError ?? TCError(.bug, "\(error)")
        self.init(outcome, check, subject, error.message, hint: error.hint)
    }

    /// The record as a line.
    var line: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("check")
        json.string(check)
        json.key("subject")
        json.string(subject)
        json.key("outcome")
        json.string(outcome.rawValue)
        json.key("detail")
        json.string(detail)
        if let hint {
            json.key("hint")
            json.string(hint)
        }
        json.endObject()
        json.newline()
        return json.bytes
    }
}
