/// The wire types of thrift's compact protocol.
enum ThriftType: UInt8 {
    case stop = 0
    case isTrue, isFalse, byte, int16, int32, int64, double, binary, list, set, map
    case structure
}

/// Writes thrift's compact protocol, as Parquet's footer, page headers and page indexes use it.
struct ThriftWriter {
    private(set) var bytes: [UInt8] = []
    private var lastField: Int16 = 0
    private var outerFields: [Int16] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        lastField = 0
    }

    mutating func int32(_ field: Int16, _ value: Int32) {
        header(field, .int32)
        varint(Int64(value).zigzag)
    }

    mutating func int16(_ field: Int16, _ value: Int16) {
        header(field, .int16)
        varint(Int64(value).zigzag)
    }

    mutating func int64(_ field: Int16, _ value: Int64) {
        header(field, .int64)
        varint(value.zigzag)
    }

    mutating func bool(_ field: Int16, _ value: Bool) { header(field, value ? .isTrue : .isFalse) }

    mutating func binary(_ field: Int16, _ value: [UInt8]) {
        header(field, .binary)
        element(binary: value)
    }

    mutating func string(_ field: Int16, _ value: String) {
        binary(field, Array(value.utf8))
    }

    /// A structure in a field; its own fields are numbered afresh inside `body`.
    mutating func structure(_ field: Int16, _ body: (inout ThriftWriter) -> Void) {
        header(field, .structure)
        element(body)
    }

    /// Announces a list; `count` calls of `element` must follow.
    mutating func list(_ field: Int16, _ type: ThriftType, count: Int) {
        header(field, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xF0 | type.rawValue)
            varint(UInt64(count))
        }
    }

    mutating func element(int32 value: Int32) { varint(Int64(value).zigzag) }
    mutating func element(int64 value: Int64) { varint(value.zigzag) }
    mutating func element(bool value: Bool) { bytes.append(value ? 1 : 2) }

    mutating func element(binary value: [UInt8]) {
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func element(_ body: (inout ThriftWriter) -> Void) {
        outerFields.append(lastField)
        lastField = 0
        body(&self)
        bytes.append(0)
        lastField = outerFields.removeLast()
    }

    /// Ends the outermost structure.
    mutating func endStructure() {
        bytes.append(0)
        lastField = 0
    }

    private mutating func header(_ field: Int16, _ type: ThriftType) {
        let step = field - lastField
        if step > 0 && step < 16 {
            bytes.append(UInt8(step) << 4 | type.rawValue)
        } else {
            bytes.append(type.rawValue)
            varint(Int64(field).zigzag)
        }
        lastField = field
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
