import ArgumentParser
import TCCore
import TCStore
import TCWire

/// The flag that chooses events by what happened.
struct EventTypeOption: ParsableArguments {
    @Option(
        help: .init(
            "Only events of this type, or of all types that begin so: 'tc.auth.*'.",
            valueName: "type"))
    var type: String?

    /// The type as the outbox takes it.
    var wanted: String? {
        get throws {
            guard let type else { return nil }
            guard !type.isEmpty, !type.dropLast().contains("*") else {
                throw TCError(
                    .usage, "--type takes a type, with * at its end only, got '\(type)'",
                    hint: "write --type 'tc.auth.*'")
            }
            return type
        }
    }
}

/// A place among the events, as flags name it.
enum EventPlace: Equatable {
    /// Behind the event with this `sequence`; 0 is before all.
    case position(Int64)
    /// Before the first event that happened then or later.
    case time(Instant)
    /// Behind all that there are.
    case now

    /// - Parameter flag: for messages: `--since`.
    init(_ text: String, flag: String) throws {
        if text == "now" {
            self = .now
        } else if let position = Int64(text), position >= 0 {
            // Not epoch milliseconds: both are whole numbers, and this is what events carry.
            self = .position(position)
        } else if let time = Instant(text), Int64(text) == nil {
            self = .time(time)
        } else {
            throw ErrorText.badValue(
                text, of: flag, from: .flag,
                expected: "a sequence such as 42, a time such as 2026-01-02T03:04:05Z, or now")
        }
    }

    /// The position behind which it is.
    func position(in database: any Database) async throws -> Int64 {
        switch self {
        case .position(let position): position
        case .time(let time): try await Outbox.position(before: time, in: database)
        case .now: try await Outbox.end(in: database)
        }
    }
}

extension RecordSchema {
    /// An event as it is printed.
    static let event = RecordSchema(
        "an event, CloudEvents 1.0",
        [
            .required("specversion", .oneOf(["1.0"]), "the version of CloudEvents"),
            .required("id", .identifier, "the event: evt_…; by it repeats are dropped"),
            .required("source", .string, "the service that tells: tc/auth"),
            .required("type", .string, "what happened: tc.auth.user.registered"),
            .required("subject", .string, "the id of what it is about"),
            .required("time", .time, "when it happened"),
            .required("datacontenttype", .oneOf(["application/json"]), "of what kind data is"),
            .required("sequence", .string, "its place among all events, for --since"),
            .required(
                "data", .object(RecordSchema("what happened", [], allowsOthers: true)),
                "the record as the command would print it"),
        ])
}

extension OutboxEntry {
    /// The event as a line.
    var line: [UInt8] {
        var writer = JSONWriter()
        writer.event(event, position: position)
        writer.newline()
        return writer.bytes
    }
}
