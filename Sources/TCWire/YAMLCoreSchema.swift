/// What a scalar means, by the core schema of YAML 1.2 (section 10.3), in the values of JSON.
enum CoreSchema {
    static let sequence = "tag:yaml.org,2002:seq"
    static let mapping = "tag:yaml.org,2002:map"

    /// Why a scalar has no value.
    struct Refusal: Error {
        let message: String
    }

    /// - Parameters:
    ///   - isPlain: whether it stands without quotes and is no block.
    ///   - tag: resolved; nil where the text has none.
    static func value(
        _ text: String, isPlain: Bool, tag: String?
    ) -> Result<JSONValue, Refusal> {
        let plain = { resolve(text) }
        switch tag {
        case nil: return isPlain ? plain() : .success(.string(text))
        case "!", "tag:yaml.org,2002:str": return .success(.string(text))
        case "tag:yaml.org,2002:null": return checked(plain(), text, "null") { $0.isNull }
        case "tag:yaml.org,2002:bool":
            return checked(plain(), text, "true or false") { $0.bool != nil }
        case "tag:yaml.org,2002:int":
            return checked(plain(), text, "a whole number") {
                $0.number?.text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || isDigit($0) } ?? false
            }
        case "tag:yaml.org,2002:float":
            return checked(plain(), text, "a number") { $0.number != nil }
        case let tag?:
            return .failure(Refusal(message: "the tag '\(tag)' is not supported here"))
        }
    }

    private static func checked(
        _ value: Result<JSONValue, Refusal>, _ text: String, _ what: String,
        by isRight: (JSONValue) -> Bool
    ) -> Result<JSONValue, Refusal> {
        value.flatMap {
            isRight($0) ? .success($0) : .failure(Refusal(message: "'\(text)' is not \(what)"))
        }
    }

    private static func resolve(_ text: String) -> Result<JSONValue, Refusal> {
        switch text {
        case "", "~", "null", "Null", "NULL": return .success(.null)
        case "true", "True", "TRUE": return .success(.bool(true))
        case "false", "False", "FALSE": return .success(.bool(false))
        case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", "+.inf",
            "+.Inf", "+.INF":
            return .failure(Refusal(message: "'\(text)' is no number that can be used"))
        default: break
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            // `Int(_:radix:)` would take a sign here, and YAML does not.
            guard let first = digits.utf8.first, first != UInt8(ascii: "-"),
                first != UInt8(ascii: "+"),
                digits.utf8.allSatisfy({ isDigit($0) || radix == 16 && isHexLetter($0) }),
                radix == 16 || digits.utf8.allSatisfy({ $0 < UInt8(ascii: "8") })
            else { return .success(.string(text)) }
            guard let value = UInt64(digits, radix: radix) else {
                return .failure(Refusal(message: "'\(text)' has more than 64 bits"))
            }
            return .success(.number(JSONNumber(value)))
        }
        return .success(number(text).map { .number($0) } ?? .string(text))
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, in the spelling of JSON:
    /// no plus sign in front, no leading zeros, a digit on both sides of the point.
    private static func number(_ text: String) -> JSONNumber? {
        var rest = text.utf8[...]
        var result = ""
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            if sign == UInt8(ascii: "-") { result = "-" }
            rest.removeFirst()
        }
        let whole = digits(&rest)
        var fraction = rest.prefix(0)
        var hasPoint = false
        if rest.first == UInt8(ascii: ".") {
            hasPoint = true
            rest.removeFirst()
            fraction = digits(&rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        result += significant.isEmpty ? "0" : String(Substring(significant))
        if hasPoint, !fraction.isEmpty { result += "." + String(Substring(fraction)) }
        if let e = rest.first, e | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            result += "e"
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                result += sign == UInt8(ascii: "-") ? "-" : ""
                rest.removeFirst()
            }
            let exponent = digits(&rest)
            guard !exponent.isEmpty else { return nil }
            result += String(Substring(exponent))
        }
        return rest.isEmpty ? JSONNumber(validated: result) : nil
    }

    private static func digits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = rest.prefix { isDigit($0) }
        rest = rest.dropFirst(digits.count)
        return digits
    }

    private static func isHexLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
