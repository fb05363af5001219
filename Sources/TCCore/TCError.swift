/// What went wrong, in the one form that every layer throws and every command prints.
///
/// The kind alone decides the exit status and whether trying again can help. A message starts in
/// lower case, names the thing and the value, says what was expected, ends without a full stop and
/// never contains a secret.
public struct TCError: Error, Equatable, Sendable {
    /// What went wrong, as far as a caller may want to act on it.
    public enum Kind: String, Sendable, CaseIterable {
        /// The command line itself is wrong.
        case usage
        /// A line or a file from outside is not what it must be.
        case badInput = "bad_input"
        /// An engine or a file that the command needs cannot be reached.
        case unavailable
        /// A defect of ours: an invariant that did not hold.
        case bug
        /// Reading or writing failed: a full disk, a broken or corrupted file.
        case io
        /// Somebody else holds what the command needs; the same call may succeed later.
        case tryAgain = "try_again"
        /// The caller may not do this.
        case notPermitted = "not_permitted"
        /// A setting is missing or has a value that cannot be used.
        case configuration
        /// SIGINT or SIGTERM ended the command.
        case interrupted
    }

    public let kind: Kind
    public let message: String
    /// What the reader can do about it; absent where the message says it all.
    public let hint: String?

    public init(_ kind: Kind, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// Whether the same call, unchanged, may succeed later.
    public var isRetryable: Bool { kind == .unavailable || kind == .tryAgain }
}

extension TCError: CustomStringConvertible {
    public var description: String { hint.map { "\(message) (\($0))" } ?? message }
}

/// An error with a type of its own, because some caller catches it, and the form in which it is told
/// where nobody does.
public protocol TCErrorConvertible: Error {
    var tcError: TCError { get }
}

extension TCError: TCErrorConvertible {
    public var tcError: TCError { self }
}
