/// How a run of bytes is written (ISO/IEC 18004, section 7.4). Numeric and Kanji mode would gain
/// nothing for the texts that we draw.
enum QRMode: CaseIterable {
    case byte
    /// Digits, capitals and nine signs, two in eleven bits.
    case alphanumeric

    /// What stands before the run.
    var indicator: Int { self == .byte ? 0b0100 : 0b0010 }

    /// How many bits the run's length takes.
    func countBits(_ version: Int) -> Int {
        switch (self, version) {
        case (.byte, ...9): 8
        case (.byte, _): 16
        case (.alphanumeric, ...9): 9
        case (.alphanumeric, ...26): 11
        case (.alphanumeric, _): 13
        }
    }

    func headerBits(_ version: Int) -> Int { 4 + countBits(version) }

    /// How many bits a run of `count` characters takes after its header.
    func bits(_ count: Int) -> Int { self == .byte ? 8 * count : (11 * count + 1) / 2 }

    /// What one character adds; nil where the mode has no such character.
    func halfBits(of byte: UInt8) -> Int? {
        switch self {
        case .byte: 16
        case .alphanumeric: QRMode.alphanumericValue(byte) == nil ? nil : 11
        }
    }

    /// Writes the run after its header; each byte must be a character of the mode.
    func write(_ bytes: ArraySlice<UInt8>, to bits: inout BitWriter) {
        switch self {
        case .byte:
            for byte in bytes { bits.append(Int(byte), count: 8) }
        case .alphanumeric:
            var values = bytes.compactMap(QRMode.alphanumericValue)[...]
            precondition(values.count == bytes.count)
            while let first = values.popFirst() {
                if let second = values.popFirst() {
                    bits.append(45 * first + second, count: 11)
                } else {
                    bits.append(first, count: 6)
                }
            }
        }
    }

    private static func alphanumericValue(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A")) + 10
        case UInt8(ascii: " "): 36
        case UInt8(ascii: "$"): 37
        case UInt8(ascii: "%"): 38
        case UInt8(ascii: "*"): 39
        case UInt8(ascii: "+"): 40
        case UInt8(ascii: "-"): 41
        case UInt8(ascii: "."): 42
        case UInt8(ascii: "/"): 43
        case UInt8(ascii: ":"): 44
        default: nil
        }
    }
}

/// Bits, the most significant first.
struct BitWriter {
    private(set) var count = 0
    /// The last one is filled up with zeros.
    private(set) var bytes: [UInt8] = []

    /// Adds the `count` lowest bits of `value`.
    mutating func append(_ value: Int, count added: Int) {
        for bit in (0..<added).reversed() {
            if count % 8 == 0 { bytes.append(0) }
            bytes[count / 8] |= UInt8(value >> bit & 1) << UInt8(7 - count % 8)
            count += 1
        }
    }
}
