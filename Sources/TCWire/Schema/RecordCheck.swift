import TCCore

/// One way in which a record is not what its schema says.
public struct FieldFault: Equatable, Sendable {
    /// Where, as a JSON Pointer (RFC 6901): `/address/street`; empty for the record itself.
    public let pointer: String
    /// `'age' must be a whole number from 0 to 150, got "x"`; the value only where it is not secret.
    public let message: String

    /// Any fault, for checks that a schema cannot say.
    public init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }
}

extension RecordSchema {
    /// What is wrong with `record`, in the order of the schema's fields; empty where it is right.
    ///
    /// A field that may be absent may also be null. At most `limit` faults are gathered, so that a
    /// hostile record cannot make a long answer.
    public func faults(in record: JSONObject, limit: Int = 16) -> [FieldFault] {
        var check = RecordCheck(limit: limit)
        check.record(record, self, at: RecordCheck.Place(), isSecret: false)
        return check.faults
    }
}

extension RecordSchema.FieldType {
    /// What is wrong with a value that stands alone, such as a parameter of a URL; nil where it is
    /// right.
    public func fault(in value: JSONValue, named name: String, isSecret: Bool) -> FieldFault? {
        var check = RecordCheck(limit: 1)
        check.value(value, self, at: RecordCheck.Place().field(name), isSecret: isSecret)
        return check.faults.first
    }
}

/// Walks a record beside its schema.
private struct RecordCheck {
    /// A place in the record, in the two forms that a fault shows.
    struct Place {
        var pointer = ""
        var name = ""

        func field(_ field: String) -> Place {
            // The escapes of RFC 6901, section 3.
            var escaped = ""
            for character in field {
                switch character {
                case "~": escaped += "~0"
                case "/": escaped += "~1"
                default: escaped.append(character)
                }
            }
            return Place(
                pointer: "\(pointer)/\(escaped)", name: name.isEmpty ? field : "\(name).\(field)")
        }

        func element(_ index: Int) -> Place {
            Place(pointer: "\(pointer)/\(index)", name: "\(name)[\(index)]")
        }
    }

    let limit: Int
    private(set) var faults: [FieldFault] = []

    init(limit: Int) { self.limit = limit }

    mutating func record(
        _ record: JSONObject, _ schema: RecordSchema, at place: Place, isSecret: Bool
    ) {
        for field in schema.fields {
            let value = record[field.name]
            // Names are made into a place only where they are needed: most records are right.
            guard let value, !value.isNull || field.isRequired else {
                if field.isRequired { add(place.field(field.name), "is missing") }
                continue
            }
            if field.type.takes(value) { continue }
            self.value(
                value, field.type, at: place.field(field.name), isSecret: isSecret || field.isSecret
            )
        }
        for group in schema.together {
            let present = group.filter { record[$0].map { !$0.isNull } ?? false }
            guard !present.isEmpty, let absent = group.first(where: { !present.contains($0) })
            else { continue }
            add(place.field(absent), "must stand beside '\(present[0])'")
        }
        guard !schema.allowsOthers else { return }
        for member in record.members where faults.count < limit {
            if schema.fields.contains(where: { $0.name == member.key }) { continue }
            let known = nearest(to: member.key, in: schema.fields.map(\.name))
            add(
                place.field(shortened(member.key)),
                "is not a field of \(schema.title)" + (known.map { "; '\($0)'?" } ?? ""))
        }
    }

    mutating func value(
        _ value: JSONValue, _ type: RecordSchema.FieldType, at place: Place, isSecret: Bool
    ) {
        switch (type, value) {
        case (.object(let schema), .object(let object)):
            record(object, schema, at: place, isSecret: isSecret)
        case (.array(let element), .array(let values)):
            for (index, value) in values.enumerated() where faults.count < limit {
                self.value(value, element, at: place.element(index), isSecret: isSecret)
            }
        default:
            if type.takes(value) { return }
            add(
                place,
                "must be \(type.expectation)" + (isSecret ? "" : ", got \(quoted(value))"))
        }
    }

    private mutating func add(_ place: Place, _ text: String) {
        guard faults.count < limit else { return }
        faults.append(FieldFault(pointer: place.pointer, message: "'\(place.name)' \(text)"))
    }

    /// The value as a message shows it: its JSON text, cut where it is long.
    private func quoted(_ value: JSONValue) -> String {
        switch value {
        case .object, .array: return value.kindName
        default:
            var json = JSONWriter()
            json.value(value)
            return shortened(String(decoding: json.bytes, as: UTF8.self))
        }
    }

    private func shortened(_ text: String) -> String {
        text.unicodeScalars.count <= 64
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(61))) + "..."
    }
}

extension RecordSchema.FieldType {
    /// Whether `value` is right without a look inside: false for objects and arrays whose parts have
    /// types of their own.
    fileprivate func takes(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.string, .string), (.boolean, .bool), (.anything, _): true
        case (.text(let lengths), .string(let text)): lengths.contains(text.unicodeScalars.count)
        case (.identifier, .string(let text)): isIdentifier(text)
        case (.integer(let range), .number(let number)):
            number.int64.map { range.contains($0) } ?? false
        case (.number(let range), .number(let number)):
            number.double.map { range.contains($0) } ?? false
        case (.time, .string(let text)), (.timeIn, .string(let text)): isTime(text)
        case (.timeIn, .number(let number)): number.int64.map { $0 >= 0 } ?? false
        case (.oneOf(let words), .string(let text)): words.contains(text)
        default: false
        }
    }

    /// What a message says that a value must be.
    fileprivate var expectation: String {
        switch self {
        case .string: "a string"
        case .text(let lengths):
            if lengths.upperBound == .max {
                "a string of at least \(lengths.lowerBound) characters"
            } else if lengths.count == 1 {
                "a string of \(lengths.lowerBound) characters"
            } else {
                "a string of \(lengths.lowerBound) to \(lengths.upperBound) characters"
            }
        case .identifier: "1 to 64 characters of A-Z a-z 0-9 . _ : -"
        case .integer(let range):
            "a whole number"
                + bounds(
                    range.lowerBound == .min ? nil : "\(range.lowerBound)",
                    range.upperBound == .max ? nil : "\(range.upperBound)")
        case .number(let range):
            "a number"
                + bounds(
                    range.lowerBound == -.greatestFiniteMagnitude
                        ? nil : JSONNumber(range.lowerBound).text,
                    range.upperBound == .greatestFiniteMagnitude
                        ? nil : JSONNumber(range.upperBound).text)
        case .boolean: "true or false"
        case .time: "an RFC 3339 time"
        case .timeIn: "an RFC 3339 time or whole epoch milliseconds"
        case .oneOf(let words): "one of \(words.joined(separator: ", "))"
        case .object(let schema): "an object, \(schema.title)"
        case .array: "an array"
        case .anything: "anything"
        }
    }

    private func bounds(_ least: String?, _ most: String?) -> String {
        switch (least, most) {
        case (nil, nil): ""
        case (nil, let most?): ", at most \(most)"
        case (let least?, nil): ", \(least) or more"
        case (let least?, let most?): " from \(least) to \(most)"
        }
    }

    private func isIdentifier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: ":"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private func isTime(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { Instant(rfc3339: $0) } != nil
    }
}
