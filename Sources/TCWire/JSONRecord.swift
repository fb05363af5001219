import TCCore

/// A result that writes itself as one JSON object, so that a command, a route and an event say the
/// same of the same thing.
public protocol JSONRecord: Sendable {
    /// Appends the members, into an object that the caller has begun.
    func writeMembers(to writer: inout JSONWriter)
}

extension JSONRecord {
    /// Appends the whole object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }

    /// The object as text.
    public var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// What an operation came to. A negative outcome is a result and no error: it is printed like any
/// other, and a command then exits 1.
public protocol RecordOutcome: JSONRecord {
    /// `status` of the record: `ok`, `invalid_credentials` …
    var status: String { get }
    var isNegative: Bool { get }
}

extension JSONWriter {
    /// A member that is text.
    public mutating func member(_ key: StaticString, _ text: String) {
        self.key(key)
        string(text)
    }

    /// A member that is true or false.
    public mutating func member(_ key: StaticString, _ flag: Bool) {
        self.key(key)
        bool(flag)
    }

    /// A member that is a time.
    public mutating func member(_ key: StaticString, _ time: Instant) {
        self.key(key)
        instant(time)
    }

    /// Nothing where the value is absent.
    public mutating func member(_ key: StaticString, ifAny text: String?) {
        if let text { member(key, text) }
    }

    /// Nothing where the value is absent.
    public mutating func member(_ key: StaticString, ifAny time: Instant?) {
        if let time { member(key, time) }
    }

    /// Whole seconds, rounded up: who waits that long is not early.
    public mutating func member(_ key: StaticString, seconds duration: Duration) {
        self.key(key)
        int((duration.milliseconds + 999) / 1000)
    }
}
