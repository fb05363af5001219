/// A JSON number, kept as its text so that nothing is rounded on the way through.
public struct JSONNumber: Hashable, Sendable {
    /// As it stood in the input: `1.50`, `-0`, `12345678901234567890`.
    public let text: String

    /// - Parameter text: valid by RFC 8259, section 6.
    init(validated text: String) { self.text = text }

    /// A whole number, exact.
    public init(_ value: Int64) { text = String(value) }
    /// A whole number that may be above `Int64.max`.
    public init(_ value: UInt64) { text = String(value) }
    /// The same for the type of counts.
    public init(_ value: Int) { text = String(value) }

    /// The shortest text that reads back as the same number.
    ///
    /// - Parameter value: finite.
    public init(_ value: Double) {
        var writer = JSONWriter()
        writer.double(value)
        text = String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The value where it is a whole number within 64 bits, signed. `1.0` and `1e3` are whole.
    public var int64: Int64? {
        if let value = Int64(text) { return value }
        guard let (isNegative, magnitude) = whole else { return nil }
        if isNegative {
            return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return Int64(exactly: magnitude)
    }

    /// The value where it is a whole number within 64 bits, unsigned.
    public var uint64: UInt64? {
        if let value = UInt64(text) { return value }
        guard let (isNegative, magnitude) = whole else { return nil }
        return isNegative && magnitude > 0 ? nil : magnitude
    }

    /// The nearest `Double`; nil where the number is larger than any. One smaller than any is 0.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Sign and magnitude of a whole number, also when it is written with a fraction or an exponent.
    private var whole: (isNegative: Bool, magnitude: UInt64)? {
        var digits: [UInt8] = []
        var isNegative = false
        var decimals = 0
        var isFraction = false
        var exponent = 0
        var bytes = text.utf8[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                var rest = Substring(bytes)
                if rest.first == "+" { rest.removeFirst() }
                // An exponent that fits no Int is decided by its sign; zero stays zero.
                exponent = Int(rest) ?? (rest.first == "-" ? -1 << 40 : 1 << 40)
                bytes = bytes.suffix(0)
            default:
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - 48) }
                if isFraction { decimals += 1 }
            }
        }
        while digits.last == 0 {
            digits.removeLast()
            decimals -= 1
        }
        guard !digits.isEmpty else { return (isNegative, 0) }
        let zeros = exponent.subtractingReportingOverflow(decimals).partialValue
        guard zeros >= 0, zeros + digits.count <= 20 else { return nil }
        var magnitude: UInt64 = 0
        for digit in digits + [UInt8](repeating: 0, count: zeros) {
            let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            magnitude = sum
        }
        return (isNegative, magnitude)
    }
}
