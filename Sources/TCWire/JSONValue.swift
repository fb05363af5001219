import Glibc

/// Any JSON value, with nothing rounded and nothing reordered.
///
/// Two values are equal when they would be written alike: numbers by their text, strings and keys by
/// their bytes, objects member by member in their order.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue: Equatable {
    /// Whether the two would be written alike.
    public static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): hasSameBytes(a, b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

extension JSONValue {
    /// The text of a string; nil for any other kind.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The number; nil for any other kind.
    public var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
    /// True or false; nil for any other kind.
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    /// The elements of an array; nil for any other kind.
    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    /// The object; nil for any other kind.
    public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    /// Whether it is `null`.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// What a message calls a value of this kind: `a string`, `an object`.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// The members of an object, in the order in which their keys first appeared.
///
/// A key appears once; where the text repeats it, the last value stands at the first one's place.
/// Looking a key up walks the members, which for records of some dozens of fields is the fastest way.
public struct JSONObject: Equatable, Sendable {
    /// A key and its value.
    public struct Member: Equatable, Sendable {
        public let key: String
        public var value: JSONValue

        /// Any key with any value.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }

        public static func == (a: Member, b: Member) -> Bool {
            hasSameBytes(a.key, b.key) && a.value == b.value
        }
    }

    /// In order, with distinct keys.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// - Parameter members: with distinct keys.
    init(distinct members: [Member]) { self.members = members }

    /// How many members there are.
    public var count: Int { members.count }
    /// Whether there are none.
    public var isEmpty: Bool { members.isEmpty }
    /// The keys of the members, in order.
    public var keys: [String] { members.map(\.key) }

    /// The value of `key`, nil where it is absent. Setting keeps the place of a key that is there and
    /// appends a new one; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get { index(of: key).map { members[$0].value } }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func index(of key: String) -> Int? {
        members.firstIndex { hasSameBytes($0.key, key) }
    }
}

/// Whether two strings have the same UTF-8. Swift's `==` also takes "é" and "e" + U+0301 for one
/// string; as JSON keys they are two.
@inline(__always)
func hasSameBytes(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    var (a, b) = (a, b)
    return a.withUTF8 { a in
        b.withUTF8 { b in a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0 }
    }
}
