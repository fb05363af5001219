/// Something that happened, for whoever follows: a CloudEvents 1.0 event with JSON data.
public struct CloudEvent: Equatable, Sendable {
    /// Unique for ever (`evt_` over a UUIDv7); by it a consumer drops what it has seen.
    public let id: String
    /// The service that tells: `tc/auth`.
    public let source: String
    /// What happened: `tc.auth.user.registered`.
    public let type: String
    /// The id of what it is about: `usr_…`. Events of one subject keep their order.
    public let subject: String
    public let time: Instant
    /// The record as the command would print it: the text of one JSON object.
    public let data: String

    public init(
        id: String, source: String, type: String, subject: String, time: Instant, data: String
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.time = time
        self.data = data
    }
}
