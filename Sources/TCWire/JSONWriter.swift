import TCCore

/// Writes JSON text into a byte buffer that grows; commas are set by themselves.
///
/// The caller keeps the nesting right: a key before each value of an object, an end for each begin.
/// Nothing is allocated beyond the buffer, so one writer serves a whole stream of records.
public struct JSONWriter {
    /// What has been written since the start or the last `reset`.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init() {}

    public var count: Int { bytes.count }

    /// Forgets what was written and keeps the room for it.
    public mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    public mutating func beginObject() { open("{") }
    public mutating func endObject() { close("}") }
    public mutating func beginArray() { open("[") }
    public mutating func endArray() { close("]") }

    /// Ends a line of JSON lines.
    public mutating func newline() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    /// A key of our own: ASCII that needs no escape.
    @inline(__always)
    public mutating func key(_ name: StaticString) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func key(_ name: String) {
        comma()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func string(_ value: String) {
        beginValue()
        quote(value)
    }

    /// - Parameter utf8: valid UTF-8, not yet escaped.
    public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        beginValue()
        quote(utf8)
    }

    public mutating func int(_ value: Int64) {
        beginValue()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        digits(value.magnitude)
    }

    public mutating func int(_ value: Int) { int(Int64(value)) }

    public mutating func uint(_ value: UInt64) {
        beginValue()
        digits(value)
    }

    /// The shortest text that reads back as the same number: `87`, `-0.5`, `1e-07`.
    ///
    /// - Parameter value: finite; JSON has no other numbers.
    public mutating func double(_ value: Double) {
        precondition(value.isFinite, "JSON has no number for \(value)")
        beginValue()
        // Most measurements have few decimals. If m / 10ᵏ, correctly rounded, is the value, then the
        // decimal text of m with k decimals reads back as the value, and the least such k is the
        // shortest. Both m and 10ᵏ are exact, so the division rounds once.
        if value.magnitude < 1e15, !(value == 0 && value.sign == .minus) {
            var power = 1.0
            for decimals in 0..<10 {
                let scaled = (value * power).rounded()
                if scaled.magnitude >= 9_007_199_254_740_992 { break }
                if scaled / power == value {
                    decimal(Int64(scaled), decimals: decimals)
                    return
                }
                power *= 10
            }
        }
        var text = value.description
        if text.hasSuffix(".0") { text.removeLast(2) }
        bytes.append(contentsOf: text.utf8)
    }

    public mutating func bool(_ value: Bool) {
        beginValue()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    public mutating func null() {
        beginValue()
        bytes.append(contentsOf: "null".utf8)
    }

    /// A value that already is JSON text.
    public mutating func raw(_ json: UnsafeBufferPointer<UInt8>) {
        beginValue()
        bytes.append(contentsOf: json)
    }

    /// `"2026-01-02T03:04:05.123Z"`.
    public mutating func instant(_ value: Instant) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Instant.rfc3339Length) { text in
            value.writeRFC3339(to: text.baseAddress!)
            bytes.append(contentsOf: text)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Puts the members of `object`, the text of one JSON object, into the object being written.
    /// Empty text and `{}` add nothing.
    public mutating func rawFields(ofObject object: UnsafeBufferPointer<UInt8>) {
        guard object.count > 2 else { return }
        comma()
        bytes.append(contentsOf: object[1..<(object.count - 1)])
        needsComma = true
    }

    // MARK: Parts

    @inline(__always)
    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    /// What stands before every value.
    @inline(__always)
    private mutating func beginValue() {
        comma()
        needsComma = true
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        comma()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        var copy = text
        copy.withUTF8 { quote($0) }
    }

    private mutating func quote(_ utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var plainStart = 0
        for (index, byte) in utf8.enumerated()
        where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            bytes.append(contentsOf: utf8[plainStart..<index])
            escape(byte)
            plainStart = index + 1
        }
        bytes.append(contentsOf: utf8[plainStart...])
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let hex: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(hex.utf8Start[Int(byte >> 4)])
            bytes.append(hex.utf8Start[Int(byte & 15)])
        }
    }

    private mutating func decimal(_ scaled: Int64, decimals: Int) {
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        guard decimals > 0 else { return digits(scaled.magnitude) }
        var power: UInt64 = 1
        for _ in 0..<decimals { power *= 10 }
        digits(scaled.magnitude / power)
        bytes.append(UInt8(ascii: "."))
        digits(scaled.magnitude % power, width: decimals)
    }

    /// - Parameter width: at least so many digits, with zeros in front.
    @inline(__always)
    private mutating func digits(_ value: UInt64, width: Int = 1) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in
            var rest = value
            var at = 20
            repeat {
                at -= 1
                text[at] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 || 20 - at < width
            bytes.append(contentsOf: text[at...])
        }
    }
}

extension JSONWriter {
    /// Any value; numbers as they came.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let number):
            beginValue()
            bytes.append(contentsOf: number.text.utf8)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object): self.object(object)
        }
    }

    /// An object with its members in their order.
    public mutating func object(_ object: JSONObject) {
        beginObject()
        for member in object.members {
            key(member.key)
            value(member.value)
        }
        endObject()
    }
}
