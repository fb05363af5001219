/// How a column of a file lies in its bytes.
struct StoredColumn: Sendable {
    let column: Column
    let physical: PhysicalType
    /// What an integer counts: microseconds become milliseconds where they are whole.
    var isMicroseconds = false
}

/// One element of the schema: a column, or the root.
struct SchemaElement {
    typealias Malformed = ThriftReader.Malformed

    var name = ""
    var children = 0
    private var physical: Int32?
    private var repetition: Int32 = 0
    private var converted: Int32?
    private var isTimestamp = false
    private var unit: Int16 = 0

    init(_ thrift: inout ThriftReader) throws(Malformed) {
        var element = SchemaElement()
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: element.physical = try thrift.int32(wire)
            case 3: element.repetition = try thrift.int32(wire)
            case 4: element.name = try thrift.string(wire)
            case 5: element.children = try thrift.size(wire)
            case 6: element.converted = try thrift.int32(wire)
            case 10:
                try expect(wire, .structure)
                try element.readLogicalType(&thrift)
            default: return false
            }
            return true
        }
        self = element
    }

    private init() {}

    private mutating func readLogicalType(_ thrift: inout ThriftReader) throws(Malformed) {
        var isTimestamp = false
        var unit: Int16 = 0
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            guard field == 8 else { return false }
            try expect(wire, .structure)
            isTimestamp = true
            try thrift.structure { (thrift, field, wire) throws(Malformed) in
                guard field == 2 else { return false }
                try expect(wire, .structure)
                try thrift.structure { (_, field, _) throws(Malformed) in
                    unit = field
                    return false
                }
                return true
            }
            return true
        }
        self.isTimestamp = isTimestamp
        self.unit = unit
    }

    func column() throws(Malformed) -> StoredColumn {
        guard children == 0, repetition == 0 || repetition == 1 else {
            throw Malformed("column \(name) is nested or repeated")
        }
        guard let number = physical, let physical = PhysicalType(rawValue: number) else {
            throw Malformed("column \(name) has no known type")
        }
        let isTimestamp =
            isTimestamp || converted == ConvertedType.timestampMillis
            || converted == ConvertedType.timestampMicros
        let type: ColumnType
        switch physical {
        case .int64 where isTimestamp: type = .timestampMillis
        case .int32, .int64, .float, .double: type = .double
        case .byteArray: type = .string
        case .boolean, .int96, .fixedLengthByteArray:
            throw Malformed("column \(name) has the unsupported type \(physical)")
        }
        guard unit <= 2 else { throw Malformed("column \(name) counts nanoseconds") }
        return StoredColumn(
            column: Column(name: name, type: type, isOptional: repetition == 1),
            physical: physical,
            isMicroseconds: unit == 2 || (unit == 0 && converted == ConvertedType.timestampMicros))
    }
}
