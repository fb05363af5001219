import TCCore

/// Writes JSON text into a byte buffer that grows; commas are set by themselves.
///
/// The caller keeps the nesting right: a key before each value of an object, an end for each begin.
/// Nothing is allocated beyond the buffer, so one writer serves a whole stream of records.
public struct JSONWriter: Sendable {
    /// Bytes written since the start or the last `reset`.
    public private(set) var count = 0
    /// Room for more than was written, so that each value checks and claims its room once and then
    /// writes through a pointer: four times as fast as appending to the array.
    private var storage: [UInt8] = []
    private var needsComma = false

    /// Writes into no room yet; the first value takes some.
    public init() {}

    /// A copy of what has been written since the start or the last `reset`.
    public var bytes: [UInt8] { Array(storage[..<count]) }

    /// Calls `body` with what has been written, without copying it.
    public func withBytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try storage.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[..<count]))
        }
    }

    /// Forgets what was written and keeps the room for it.
    public mutating func reset() {
        count = 0
        needsComma = false
    }

    /// Begins an object; what follows up to its end are keys, each with a value.
    public mutating func beginObject() { open("{") }
    /// Ends the object that began last.
    public mutating func endObject() { close("}") }
    /// Begins an array; what follows up to its end are its elements.
    public mutating func beginArray() { open("[") }
    /// Ends the array that began last.
    public mutating func endArray() { close("]") }

    /// Ends a line of JSON lines.
    public mutating func newline() {
        put(1) { $0.put("\n") }
        needsComma = false
    }

    /// A key of our own: ASCII that needs no escape.
    public mutating func key(_ name: StaticString) {
        let text = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        let comma = needsComma
        put(text.count + 4) {
            if comma { $0.put(",") }
            $0.put("\"")
            $0.put(text)
            $0.put("\"")
            $0.put(":")
        }
        needsComma = false
    }

    /// Any key.
    public mutating func key(_ name: String) {
        string(name)
        put(1) { $0.put(":") }
        needsComma = false
    }

    /// A string, escaped where it must be.
    public mutating func string(_ value: String) {
        var copy = value
        copy.withUTF8 { string(utf8: $0) }
    }

    /// The same for bytes.
    ///
    /// - Parameter utf8: valid UTF-8, not yet escaped.
    public mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        let comma = beginValue()
        var special = firstToEscape(utf8, from: 0)
        if special == utf8.count {
            return put(utf8.count + 3) {
                if comma { $0.put(",") }
                $0.put("\"")
                $0.put(utf8)
                $0.put("\"")
            }
        }
        put(2) {
            if comma { $0.put(",") }
            $0.put("\"")
        }
        var start = 0
        while true {
            let plain = UnsafeBufferPointer(rebasing: utf8[start..<special])
            put(plain.count + 6) {
                $0.put(plain)
                if special < utf8.count { $0.putEscaped(utf8[special]) } else { $0.put("\"") }
            }
            if special == utf8.count { return }
            start = special + 1
            special = firstToEscape(utf8, from: start)
        }
    }

    /// A whole number, exact.
    public mutating func int(_ value: Int64) { number(value.magnitude, isNegative: value < 0) }
    /// The same for the type of counts.
    public mutating func int(_ value: Int) { int(Int64(value)) }
    /// A number that may be above `Int64.max`.
    public mutating func uint(_ value: UInt64) { number(value, isNegative: false) }

    /// The shortest text that reads back as the same number: `87`, `-0.5`, `1e-07`.
    ///
    /// - Parameter value: finite; JSON has no other numbers.
    public mutating func double(_ value: Double) {
        precondition(value.isFinite, "JSON has no number for \(value)")
        // Most measurements have few decimals. If m / 10⁹, which rounds once since both are exact, is
        // the value, then the decimal text of m with nine decimals reads back as the value. Below 2⁵¹
        // the product is less than a half away from the true one, so that any shorter decimal that
        // reads back as the value is this one without its last zeros.
        let scaled = (value * 1e9).rounded()
        if scaled.magnitude < 0x1p51, scaled / 1e9 == value, scaled != 0 {
            let m = UInt64(scaled.magnitude)
            number(
                m / 1_000_000_000, isNegative: value < 0,
                billionths: UInt32(truncatingIfNeeded: m % 1_000_000_000))
        } else if value.magnitude < 0x1p53, value.rounded() == value, value.bitPattern != 1 << 63 {
            number(UInt64(value.magnitude), isNegative: value < 0)
        } else {
            var text = value.description
            if text.hasSuffix(".0") { text.removeLast(2) }
            raw(text)
        }
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
    /// A value that is absent and said to be.
    public mutating func null() { raw("null") }

    /// A value that already is JSON text.
    public mutating func raw(_ json: UnsafeBufferPointer<UInt8>) {
        let comma = beginValue()
        put(json.count + 1) {
            if comma { $0.put(",") }
            $0.put(json)
        }
    }

    private mutating func raw(_ json: String) {
        var copy = json
        copy.withUTF8 { raw($0) }
    }

    /// `"2026-01-02T03:04:05.123Z"`.
    public mutating func instant(_ value: Instant) {
        let comma = beginValue()
        put(Instant.rfc3339Length + 3) {
            if comma { $0.put(",") }
            $0.put("\"")
            value.writeRFC3339(to: $0.next)
            $0.next += Instant.rfc3339Length
            $0.put("\"")
        }
    }

    /// Puts the members of `object`, the text of one JSON object, into the object being written.
    /// Empty text and `{}` add nothing.
    public mutating func rawFields(ofObject object: UnsafeBufferPointer<UInt8>) {
        guard object.count > 2 else { return }
        raw(UnsafeBufferPointer(rebasing: object[1..<(object.count - 1)]))
    }

    // MARK: Parts

    /// Whether a comma stands before the value that begins; behind it the next one needs one.
    @inline(__always)
    private mutating func beginValue() -> Bool {
        let comma = needsComma
        needsComma = true
        return comma
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        let comma = needsComma
        put(2) {
            if comma { $0.put(",") }
            $0.put(bracket)
        }
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        put(1) { $0.put(bracket) }
        needsComma = true
    }

    private mutating func number(_ whole: UInt64, isNegative: Bool, billionths: UInt32 = 0) {
        let comma = beginValue()
        put(2 + NumberText.longest) {
            if comma { $0.put(",") }
            if isNegative { $0.put("-") }
            NumberText.write(whole, billionths: billionths, to: &$0.next)
        }
    }

    /// Claims room for `most` bytes and lets `write` fill as many of them as it needs.
    @inline(__always)
    private mutating func put(_ most: Int, _ write: (inout Cursor) -> Void) {
        if storage.count - count < most { grow(most) }
        let used = count
        count = storage.withUnsafeMutableBufferPointer {
            let start = $0.baseAddress!
            var cursor = Cursor(next: start + used)
            write(&cursor)
            return cursor.next - start
        }
    }

    @inline(never)
    private mutating func grow(_ most: Int) {
        let size = max(2 * storage.count, count + most, 512)
        storage.append(contentsOf: repeatElement(0, count: size - storage.count))
    }
}

