import TCCore
import TCStore
import TCWire

/// A line of our own query log: one JSON object for each statement that was run.
///
///     {"ts":"2026-01-02T03:04:05.678Z","trace":"4bf92f3577b34da6a3ce929d0e0e4736",
///      "caller":"GET /v1/data/vehicles","sql":"SELECT … WHERE id = $1","params":[7],"ms":0.42}
///
/// `trace` and `sql` must be there; the rest may be left out, and further fields are passed over.
/// Parameters may be secrets: who keeps such a log keeps them too.
public struct QueryLogRecord: Equatable, Sendable {
    /// When the statement ended.
    public var time: Instant?
    /// The id of the trace that the request belongs to, and that tells requests apart.
    public var trace: String
    /// A route, a command, a function: whatever the reader knows the place in the program by.
    public var caller: String?
    public var sql: String
    /// The values of `$1`, `$2` …, of any kind.
    public var parameters: [JSONValue]
    public var milliseconds: Double?

    /// Any statement.
    public init(
        time: Instant?, trace: String, caller: String?, sql: String, parameters: [JSONValue],
        milliseconds: Double?
    ) {
        self.time = time
        self.trace = trace
        self.caller = caller
        self.sql = sql
        self.parameters = parameters
        self.milliseconds = milliseconds
    }

    /// Writes the record as one line.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if let time {
            writer.key("ts")
            writer.instant(time)
        }
        writer.key("trace")
        writer.string(trace)
        if let caller {
            writer.key("caller")
            writer.string(caller)
        }
        writer.key("sql")
        writer.string(sql)
        if !parameters.isEmpty {
            writer.key("params")
            writer.value(.array(parameters))
        }
        if let milliseconds {
            writer.key("ms")
            writer.double(milliseconds)
        }
        writer.endObject()
        writer.newline()
    }

    /// Reads what `write` writes.
    ///
    /// Throws `.badInput` for a field that is missing or of another kind.
    init(_ object: JSONObject) throws(TCError) {
        func text(_ key: String) throws(TCError) -> String? {
            guard let value = object[key], !value.isNull else { return nil }
            guard let text = value.string else {
                throw TCError(.badInput, "'\(key)' must be a string, got \(value.kindName)")
            }
            return text
        }
        guard let trace = try text("trace"), !trace.isEmpty else {
            throw TCError(.badInput, "'trace' is missing: it tells requests apart")
        }
        guard let sql = try text("sql") else { throw TCError(.badInput, "'sql' is missing") }
        self.trace = trace
        self.sql = sql
        caller = try text("caller")
        switch object["ts"] {
        case nil, .null?: time = nil
        case let value?:
            time =
                value.string.flatMap { Instant($0) }
                ?? value.number?.int64.map { Instant(milliseconds: $0) }
            guard time != nil else {
                throw TCError(.badInput, "'ts' must be RFC 3339 or whole epoch milliseconds")
            }
        }
        switch object["params"] {
        case nil, .null?: parameters = []
        case .array(let values)?: parameters = values
        case let other?:
            throw TCError(.badInput, "'params' must be an array, got \(other.kindName)")
        }
        switch object["ms"] {
        case nil, .null?: milliseconds = nil
        case .number(let number)?: milliseconds = number.double
        case let other?:
            throw TCError(.badInput, "'ms' must be a number, got \(other.kindName)")
        }
    }
}
