import TCCore
import TCStore
import TCWire

/// Who asked for a change.
public enum Actor: Sendable, Equatable {
    /// `usr_…`
    case user(String)
    /// Whoever may run commands on the machine.
    case local
    /// The service itself, by its rules.
    case service

    /// The id, `local` or `service`.
    public var text: String {
        switch self {
        case .user(let id): id
        case .local: "local"
        case .service: "service"
        }
    }
}

/// What the family tells of, as the last part of the event's type: `tc.auth.user.registered`.
enum AuthEventType: String {
    case registered = "user.registered"
    case imported = "user.imported"
    case roleChanged = "user.role_changed"
    case passwordChanged = "user.password_changed"
    case userDisabled = "user.disabled"
    case userEnabled = "user.enabled"
    case deleted = "user.deleted"
    case locked = "user.locked"
    case newDevice = "login.new_device"
    case sessionIssued = "session.issued"
    case sessionRevoked = "session.revoked"
    case tokenRevoked = "token.revoked"
    case sessionsRevoked = "user.sessions_revoked"
    case everyoneRevoked = "everyone.revoked"
    case mfaEnabled = "mfa.enabled"
    case mfaDisabled = "mfa.disabled"
    case recoveryCodeUsed = "mfa.recovery_code_used"
    case recoveryCodesMade = "mfa.recovery_codes_made"
    case identityLinked = "identity.linked"
    case identityUnlinked = "identity.unlinked"
    case keyRotated = "key.rotated"
    case keyRetired = "key.retired"
}

/// An event's data: a record, with members around it that say how it came about.
struct EventData {
    var record: (any JSONRecord)?
    var members: [(name: StaticString, value: String)] = []
    var actor: Actor?

    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        record?.writeMembers(to: &writer)
        for member in members { writer.member(member.name, member.value) }
        writer.member("by", ifAny: actor?.text)
        writer.endObject()
        return writer.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

extension CloudEvent {
    init(
        _ type: AuthEventType, about subject: String, _ data: EventData, at now: Instant,
        _ seams: Seams
    ) {
        self.init(
            id: Identifier.make("evt", seams), source: "tc/auth", type: "tc.auth.\(type.rawValue)",
            subject: subject, time: now, data: data.json)
    }
}

extension AuthService {
    /// Writes an event with the transaction of the change that it tells of.
    func record(
        _ type: AuthEventType, about subject: String, _ data: EventData, at now: Instant,
        in connection: any SQLConnection
    ) throws {
        try Outbox.append([CloudEvent(type, about: subject, data, at: now, seams)], to: connection)
    }
}
