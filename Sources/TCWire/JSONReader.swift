import TCCore

/// Reads JSON text into values, strictly by RFC 8259.
///
/// What the standard leaves open: of a repeated key the last value counts, unless the caller refuses
/// repeated keys; a byte order mark, invalid
/// UTF-8 and a lone surrogate are refused; nesting is limited; numbers keep their text.
public enum JSONReader {
    /// What becomes of an object that has a key twice.
    public enum RepeatedKeys: Sendable {
        /// The last value counts.
        case lastCounts
        /// The text is refused: of two readers, one may go by the first value and one by the last, so
        /// what one has checked is not what the other uses.
        case refused
    }

    /// Reads one value with nothing but whitespace around it.
    ///
    /// - Parameter nestingDepth: how deep arrays and objects may nest; at most some thousands, since
    ///   each level takes a piece of the stack.
    public static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, nestingDepth: Int = Limits.nestingDepth,
        repeatedKeys: RepeatedKeys = .lastCounts
    ) throws(JSONError) -> JSONValue {
        var scanner = JSONScanner(bytes, nestingDepth: nestingDepth)
        scanner.refusesRepeatedKeys = repeatedKeys == .refused
        let value = try scanner.value(depth: 0)
        try scanner.expectEnd()
        return value
    }

    /// The same for an array.
    public static func parse(
        _ bytes: [UInt8], nestingDepth: Int = Limits.nestingDepth,
        repeatedKeys: RepeatedKeys = .lastCounts
    ) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            try parse(bytes, nestingDepth: nestingDepth, repeatedKeys: repeatedKeys)
        }
    }

    /// The same for a string.
    public static func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8))
    }
}

extension JSONScanner {
    /// The value that begins here, after whitespace.
    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipWhitespace()
        switch next {
        case UInt8(ascii: "\""): return .string(decode(try string()))
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let range = try number()
            let text = UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
            return .number(JSONNumber(validated: String(decoding: text, as: UTF8.self)))
        default: throw expected("a value")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try open(depth: depth)
        skipWhitespace()
        if next == UInt8(ascii: "]") {
            position += 1
            return []
        }
        var elements: [JSONValue] = []
        repeat { elements.append(try value(depth: depth + 1)) } while try anotherElement()
        return elements
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try open(depth: depth)
        skipWhitespace()
        if next == UInt8(ascii: "}") {
            position += 1
            return JSONObject()
        }
        var members = MemberList()
        repeat {
            skipWhitespace()
            let start = position
            let key = decode(try key())
            let isNew = members.append(key, try value(depth: depth + 1))
            if !isNew, refusesRepeatedKeys { throw failure("the key is repeated", at: start) }
        } while try anotherMember()
        return JSONObject(distinct: members.members)
    }
}

/// Gathers members and finds repeated keys.
///
/// Most objects are small and repeat none, which one bit a key mostly proves: only when the bit of a
/// key is taken are the others compared. Past `indexedFrom` members an index is kept, so that a hostile
/// object with a hundred thousand keys costs no more for each.
private struct MemberList {
    private(set) var members: [JSONObject.Member] = []
    private var taken: UInt64 = 0
    private var index: [ExactKey: Int] = [:]

    private static let indexedFrom = 64

    /// Whether the key was new; of a repeated one the value is replaced.
    @inline(__always)
    mutating func append(_ key: String, _ value: JSONValue) -> Bool {
        let bit = MemberList.bit(key)
        if taken & bit != 0 || members.count >= MemberList.indexedFrom, let place = place(key) {
            members[place].value = value
            return false
        }
        taken |= bit
        if members.isEmpty { members.reserveCapacity(8) }
        if members.count >= MemberList.indexedFrom { index[ExactKey(text: key)] = members.count }
        members.append(JSONObject.Member(key: key, value: value))
        return true
    }

    private mutating func place(_ key: String) -> Int? {
        if members.count < MemberList.indexedFrom {
            return members.firstIndex { hasSameBytes($0.key, key) }
        }
        if index.isEmpty {
            for (place, member) in members.enumerated() {
                index[ExactKey(text: member.key)] = place
            }
        }
        return index[ExactKey(text: key)]
    }

    /// From the length, the first and the last byte.
    @inline(__always)
    private static func bit(_ key: String) -> UInt64 {
        let bytes = key.utf8
        guard let first = bytes.first, let last = bytes.last else { return 1 }
        return 1 << ((UInt64(first) &* 7 &+ UInt64(last) &* 13 &+ UInt64(bytes.count)) & 63)
    }
}
