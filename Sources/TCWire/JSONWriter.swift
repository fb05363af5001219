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
        number { text in
            text.integer(value.magnitude)
            if value < 0 { text.put(UInt8(ascii: "-")) }
        }
    }

    public mutating func int(_ value: Int) { int(Int64(value)) }

    /// A number that may be above `Int64.max`.
    public mutating func uint(_ value: UInt64) {
        beginValue()
        number { $0.integer(value) }
    }

    /// The shortest text that reads back as the same number: `87`, `-0.5`, `1e-07`.
    ///
    /// - Parameter value: finite; JSON has no other numbers.
    public mutating func double(_ value: Double) {
        precondition(value.isFinite, "JSON has no number for \(value)")
        beginValue()
        // Most measurements have few decimals. If m / 10⁹, which rounds once since both are exact, is
        // the value, then the decimal text of m with nine decimals reads back as the value. Below 2⁵¹
        // the product is less than a half away from the true one, so that any shorter decimal that
        // reads back as the value is this one without its last zeros.
        let scaled = (value * 1e9).rounded()
        if scaled.magnitude < 0x1p51, scaled / 1e9 == value, scaled != 0 {
            let m = UInt64(scaled.magnitude)
            number { text in
                text.fraction(UInt32(truncatingIfNeeded: m % 1_000_000_000))
                text.integer(m / 1_000_000_000)
                if scaled < 0 { text.put(UInt8(ascii: "-")) }
            }
        } else if value.magnitude < 0x1p53, value.rounded() == value, value.bitPattern != 1 << 63 {
            number { text in
                text.integer(UInt64(value.magnitude))
                if value < 0 { text.put(UInt8(ascii: "-")) }
            }
        } else {
            var text = value.description
            if text.hasSuffix(".0") { text.removeLast(2) }
            bytes.append(contentsOf: text.utf8)
        }
    }

    public mutating func bool(_ value: Bool) {
        beginValue()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// A value that is absent and said to be.
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

    /// Appends a number of at most 24 bytes, which `fill` writes from its end.
    @inline(__always)
    private mutating func number(_ fill: (inout NumberText) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberText.longest) { room in
            var text = NumberText(start: room.baseAddress!)
            fill(&text)
            bytes.append(contentsOf: text.written)
        }
    }
}

/// Digits, written from the last one on.
private struct NumberText {
    static let longest = 24

    let start: UnsafeMutablePointer<UInt8>
    private(set) var at = NumberText.longest

    init(start: UnsafeMutablePointer<UInt8>) { self.start = start }

    var written: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start + at, count: NumberText.longest - at)
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        at -= 1
        start[at] = byte
    }

    @inline(__always)
    mutating func integer(_ value: UInt64) {
        var rest = value
        // Most numbers fit 32 bits, where a division costs less.
        while rest > UInt64(UInt32.max) {
            put(48 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        var small = UInt32(truncatingIfNeeded: rest)
        repeat {
            put(48 + UInt8(truncatingIfNeeded: small % 10))
            small /= 10
        } while small > 0
    }

    /// A point and the billionths behind it without their last zeros; nothing for 0.
    @inline(__always)
    mutating func fraction(_ billionths: UInt32) {
        guard billionths > 0 else { return }
        var rest = billionths
        var digits = 9
        while rest % 1000 == 0 {
            rest /= 1000
            digits -= 3
        }
        while rest % 10 == 0 {
            rest /= 10
            digits -= 1
        }
        for _ in 0..<digits {
            put(48 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        put(UInt8(ascii: "."))
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
