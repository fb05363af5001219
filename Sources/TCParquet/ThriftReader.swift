import TCCore

/// Reads thrift's compact protocol from bytes that may be hostile: every length is checked against
/// what is left, nesting is bounded, and nothing is allocated on a length's word alone.
struct ThriftReader {
    /// What is wrong with the bytes; the caller adds which file and which part.
    struct Malformed: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// Parquet's own structures nest seven deep; unknown fields may bring a little more.
    private static let maximumDepth = 24

    private let base: UnsafePointer<UInt8>
    private let end: Int
    private(set) var position = 0
    private var depth = 0

    init(_ base: UnsafePointer<UInt8>, _ count: Int) {
        self.base = base
        end = count
    }

    /// Reads a structure. `body` gets each field's number and type and returns whether it consumed
    /// the value; what it leaves is skipped.
    mutating func structure(
        _ body: (inout ThriftReader, Int16, ThriftType) throws(Malformed) -> Bool
    ) throws(Malformed) {
        depth += 1
        guard depth <= ThriftReader.maximumDepth else { throw Malformed("nested too deeply") }
        var field: Int16 = 0
        while true {
            let header = try byte()
            if header == 0 { break }
            guard let type = ThriftType(rawValue: header & 15), type != .stop else {
                throw Malformed("unknown thrift type \(header & 15)")
            }
            if header >> 4 == 0 {
                field = Int16(truncatingIfNeeded: try zigzag())
            } else {
                let (next, overflow) = field.addingReportingOverflow(Int16(header >> 4))
                guard !overflow else { throw Malformed("thrift field number overflows") }
                field = next
            }
            if try !body(&self, field, type) { try skip(type) }
        }
        depth -= 1
    }

    /// Reads a list's header; `body` must consume one element each time.
    mutating func list(
        of expected: ThriftType, _ body: (inout ThriftReader) throws(Malformed) -> Void
    ) throws(Malformed) {
        let (type, count) = try listHeader()
        guard type == expected || (expected == .isTrue && type == .isFalse) || count == 0 else {
            throw Malformed("a list holds \(type), not \(expected)")
        }
        for _ in 0..<count { try body(&self) }
    }

    mutating func int(_ type: ThriftType) throws(Malformed) -> Int64 {
        switch type {
        case .byte: return Int64(Int8(bitPattern: try byte()))
        case .int16, .int32, .int64: return try zigzag()
        default: throw Malformed("expected a whole number, found \(type)")
        }
    }

    mutating func int32(_ type: ThriftType) throws(Malformed) -> Int32 {
        guard let value = Int32(exactly: try int(type)) else {
            throw Malformed("a number exceeds 32 bits")
        }
        return value
    }

    /// A length, count or offset: not negative.
    mutating func size(_ type: ThriftType) throws(Malformed) -> Int {
        let value = try int(type)
        guard value >= 0 else { throw Malformed("negative size \(value)") }
        return Int(value)
    }

    mutating func bool(_ type: ThriftType) throws(Malformed) -> Bool {
        guard type == .isTrue || type == .isFalse else {
            throw Malformed("expected a boolean, found \(type)")
        }
        return type == .isTrue
    }

    /// A boolean as a list's element, where it takes a byte.
    mutating func boolElement() throws(Malformed) -> Bool {
        let value = try byte()
        guard value <= 2 else { throw Malformed("boolean \(value)") }
        return value == 1
    }

    /// The place of a binary value or string in the bytes.
    mutating func binaryRange(_ type: ThriftType) throws(Malformed) -> Range<Int> {
        guard type == .binary else { throw Malformed("expected a string, found \(type)") }
        let length = try varint()
        guard length <= UInt64(end - position) else { throw Malformed("a string ends too late") }
        let start = position
        position += Int(length)
        return start..<position
    }

    mutating func binary(_ type: ThriftType) throws(Malformed) -> [UInt8] {
        let range = try binaryRange(type)
        return Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    mutating func string(_ type: ThriftType) throws(Malformed) -> String {
        String(decoding: try binary(type), as: UTF8.self)
    }

    private mutating func skip(_ type: ThriftType) throws(Malformed) {
        switch type {
        case .stop: throw Malformed("thrift stop as a value")
        case .isTrue, .isFalse: break
        case .byte: _ = try byte()
        case .int16, .int32, .int64: _ = try varint()
        case .double: try advance(8)
        case .binary: _ = try binaryRange(.binary)
        case .structure: try structure { (_, _, _) throws(Malformed) in false }
        case .list, .set:
            let (element, count) = try listHeader()
            try skip(elements: count, element)
        case .map:
            let count = Int(clamping: try varint())
            if count == 0 { return }
            let types = try byte()
            guard let key = ThriftType(rawValue: types >> 4),
                let value = ThriftType(
                    rawValue: types & 15)
            else { throw Malformed("unknown thrift type in a map") }
            guard count <= end - position else { throw Malformed("a map ends too late") }
            for _ in 0..<count {
                try skip(elements: 1, key)
                try skip(elements: 1, value)
            }
        }
    }

    private mutating func skip(elements count: Int, _ type: ThriftType) throws(Malformed) {
        depth += 1
        guard depth <= ThriftReader.maximumDepth else { throw Malformed("nested too deeply") }
        for _ in 0..<count {
            if type == .isTrue || type == .isFalse { _ = try byte() } else { try skip(type) }
        }
        depth -= 1
    }

    /// Every element takes at least a byte, so a count beyond what is left is refused here.
    private mutating func listHeader() throws(Malformed) -> (ThriftType, Int) {
        let header = try byte()
        guard let type = ThriftType(rawValue: header & 15), type != .stop else {
            throw Malformed("unknown thrift type \(header & 15)")
        }
        let count = header >> 4 == 15 ? Int(clamping: try varint()) : Int(header >> 4)
        guard count <= end - position else { throw Malformed("a list ends too late") }
        return (type, count)
    }

    private mutating func zigzag() throws(Malformed) -> Int64 { Int64(zigzag: try varint()) }

    private mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || (shift == 63 && next <= 1) else {
                throw Malformed("a number exceeds 64 bits")
            }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    private mutating func byte() throws(Malformed) -> UInt8 {
        guard position < end else { throw Malformed("ends too early") }
        position += 1
        return base[position - 1]
    }

    private mutating func advance(_ count: Int) throws(Malformed) {
        guard count <= end - position else { throw Malformed("ends too early") }
        position += count
    }
}
