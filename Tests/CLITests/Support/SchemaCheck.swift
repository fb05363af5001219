import TCCore
import TCWire

/// Checks a value against a JSON Schema, as far as `tc schema` uses the language. An unknown keyword
/// is itself a finding, so that nothing is passed over by mistake.
struct SchemaCheck {
    private(set) var findings: [String] = []

    private static let annotations: Set<String> = ["$schema", "title", "description", "unit"]

    static func findings(_ value: JSONValue, against schema: JSONObject) -> [String] {
        var check = SchemaCheck()
        check.check(value, schema, at: "$")
        return check.findings
    }

    private mutating func check(_ value: JSONValue, _ schema: JSONObject, at place: String) {
        for keyword in schema.members where !SchemaCheck.annotations.contains(keyword.key) {
            let problem: String?
            switch keyword.key {
            case "type": problem = type(value, keyword.value)
            case "enum":
                problem = keyword.value.array!.contains(value) ? nil : "is none of the words"
            case "pattern": problem = identifier(value)
            case "format": problem = time(value)
            case "minimum", "maximum":
                problem = bound(value, keyword.value.number!.double!, keyword.key)
            case "minLength":
                problem =
                    length(value).map { $0 >= keyword.value.number!.int64! } ?? true
                    ? nil : "is too short"
            case "maxLength":
                problem =
                    length(value).map { $0 <= keyword.value.number!.int64! } ?? true
                    ? nil : "is too long"
            case "required":
                let missing = keyword.value.array!.filter { value.object?[$0.string!] == nil }
                problem = missing.isEmpty ? nil : "lacks \(missing.map { $0.string! })"
            case "dependentRequired": problem = dependent(value, keyword.value.object!)
            case "properties":
                for property in keyword.value.object!.members {
                    guard let member = value.object?[property.key] else { continue }
                    check(member, property.value.object!, at: "\(place).\(property.key)")
                }
                problem = nil
            case "additionalProperties":
                problem = others(value, schema, allowed: keyword.value.bool!)
            case "items":
                for (index, element) in (value.array ?? []).enumerated() {
                    check(element, keyword.value.object!, at: "\(place)[\(index)]")
                }
                problem = nil
            case "anyOf":
                let fits = keyword.value.array!.contains {
                    SchemaCheck.findings(value, against: $0.object!).isEmpty
                }
                problem = fits ? nil : "fits no choice"
            default: problem = "keyword '\(keyword.key)' is not known to this check"
            }
            if let problem { findings.append("\(place) \(problem)") }
        }
    }

    private func type(_ value: JSONValue, _ type: JSONValue) -> String? {
        let names = (type.array ?? [type]).map { $0.string! }
        let fits = names.contains { name in
            switch name {
            case "string": value.string != nil
            case "boolean": value.bool != nil
            case "integer": value.number?.int64 != nil
            case "number": value.number != nil
            case "object": value.object != nil
            case "array": value.array != nil
            case "null": value.isNull
            default: false
            }
        }
        return fits ? nil : "is \(value.kindName), not \(names)"
    }

    /// In Unicode scalars, as JSON Schema counts; nil for what is no string.
    private func length(_ value: JSONValue) -> Int64? {
        value.string.map { Int64($0.unicodeScalars.count) }
    }

    private func identifier(_ value: JSONValue) -> String? {
        guard let text = value.string else { return nil }
        let fits =
            (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case 48...57, 65...90, 97...122: true
                default: ".:_-".utf8.contains($0)
                }
            }
        return fits ? nil : "is no identifier: '\(text)'"
    }

    private func time(_ value: JSONValue) -> String? {
        guard let text = value.string else { return nil }
        var copy = text
        return copy.withUTF8 { Instant(rfc3339: $0) } == nil ? "is no time: '\(text)'" : nil
    }

    private func bound(_ value: JSONValue, _ bound: Double, _ keyword: String) -> String? {
        guard let number = value.number?.double else { return nil }
        return keyword == "minimum" && number < bound || keyword == "maximum" && number > bound
            ? "is \(number), beyond the \(keyword) of \(bound)" : nil
    }

    private func dependent(_ value: JSONValue, _ groups: JSONObject) -> String? {
        for group in groups.members where value.object?[group.key] != nil {
            for name in group.value.array! where value.object?[name.string!] == nil {
                return "has \(group.key) without \(name.string!)"
            }
        }
        return nil
    }

    private func others(_ value: JSONValue, _ schema: JSONObject, allowed: Bool) -> String? {
        guard !allowed, let object = value.object else { return nil }
        let known = schema["properties"]?.object?.keys ?? []
        let others = object.keys.filter { !known.contains($0) }
        return others.isEmpty ? nil : "has more: \(others)"
    }
}
