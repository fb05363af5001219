/// Record schemas as JSON Schema, draft 2020-12.
///
/// A unit stands in the annotation `unit`, which validators pass over.
extension RecordSchema {
    /// The keywords of an object with these fields, without the braces.
    ///
    /// - Parameter acceptsNull: whether a field that may be absent may also be null, as it may in
    ///   what is read.
    public func writeFields(acceptsNull: Bool, to json: inout JSONWriter) {
        json.key("title")
        json.string(title)
        json.key("type")
        json.string("object")
        json.key("properties")
        json.beginObject()
        for field in fields {
            json.key(field.name)
            json.beginObject()
            json.key("description")
            json.string(field.doc)
            if let unit = field.unit {
                json.key("unit")
                json.string(unit)
            }
            field.type.write(orNull: acceptsNull && !field.isRequired, to: &json)
            json.endObject()
        }
        json.endObject()
        json.key("required")
        json.strings(fields.filter(\.isRequired).map(\.name))
        if !together.isEmpty {
            json.key("dependentRequired")
            json.beginObject()
            for group in together {
                for name in group {
                    json.key(name)
                    json.strings(group.filter { $0 != name })
                }
            }
            json.endObject()
        }
        json.key("additionalProperties")
        json.bool(allowsOthers)
    }
}

extension RecordSchema.FieldType {
    /// The keywords that say what a value may be, without the braces.
    public func write(orNull: Bool, to json: inout JSONWriter) {
        switch self {
        case .string: json.type("string", orNull: orNull)
        case .text(let lengths):
            json.type("string", orNull: orNull)
            json.bound("minLength", Int64(lengths.lowerBound))
            if lengths.upperBound != .max {
                json.bound("maxLength", Int64(lengths.upperBound))
            }
        case .identifier:
            json.type("string", orNull: orNull)
            json.key("pattern")
            json.string("^[A-Za-z0-9._:-]{1,64}$")
        case .boolean: json.type("boolean", orNull: orNull)
        case .integer(let range):
            json.type("integer", orNull: orNull)
            if range.lowerBound != .min { json.bound("minimum", range.lowerBound) }
            if range.upperBound != .max { json.bound("maximum", range.upperBound) }
        case .number(let range):
            json.type("number", orNull: orNull)
            let greatest = Double.greatestFiniteMagnitude
            if range.lowerBound != -greatest { json.bound("minimum", range.lowerBound) }
            if range.upperBound != greatest { json.bound("maximum", range.upperBound) }
        case .time:
            json.type("string", orNull: orNull)
            json.key("format")
            json.string("date-time")
        case .timeIn:
            json.key("anyOf")
            json.beginArray()
            for part in [RecordSchema.FieldType.time, .count] {
                json.beginObject()
                part.write(orNull: orNull, to: &json)
                json.endObject()
            }
            json.endArray()
        case .oneOf(let words):
            json.key("enum")
            json.beginArray()
            for word in words { json.string(word) }
            if orNull { json.null() }
            json.endArray()
        case .object(let schema): schema.writeFields(acceptsNull: orNull, to: &json)
        case .array(let element):
            json.type("array", orNull: orNull)
            json.key("items")
            json.beginObject()
            element.write(orNull: false, to: &json)
            json.endObject()
        case .anything: break
        }
    }
}

extension JSONWriter {
    fileprivate mutating func type(_ name: String, orNull: Bool) {
        key("type")
        if orNull { strings([name, "null"]) } else { string(name) }
    }

    fileprivate mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    fileprivate mutating func bound(_ name: String, _ value: Int64) {
        key(name)
        int(value)
    }

    fileprivate mutating func bound(_ name: String, _ value: Double) {
        key(name)
        double(value)
    }
}
