import TCCore

/// Walks over JSON text and checks it, strictly by RFC 8259, without making values.
///
/// The syntax of JSON stands here once: `JSONReader` makes values from what these functions have
/// checked. The scanner borrows the bytes; they must outlive it. Nothing is read outside of them, and
/// they need no padding. A lone surrogate in an escape is refused, since no UTF-8 can hold it.
public struct JSONScanner {
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    /// How deep arrays and objects may nest.
    let nestingDepth: Int
    /// Whether `value` refuses an object that has a key twice.
    var refusesRepeatedKeys = false
    /// The offset of the next byte.
    public internal(set) var position = 0

    /// - Parameter bytes: from the start of the text or line, so that error columns are right.
    public init(
        _ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0,
        nestingDepth: Int = Limits.nestingDepth
    ) {
        // An empty buffer may have no address; any will do when nothing is read.
        base = bytes.baseAddress ?? UnsafePointer(bitPattern: 8)!
        count = bytes.count
        self.position = position
        self.nestingDepth = nestingDepth
    }

    /// The next byte; 0, which is no JSON, at the end.
    @inline(__always)
    var next: UInt8 { position < count ? base[position] : 0 }

    /// Goes on to the next byte that is not a space, tab, line feed or carriage return.
    @inline(__always)
    public mutating func skipWhitespace() {
        while position < count {
            switch base[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// Checks the one value that begins here, after whitespace, and stops behind it.
    ///
    /// - Returns: where its text stands.
    public mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let start = position
        // Of each level that is open, whether it is an object rather than an array.
        var isObject: [Bool] = []
        scanning: while true {
            skipWhitespace()
            switch next {
            case UInt8(ascii: "{"):
                try open(depth: isObject.count)
                skipWhitespace()
                if next == UInt8(ascii: "}") {
                    position += 1
                } else {
                    isObject.append(true)
                    _ = try key()
                    continue scanning
                }
            case UInt8(ascii: "["):
                try open(depth: isObject.count)
                skipWhitespace()
                if next == UInt8(ascii: "]") {
                    position += 1
                } else {
                    isObject.append(false)
                    continue scanning
                }
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "t"): try literal("true")
            case UInt8(ascii: "f"): try literal("false")
            case UInt8(ascii: "n"): try literal("null")
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
            default: throw expected("a value")
            }
            // A value is complete: go on in what contains it, or close that too.
            while let inObject = isObject.last {
                if inObject {
                    if try anotherMember() {
                        _ = try key()
                        continue scanning
                    }
                } else if try anotherElement() {
                    continue scanning
                }
                isObject.removeLast()
            }
            return start..<position
        }
    }

    /// Checks that nothing but whitespace is left.
    public mutating func expectEnd() throws(JSONError) {
        skipWhitespace()
        if position < count { throw expected("nothing after the value") }
    }

    // MARK: Parts of a value

    /// Steps over an opening bracket.
    mutating func open(depth: Int) throws(JSONError) {
        guard depth < nestingDepth else {
            throw failure(
                "nests deeper than \(nestingDepth) arrays and objects", .tooDeep, at: position)
        }
        position += 1
    }

    /// After a member: true behind a comma, false behind the closing brace.
    @inline(__always)
    mutating func anotherMember() throws(JSONError) -> Bool {
        skipWhitespace()
        let byte = next
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") else {
            throw expected("',' or '}' after a member")
        }
        position += 1
        return byte == UInt8(ascii: ",")
    }

    /// After an element: true behind a comma, false behind the closing bracket.
    @inline(__always)
    mutating func anotherElement() throws(JSONError) -> Bool {
        skipWhitespace()
        let byte = next
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") else {
            throw expected("',' or ']' after an element")
        }
        position += 1
        return byte == UInt8(ascii: ",")
    }

    /// A key with the colon behind it.
    @inline(__always)
    mutating func key() throws(JSONError) -> StringText {
        skipWhitespace()
        guard next == UInt8(ascii: "\"") else { throw expected("a key in quotes") }
        let text = try string()
        skipWhitespace()
        guard next == UInt8(ascii: ":") else { throw expected("':' after the key") }
        position += 1
        return text
    }

    @inline(__always)
    mutating func literal(_ word: StaticString) throws(JSONError) {
        let length = word.utf8CodeUnitCount
        guard count - position >= length else { throw expected(quoted(word)) }
        for index in 0..<length where base[position + index] != word.utf8Start[index] {
            throw expected(quoted(word))
        }
        position += length
    }

    /// Checks a number that begins here with `-` or a digit.
    @inline(__always)
    mutating func number() throws(JSONError) -> Range<Int> {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        if next == UInt8(ascii: "0") {
            position += 1
            if isDigit(next) { throw failure("a number must not have a leading zero") }
        } else {
            try digits("a digit")
        }
        if next == UInt8(ascii: ".") {
            position += 1
            try digits("a digit after the decimal point")
        }
        if next | 0x20 == UInt8(ascii: "e") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            try digits("a digit in the exponent")
        }
        return start..<position
    }

    @inline(__always)
    private mutating func digits(_ what: StaticString) throws(JSONError) {
        guard isDigit(next) else { throw expected("\(what)") }
        repeat { position += 1 } while isDigit(next)
    }

    // MARK: Errors

    func failure(_ message: String) -> JSONError { failure(message, at: position) }

    func failure(
        _ message: String, _ reason: RejectionReason = .jsonSyntax, at offset: Int
    ) -> JSONError {
        JSONError(
            message, reason, at: offset, in: UnsafeBufferPointer(start: base, count: count))
    }

    /// `expected …, got …`.
    func expected(_ what: String) -> JSONError {
        if position < count, isByteOrderMark {
            return failure("a byte order mark is not JSON; write plain UTF-8")
        }
        return failure("expected \(what), got \(found)")
    }

    private var isByteOrderMark: Bool {
        switch base[position] {
        case 0xEF: position + 2 < count && base[position + 1] == 0xBB && base[position + 2] == 0xBF
        case 0xFE: position + 1 < count && base[position + 1] == 0xFF
        case 0xFF: position + 1 < count && base[position + 1] == 0xFE
        default: false
        }
    }

    private var found: String {
        guard position < count else { return "the end" }
        let byte = base[position]
        if byte > 0x20, byte < 0x7F { return "'\(Unicode.Scalar(byte))'" }
        let hex = String(byte, radix: 16, uppercase: true)
        return "byte 0x\(hex.count == 1 ? "0" : "")\(hex)"
    }

    private func quoted(_ word: StaticString) -> String { "'\(word)'" }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
