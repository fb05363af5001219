/// The grammar of RFC 8259 as plainly as it can be written: the oracle against which the fast reader is
/// fuzzed. It shares no code with it.
struct PlainJSON {
    private let bytes: [UInt8]
    private let nestingDepth: Int
    private var at = 0

    /// Whether `bytes` are one JSON text with well-formed UTF-8, no lone surrogate in an escape and no
    /// deeper nesting.
    static func accepts(_ bytes: [UInt8], nestingDepth: Int) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        var grammar = PlainJSON(bytes: bytes, nestingDepth: nestingDepth)
        grammar.whitespace()
        guard grammar.value(depth: 0) else { return false }
        grammar.whitespace()
        return grammar.at == bytes.count
    }

    private mutating func take(_ character: Character) -> Bool {
        guard at < bytes.count, bytes[at] == character.asciiValue! else { return false }
        at += 1
        return true
    }

    private mutating func take(anyOf characters: String) -> Bool {
        characters.contains { take($0) }
    }

    private mutating func take(word: String) -> Bool {
        word.allSatisfy { take($0) }
    }

    private mutating func whitespace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func value(depth: Int) -> Bool {
        if take("{") { return depth < nestingDepth && members(depth: depth + 1) }
        if take("[") { return depth < nestingDepth && elements(depth: depth + 1) }
        if take("\"") { return characters() }
        if take("t") { return take(word: "rue") }
        if take("f") { return take(word: "alse") }
        if take("n") { return take(word: "ull") }
        return number()
    }

    private mutating func members(depth: Int) -> Bool {
        whitespace()
        if take("}") { return true }
        while true {
            whitespace()
            guard take("\""), characters() else { return false }
            whitespace()
            guard take(":") else { return false }
            whitespace()
            guard value(depth: depth) else { return false }
            whitespace()
            if take("}") { return true }
            guard take(",") else { return false }
        }
    }

    private mutating func elements(depth: Int) -> Bool {
        whitespace()
        if take("]") { return true }
        while true {
            whitespace()
            guard value(depth: depth) else { return false }
            whitespace()
            if take("]") { return true }
            guard take(",") else { return false }
        }
    }

    /// Up to and with the closing quote.
    private mutating func characters() -> Bool {
        while at < bytes.count {
            if take("\"") { return true }
            if take("\\") {
                if take(anyOf: "\"\\/bfnrt") { continue }
                guard take("u"), let first = hexadecimal() else { return false }
                switch first {
                case 0xD800...0xDBFF:
                    guard take("\\"), take("u"), let second = hexadecimal(),
                        (0xDC00...0xDFFF).contains(second)
                    else { return false }
                case 0xDC00...0xDFFF: return false
                default: continue
                }
            } else if bytes[at] < 0x20 {
                return false
            } else {
                at += 1
            }
        }
        return false
    }

    private mutating func hexadecimal() -> Int? {
        guard at + 4 <= bytes.count else { return nil }
        let digits = bytes[at..<(at + 4)]
        at += 4
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else {
            return nil
        }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") {
            guard take(anyOf: "123456789") else { return false }
            digits()
        }
        if take(".") {
            guard take(anyOf: "0123456789") else { return false }
            digits()
        }
        if take(anyOf: "eE") {
            _ = take(anyOf: "+-")
            guard take(anyOf: "0123456789") else { return false }
            digits()
        }
        return true
    }

    private mutating func digits() {
        while take(anyOf: "0123456789") {}
    }
}