/// A place in claimed room.
private struct Cursor {
    var next: UnsafeMutablePointer<UInt8>

    @inline(__always)
    mutating func put(_ scalar: Unicode.Scalar) {
        next.pointee = UInt8(ascii: scalar)
        next += 1
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        next.update(from: start, count: bytes.count)
        next += bytes.count
    }

    mutating func putEscaped(_ byte: UInt8) {
        put("\\")
        switch byte {
        case UInt8(ascii: "\""): put("\"")
        case UInt8(ascii: "\\"): put("\\")
        case 0x08: put("b")
        case 0x09: put("t")
        case 0x0A: put("n")
        case 0x0C: put("f")
        case 0x0D: put("r")
        default:
            for character: Unicode.Scalar in ["u", "0", "0"] { put(character) }
            for digit in [byte >> 4, byte & 15] {
                next.pointee = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
                next += 1
            }
        }
    }
}

/// The offset of the first quote, backslash or control character; the count where there is none.
private func firstToEscape(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = utf8.baseAddress else { return 0 }
    var at = start
    while utf8.count - at >= 8 {
        let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self).littleEndian
        let marks = bytesToEscape(word)
        if marks != 0 { return at + marks.trailingZeroBitCount >> 3 }
        at += 8
    }
    while at < utf8.count {
        let byte = base[at]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return at }
        at += 1
    }
    return at
}

extension JSONWriter {
    /// Any value; numbers as they came.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let number): raw(number.text)
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
