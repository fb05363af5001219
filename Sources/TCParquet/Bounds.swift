/// A bound of a page's or chunk's values. Strings are their UTF-8 bytes and may be shortened.
public enum Bound: Sendable, Equatable {
    case timestamp(Int64)
    case double(Double)
    case string([UInt8])
}

extension Bound: Comparable {
    /// Numbers by value, strings by unsigned bytes, as Parquet's type-defined order has it. Bounds
    /// of different kinds are never compared.
    public static func < (left: Bound, right: Bound) -> Bool {
        switch (left, right) {
        case (.timestamp(let left), .timestamp(let right)): left < right
        case (.double(let left), .double(let right)): left < right
        case (.string(let left), .string(let right)): left.lexicographicallyPrecedes(right)
        default: false
        }
    }

    /// As statistics and column indexes store it: PLAIN, without a length.
    var stored: [UInt8] {
        switch self {
        case .timestamp(let value): littleEndianBytes(UInt64(bitPattern: value))
        case .double(let value): littleEndianBytes(value.bitPattern)
        case .string(let value): value
        }
    }

    /// The inverse of `stored` for the columns that this module writes; nil where the length is
    /// wrong or a number is NaN, which some writers leave there.
    init?(stored bytes: [UInt8], _ type: ColumnType) {
        switch type {
        case .string: self = .string(bytes)
        case .timestampMillis, .double:
            guard bytes.count == 8 else { return nil }
            let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if type == .timestampMillis {
                self = .timestamp(Int64(bitPattern: bits))
            } else {
                let value = Double(bitPattern: bits)
                if value.isNaN { return nil }
                self = .double(value)
            }
        }
    }
}

private func littleEndianBytes(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}

/// The smallest and the largest of some values.
struct Bounds: Sendable {
    var minimum: Bound
    var maximum: Bound
    var minimumIsExact = true
    var maximumIsExact = true

    func union(_ other: Bounds) -> Bounds {
        var result = self
        if other.minimum < minimum {
            result.minimum = other.minimum
            result.minimumIsExact = other.minimumIsExact
        }
        if maximum < other.maximum {
            result.maximum = other.maximum
            result.maximumIsExact = other.maximumIsExact
        }
        return result
    }

    /// Of times or numbers. A zero bound is -0 below and +0 above, as parquet-format asks, since
    /// readers may order the two zeros.
    init(_ minimum: Double, _ maximum: Double) {
        self.minimum = .double(minimum == 0 ? -0.0 : minimum)
        self.maximum = .double(maximum == 0 ? 0.0 : maximum)
    }

    init(_ minimum: Int64, _ maximum: Int64) {
        self.minimum = .timestamp(minimum)
        self.maximum = .timestamp(maximum)
    }

    /// Of strings, shortened to `stringLimit` bytes. nil where the maximum cannot be shortened,
    /// since nothing short is larger.
    init?(strings minimum: UnsafeBufferPointer<UInt8>, _ maximum: UnsafeBufferPointer<UInt8>) {
        let low = wholeCharacters(minimum, Bounds.stringLimit)
        self.minimum = .string(low)
        minimumIsExact = low.count == minimum.count
        let high = wholeCharacters(maximum, Bounds.stringLimit)
        maximumIsExact = high.count == maximum.count
        guard let high = maximumIsExact ? high : successor(high) else { return nil }
        self.maximum = .string(high)
    }

    /// Longer bounds would fatten the footer; vehicle ids always fit.
    static let stringLimit = 64
}

/// The first bytes, at most `limit`, without a torn character at the end.
private func wholeCharacters(_ bytes: UnsafeBufferPointer<UInt8>, _ limit: Int) -> [UInt8] {
    if bytes.count <= limit { return Array(bytes) }
    var end = limit
    while end > 0 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(bytes[0..<(end == 0 ? limit : end)])
}

/// A string that is larger than every string that begins with `prefix`: its last character that is
/// not the largest is replaced by the next one, and what follows dropped. Stays valid UTF-8.
private func successor(_ prefix: [UInt8]) -> [UInt8]? {
    let text = String(decoding: prefix, as: UTF8.self)
    // Bytes that are not UTF-8 were replaced on decoding, so nothing is known of their successor.
    guard text.utf8.elementsEqual(prefix) else { return nil }
    var scalars = Array(text.unicodeScalars)
    while let last = scalars.popLast() {
        // The next number after U+D7FF that is a character is U+E000.
        let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
        guard let next = Unicode.Scalar(next) else { continue }
        scalars.append(next)
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return Array(String(result).utf8)
    }
    return nil
}
