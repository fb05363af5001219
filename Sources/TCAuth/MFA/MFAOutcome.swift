import TCCore
import TCWire

/// What an act on a second factor came to.
public enum MFAOutcome: RecordOutcome, Equatable, Redacted {
    /// Begun; in force when `confirmMFA` has seen a code.
    case enrolled(MFAEnrolment)
    /// In force from now on, with new recovery codes, which are not shown again.
    case confirmed(recoveryCodes: [String])
    /// New recovery codes; the old ones are void.
    case recoveryCodes([String])
    /// The code was right, and is used up.
    case valid
    case disabled
    case invalidCode
    /// Too many codes were wrong; this one was not looked at.
    case wait(Duration)
    /// There is a second factor already; it must be disabled first.
    case alreadyEnrolled
    /// There is none, or none that is begun.
    case notEnrolled
    case userNotFound

    public var status: String {
        switch self {
        case .enrolled: "enrolled"
        case .confirmed: "confirmed"
        case .recoveryCodes: "ok"
        case .valid: "valid"
        case .disabled: "disabled"
        case .invalidCode: "invalid_code"
        case .wait: "wait"
        case .alreadyEnrolled: "already_enrolled"
        case .notEnrolled: "not_enrolled"
        case .userNotFound: "not_found"
        }
    }

    public var isNegative: Bool {
        switch self {
        case .enrolled, .confirmed, .recoveryCodes, .valid, .disabled: false
        default: true
        }
    }

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("status", status)
        switch self {
        case .enrolled(let enrolment): enrolment.writeMembers(to: &writer)
        case .confirmed(let codes), .recoveryCodes(let codes):
            writer.key("recovery_codes")
            writer.beginArray()
            for code in codes { writer.string(code) }
            writer.endArray()
        case .wait(let duration): writer.member("retry_after", seconds: duration)
        default: break
        }
    }
}

/// What a user's authenticator app needs, a secret.
public struct MFAEnrolment: JSONRecord, Equatable, Redacted {
    public let userID: String
    /// In base32, for typing.
    public let secret: String
    /// The `otpauth` URI, for a QR code.
    public let uri: String

    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("user_id", userID)
        writer.member("secret", secret)
        writer.member("otpauth_uri", uri)
    }
}
